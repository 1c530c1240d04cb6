package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.FieldCompression.StructuralEncoding;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.codec.PackedStructCodec;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.plan.Planner;
import dev.lancewright.internal.plan.Planner.MiniBlockPlan;
import dev.lancewright.internal.rows.Page;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Encodes one page of a column: chooses the layout and puts the page out. What is written is a
 * function of the page's values and the options alone.
 *
 * <p>Bytes of a page under nulls are written as they are: whoever cuts pages clears them.
 */
public final class StructuralPageEncoder implements PageEncoder {
  /** Values that may be this long are not put in mini-blocks. */
  private static final int WIDE_VALUE_BYTES = 256;

  /** Bits of levels that a chunk may have for {@link #SPARSE_VALUES} values. */
  private static final long SPARSE_LEVEL_BITS = 16384 * 8;

  private static final long SPARSE_VALUES = 4096;

  private final FormatVersion version;
  private final StructuralEncoding structuralEncoding;
  private final Planner planner;
  private final MiniBlockEncoder miniBlocks;
  private final AppendBuffer flatLevels;
  private final ValueBlock block = new ValueBlock();

  /** An encoder that takes its scratch memory from {@code pool}. */
  public StructuralPageEncoder(CodecOptions options, PagePool pool) {
    this.version = options.version();
    this.structuralEncoding = options.field().structuralEncoding();
    this.planner = new Planner(options, pool);
    this.miniBlocks = new MiniBlockEncoder(version, pool);
    this.flatLevels = new AppendBuffer(pool);
  }

  @Override
  public List<EncodedPage> encode(Page page, PageOutput output) throws IOException {
    return page.levels() == null
        ? encode(page.path(), page.values(), output)
        : encode(page.path(), new PageContent(page.values(), page.levels()), output);
  }

  @Override
  public void release() {
    planner.release();
  }

  /**
   * Puts out a page of at least one row of a column that is not nested.
   *
   * @param column read until the method returns; its offsets must not decrease
   */
  List<EncodedPage> encode(LeafPath path, Column column, PageOutput output) throws IOException {
    long rows = column.length();
    long nulls = column.nullCount();
    if (nulls == rows) {
      PageContent page =
          new PageContent(column, Levels.flat(path, rows, null, flatLevels, block), nulls);
      return List.of(ConstantEncoder.encodeNulls(page, output));
    }
    Levels levels =
        Levels.flat(path, rows, nulls == 0 ? null : column.validity(), flatLevels, block);
    return encode(path, new PageContent(column, levels, nulls), output);
  }

  /**
   * Puts out the rows of a page; as several pages, if the format has no layout for all of them.
   *
   * @throws IOException if the output fails, or if it has none for one of the rows
   */
  List<EncodedPage> encode(LeafPath path, PageContent page, PageOutput output) throws IOException {
    EncodedPage encoded = tryEncode(page, output);
    if (encoded != null) {
      return List.of(encoded);
    }
    long rows = page.levels().rows();
    if (rows == 1) {
      throw noLayout(path, page.levels());
    }
    List<EncodedPage> pages = new ArrayList<>(encode(path, page.slice(0, rows / 2), output));
    pages.addAll(encode(path, page.slice(rows / 2, rows - rows / 2), output));
    return pages;
  }

  private IOException noLayout(LeafPath path, Levels levels) {
    String remedy =
        version.hasLargeChunks()
            ? "make the row smaller"
            : "use format 2.2, or make the row smaller";
    return new IOException(
        ("column '%s' (%s): format %s has no layout for a row of %d values and %d empty or null"
                + " lists; %s")
            .formatted(
                path.name(),
                path.leaf().type(),
                version,
                levels.values(),
                levels.count() - levels.values(),
                remedy));
  }

  /** Null, with nothing put out, if the format has no layout for these rows together. */
  private EncodedPage tryEncode(PageContent page, PageOutput output) throws IOException {
    Column values = page.values();
    Levels levels = page.levels();
    if (page.nulls() == values.length() && !needsValues(values, levels)) {
      return ConstantEncoder.encodeLevels(page, version, output);
    }
    if (version.hasConstantValues() && !levels.hasLevelsTakenForValues()) {
      long constant = ConstantEncoder.constant(values);
      if (constant >= 0 && constant < values.length()) {
        return ConstantEncoder.encodeValue(page, constant, output);
      }
    }
    try {
      return encodeValues(page, output);
    } finally {
      planner.endPage();
    }
  }

  private EncodedPage encodeValues(PageContent page, PageOutput output) throws IOException {
    Column values = page.values();
    Levels levels = page.levels();
    Optional<MiniBlockPlan> dictionary = planner.planDictionary(values);
    if (dictionary.isPresent()) {
      EncodedPage encoded = miniBlocks.encode(dictionary.get(), page, output);
      if (encoded != null) {
        return encoded;
      }
    }
    if (values instanceof StructColumn struct && !PackedStructCodec.supports(struct.type())) {
      return zip(page, output);
    }
    boolean canZip = canZip(values.type()) && !levels.hasLevelsTakenForValues();
    if (canZip && !levels.hasNullableOutside() && prefersZip(values, levels)) {
      return zip(page, output);
    }
    EncodedPage encoded = miniBlocks.encode(planner.plan(values), page, output);
    return encoded == null && canZip ? zip(page, output) : encoded;
  }

  private EncodedPage zip(PageContent page, PageOutput output) throws IOException {
    return page.values() instanceof VariableWidthColumn strings
        ? FullZipEncoder.encode(page, planner.planZipped(strings), output)
        : FullZipEncoder.encode(page, output);
  }

  private boolean prefersZip(Column values, Levels levels) {
    if (structuralEncoding != null) {
      return structuralEncoding == StructuralEncoding.FULLZIP;
    }
    boolean wide = maxValueBytes(values) >= WIDE_VALUE_BYTES && !planner.prefersMiniBlocks(values);
    return wide || isSparse(levels);
  }

  /**
   * Whether null values must be written as if they were valid: version 4 of the reference cannot
   * read pages of levels alone when rows have several.
   */
  private static boolean needsValues(Column values, Levels levels) {
    return levels.hasRep()
        && levels.count() != levels.rows()
        && values.length() > 0
        && !(values instanceof NullColumn || values instanceof DictionaryColumn);
  }

  /** Whether levels would crowd the values out of their chunks. */
  private static boolean isSparse(Levels levels) {
    int bits = levels.bitsRep() + levels.bitsDef();
    if (bits == 0) {
      return false;
    }
    long allowed = SPARSE_LEVEL_BITS / bits;
    return levels.count() * SPARSE_VALUES / (double) levels.values() > allowed;
  }

  /** Whether values are of whole bytes, and there is a full-zip encoding for them. */
  private static boolean canZip(DataType type) {
    return switch (type) {
      case DataType.Bool _, DataType.Dictionary _, DataType.Struct _ -> false;
      case DataType.FixedSizeList list -> canZip(list.item().type());
      default -> true;
    };
  }

  /** Bytes of the longest value; values of bits count as none, so they stay in mini-blocks. */
  private long maxValueBytes(Column column) {
    return switch (column) {
      case FixedWidthColumn fixed -> fixed.type().byteWidth();
      case FixedSizeListColumn list -> maxValueBytes(list.items()) * list.type().size();
      case VariableWidthColumn variable ->
          Offsets.maxLength(
              variable.offsets(), 0, variable.type().offsetWidth(), variable.length(), block);
      default -> 0;
    };
  }
}
