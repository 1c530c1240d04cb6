package dev.lancewright.internal.layout;

import com.google.protobuf.ByteString;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.levels.LayerCodes;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LevelDecoder;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.internal.rows.LeafRows;
import dev.lancewright.internal.simd.LevelBits;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.internal.values.LeafBuffer;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Decodes pages without values, or of one value; see {@link ConstantEncoder} for how they lie. */
final class ConstantDecoder extends PageDecoder {
  private static final int LEVEL_BYTES = 2;

  /** What reading levels eight at a time may touch after the last. */
  private static final int SLACK_BYTES = 8;

  /** Copies of the value that are appended at once, unless they are large. */
  private static final int COPIES = 1024;

  private static final int MAX_COPIES_BYTES = 64 << 10;

  private final LeafPath path;

  /** Copies of the value; null if all are null. */
  private final Column copies;

  /** The level of all entries, if there are none in the file. */
  private final int level;

  private final AppendBuffer rep;
  private final AppendBuffer def;
  private final boolean hasDef;

  /** Entries; -1 if there are no levels in the file, so that rows are entries. */
  private final long entries;

  /** A row, and the entry that it starts with. */
  private long row;

  private long entry;

  ConstantDecoder(
      ConstantLayout layout, LeafPath path, long rows, PageInput input, DecodeMemory memory)
      throws IOException {
    this.path = path;
    int buffers = input.buffers();
    boolean hasValue = layout.hasInlineValue() || buffers == 1 || buffers == 3;
    List<RepDefLayer> layers = layout.getLayersList();
    LayerCodes codes = LayerCodes.of(path, layers);
    boolean allNull = !hasValue && layers.equals(List.of(RepDefLayer.REPDEF_NULLABLE_ITEM));
    this.copies = hasValue ? copies(value(layout, input, memory), memory) : null;
    int levelsAt = hasValue && !layout.hasInlineValue() ? 1 : 0;
    boolean hasLevels = !allNull && buffers > levelsAt;
    this.level = allNull ? codes.definitions()[1] : 0;
    if (!hasLevels && (path.lists() > 0 || !(hasValue || allNull))) {
      throw new LanceFormatException("a page without values that has no levels either");
    }
    this.rep = memory.take();
    this.def = memory.take();
    this.hasDef = codes.hasDefinitions();
    if (!hasLevels) {
      this.entries = -1;
      return;
    }
    if (buffers != levelsAt + 2) {
      throw new LanceFormatException("a constant page of %d buffers".formatted(buffers));
    }
    boolean hasRep = path.lists() > 0;
    long reps =
        read(
            input,
            levelsAt,
            layout.hasRepCompression() ? layout.getRepCompression() : null,
            layout.getNumRepValues(),
            codes.repetitions(),
            rep,
            memory);
    long defs =
        read(
            input,
            levelsAt + 1,
            layout.hasDefCompression() ? layout.getDefCompression() : null,
            layout.getNumDefValues(),
            codes.definitions(),
            def,
            memory);
    this.entries = hasRep ? reps : defs;
    check(rows, reps, defs, codes);
    if (copies == null && !(path.leaf().type() instanceof DataType.Null)) {
      checkNulls(defs);
    }
  }

  /** Checks that a page without values needs none. */
  private void checkNulls(long defs) throws LanceFormatException {
    long valid = defs == 0 ? entries : LevelBytes.countEqual(def.block(), 0, defs, 0);
    if (valid > 0) {
      throw new LanceFormatException("a page without values has levels of %d".formatted(valid));
    }
  }

  private void check(long rows, long reps, long defs, LayerCodes codes)
      throws LanceFormatException {
    boolean hasRep = path.lists() > 0;
    long starts = hasRep ? LevelBytes.countEqual(rep.block(), 0, reps, codes.rowStart()) : entries;
    boolean startsRow =
        !hasRep
            || (reps > 0 && rep.block().get(ValueLayout.JAVA_BYTE, 0) == codes.rowStart())
            || rows == 0;
    if (starts != rows
        || !startsRow
        || defs != (codes.hasDefinitions() ? entries : 0)
        || reps != (hasRep ? entries : 0)) {
      throw new LanceFormatException(
          "a constant page of %d rows has %d repetition levels, which start %d rows, and %d"
                  .formatted(rows, reps, starts, defs)
              + " definition levels");
    }
  }

  /** Reads all levels of a kind; returns how many. */
  private static long read(
      PageInput input,
      int buffer,
      CompressiveEncoding encoding,
      long count,
      byte[] numbers,
      AppendBuffer target,
      DecodeMemory memory)
      throws IOException {
    long size = input.size(buffer);
    if (size == 0) {
      return 0;
    }
    LevelDecoder decoder =
        encoding == null
            ? LevelDecoder.flat(numbers, memory)
            : LevelDecoder.of(encoding, numbers, memory);
    long levels = encoding == null ? size / LEVEL_BYTES : count;
    decoder.check(size, levels);
    target.reserve(levels + SLACK_BYTES);
    decoder.decode(input.read(buffer, 0, size), levels, target.block(), 0);
    return levels;
  }

  private Column value(ConstantLayout layout, PageInput input, DecodeMemory memory)
      throws IOException {
    if (layout.hasInlineValue()) {
      return inlineValue(layout.getInlineValue(), memory.take());
    }
    return storedValue(input.read(0, 0, input.size(0)), memory.take());
  }

  private Column inlineValue(ByteString value, AppendBuffer bytes) throws LanceFormatException {
    DataType type = path.leaf().type();
    int needed = type instanceof DataType.Bool ? 1 : byteWidth(type);
    if (needed == 0 || value.size() != needed) {
      throw new LanceFormatException(
          "a constant of %d bytes cannot be of %s".formatted(value.size(), type));
    }
    bytes.append(MemorySegment.ofArray(value.toByteArray()), 0, needed);
    return type instanceof DataType.FixedWidth fixed && fixed.byteWidth() > 0
        ? new FixedWidthColumn(fixed, 1, null, bytes.bytes())
        : new BoolColumn(null, new Bitmap(bytes.bytes(), 0, 1));
  }

  private static int byteWidth(DataType type) {
    return type instanceof DataType.FixedWidth fixed ? fixed.byteWidth() : 0;
  }

  /** The buffers of an Arrow array of one value, after their number and lengths. */
  private Column storedValue(MemorySegment bytes, AppendBuffer copy) throws LanceFormatException {
    DataType type = path.leaf().type();
    long size = bytes.byteSize();
    int buffers = type instanceof DataType.VariableWidth ? 2 : 1;
    long header = 4 + 4L * buffers;
    if (size >= header && bytes.get(LittleEndian.INT, 0) == buffers) {
      long first = bytes.get(LittleEndian.INT, 4) & 0xFFFFFFFFL;
      copy.append(bytes, header, size - header);
      MemorySegment rest = copy.bytes();
      if (buffers == 1
          && byteWidth(type) > 0
          && first == byteWidth(type)
          && rest.byteSize() == first) {
        return new FixedWidthColumn((DataType.FixedWidth) type, 1, null, rest);
      }
      if (type instanceof DataType.VariableWidth strings
          && first == 2L * strings.offsetWidth()
          && rest.byteSize() == first + (bytes.get(LittleEndian.INT, 8) & 0xFFFFFFFFL)) {
        VariableWidthColumn column =
            new VariableWidthColumn(strings, 1, null, rest, rest.asSlice(first));
        if (column.offset(0) >= 0
            && column.offset(1) >= column.offset(0)
            && column.offset(1) <= column.data().byteSize()) {
          return column;
        }
      }
    }
    throw new LanceFormatException("a constant in %d bytes cannot be of %s".formatted(size, type));
  }

  /** The value a few times, so that copies are appended together. */
  private static Column copies(Column value, DecodeMemory memory) {
    long bytes = Math.max(1, value.valueBytes());
    int count = (int) Math.max(1, Math.min(COPIES, MAX_COPIES_BYTES / bytes));
    return switch (value) {
      case BoolColumn bool -> {
        AppendBuffer bits = memory.take();
        Bits.reserve(bits, count);
        Bits.fill(bits.block(), 0, count, bool.values().get(0));
        yield new BoolColumn(null, new Bitmap(bits.block(), 0, count));
      }
      case FixedWidthColumn fixed -> {
        AppendBuffer values = memory.take();
        for (int i = 0; i < count; i++) {
          values.append(fixed.values(), 0, fixed.type().byteWidth());
        }
        yield new FixedWidthColumn(fixed.type(), count, null, values.bytes());
      }
      case VariableWidthColumn strings -> copies(strings, count, memory);
      default -> throw new AssertionError(value.type());
    };
  }

  private static Column copies(VariableWidthColumn value, int count, DecodeMemory memory) {
    long length = value.offset(1) - value.offset(0);
    int width = value.type().offsetWidth();
    AppendBuffer offsets = memory.take();
    AppendBuffer data = memory.take();
    offsets.reserve((count + 1L) * width);
    for (int i = 0; i <= count; i++) {
      Offsets.set(offsets.block(), (long) i * width, width, i * length);
    }
    for (int i = 0; i < count; i++) {
      data.append(value.data(), value.offset(0), length);
    }
    return new VariableWidthColumn(value.type(), count, null, offsets.block(), data.block());
  }

  @Override
  public void read(long from, long count, LeafRows out) throws BatchTooLargeException {
    if (entries < 0) {
      append(count, out);
      out.appendLevels(level, count);
      return;
    }
    long start = entryOf(from);
    long end = entryOf(from + count);
    long hidden =
        path.lists() == 0 || !hasDef
            ? 0
            : LevelBits.countAbove(def.block(), start, end, path.maxVisibleCode());
    append(end - start - hidden, out);
    out.appendLevels(
        path.lists() == 0 ? null : rep.block(), hasDef ? def.block() : null, start, end - start);
  }

  private long entryOf(long wanted) {
    if (path.lists() == 0) {
      return wanted;
    }
    if (wanted < row) {
      row = 0;
      entry = 0;
    }
    int start = path.lists();
    while (row < wanted && entry < entries) {
      entry++;
      boolean starts = entry == entries || rep.block().get(ValueLayout.JAVA_BYTE, entry) == start;
      row += starts ? 1 : 0;
    }
    return entry;
  }

  private void append(long count, LeafRows out) throws BatchTooLargeException {
    if (copies == null) {
      out.appendNulls(count);
      return;
    }
    long valueBytes = Math.max(1, copies.valueBytes() / copies.length());
    out.expand(LeafBuffer.product(Math.max(0, count - 1), valueBytes));
    for (long done = 0; done < count; done += copies.length()) {
      out.append(copies, 0, Math.min(copies.length(), count - done));
    }
  }
}
