package dev.lancewright.internal.plan;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.codec.Compressions;
import dev.lancewright.internal.codec.DictionaryBlock;
import dev.lancewright.internal.codec.FixedSizeListCodec;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.codec.PackedStructCodec;
import dev.lancewright.internal.codec.Scratch;
import dev.lancewright.internal.dictionary.ValueDictionary;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.util.Optional;

/**
 * Chooses the encoding of a page's values, which depends on the values and the column's options
 * alone. Cheap measurements cover the whole page, others a sample.
 *
 * <p>The plan for a page is valid until {@link #endPage}.
 */
public final class Planner {
  /** The minimum number of rows for a dictionary to be worth it. */
  private static final int MIN_DICTIONARY_ROWS = 100;

  private static final long MAX_DICTIONARY_VALUES = 100_000;
  private static final long DEFAULT_DICT_DIVISOR = 2;
  private static final double DEFAULT_DICT_SIZE_RATIO = 0.6;

  /**
   * The number of rows probed before a dictionary is built, and the number of distinct values they
   * may have.
   */
  private static final int PROBED_ROWS = 4096;

  private static final int MIN_PROBED_ROWS = 1024;
  private static final double NEAR_UNIQUE = 0.98;

  private final CodecOptions options;
  private final Tuning tuning;
  private final Scratch scratch;
  private final ValueDictionary dictionary;
  private final FixedWidthChoice fixedWidth;
  private final StringChoice strings;
  private final Compressions compressions = new Compressions();

  /**
   * The encoding of a page in mini-blocks.
   *
   * @param codec the codec of the values, or of the indices if there is a dictionary
   * @param dictionary the dictionary, or null if there is none
   */
  public record MiniBlockPlan(MiniBlockCodec codec, DictionaryBlock dictionary) {}

  /** Creates a planner that allocates its scratch memory from {@code pool}. */
  public Planner(CodecOptions options, PagePool pool) {
    this.options = options;
    this.tuning = Tuning.of(options);
    this.scratch = new Scratch(pool);
    this.dictionary = new ValueDictionary(pool);
    Sample sample = new Sample(scratch);
    this.fixedWidth = new FixedWidthChoice(options, scratch, sample, compressions);
    this.strings = new StringChoice(options, scratch, sample, compressions);
  }

  /**
   * Plans a page of mini-blocks.
   *
   * @param values the values; a dictionary-encoded column keeps its dictionary
   */
  public MiniBlockPlan plan(Column values) {
    return switch (values) {
      case FixedWidthColumn fixed -> plain(fixedWidth.choose(fixed).codec());
      case BoolColumn bool -> plain(fixedWidth.chooseBits(bool));
      case VariableWidthColumn variable -> plain(strings.choose(variable));
      case FixedSizeListColumn list -> plain(new FixedSizeListCodec(list));
      case StructColumn struct -> plain(new PackedStructCodec(struct));
      case DictionaryColumn column -> withDictionary(column, fixedWidth.choose(indices(column)));
      default -> throw new AssertionError(values.type());
    };
  }

  private static MiniBlockPlan plain(MiniBlockCodec codec) {
    return new MiniBlockPlan(codec, null);
  }

  private MiniBlockPlan withDictionary(DictionaryColumn column, Candidate indices) {
    return new MiniBlockPlan(
        indices.codec(), DictionaryBlock.of(column.values(), options, scratch, compressions));
  }

  private static FixedWidthColumn indices(DictionaryColumn column) {
    return new FixedWidthColumn(
        (DataType.Int) column.type().index(), column.length(), null, column.indices());
  }

  /** Returns whether values long enough for a full-zip page are better stored in mini-blocks. */
  public boolean prefersMiniBlocks(Column values) {
    return values instanceof VariableWidthColumn variable && strings.prefersTogether(variable);
  }

  /** Plans the strings of a full-zip page. */
  public FullZipStrings planZipped(VariableWidthColumn values) {
    return strings.chooseZipped(values);
  }

  /**
   * Plans a page of mini-blocks with a dictionary, if that is likely to pay off.
   *
   * @return the plan, which has no dictionary if plain fixed-width values are cheaper, or empty if
   *     a dictionary is unlikely to pay off
   */
  public Optional<MiniBlockPlan> planDictionary(Column values) {
    if (!mayHaveDictionary(values) || isNearlyUnique(values)) {
      return Optional.empty();
    }
    FieldCompression field = options.field();
    long rows = values.length();
    long divisor = field.dictDivisor() == null ? DEFAULT_DICT_DIVISOR : field.dictDivisor();
    long maxValues = Math.min(rows / Math.max(1, divisor), MAX_DICTIONARY_VALUES);
    boolean asked = field.dictSizeRatio() != null;
    double ratio = asked ? field.dictSizeRatio() : DEFAULT_DICT_SIZE_RATIO;
    double budget = values.valueBytes() * ratio;
    DictionaryColumn column = dictionary.build(values, maxValues, (long) budget);
    if (column == null) {
      return Optional.empty();
    }
    Candidate indices = fixedWidth.choose(indices(column));
    double bytes = indices.bytes() + column.values().valueBytes();
    if (bytes > budget) {
      return Optional.empty();
    }
    double cost = indices.cost() + column.values().valueBytes();
    return switch (values) {
      case FixedWidthColumn fixed when !asked -> {
        Candidate without = fixedWidth.choose(fixed);
        yield Optional.of(
            without.cost() <= cost + tuning.dictionary() * rows
                ? plain(without.codec())
                : withDictionary(column, indices));
      }
      case VariableWidthColumn variable when !asked ->
          strings.costCompressed(variable) <= cost + tuning.stringDictionary() * rows
              ? Optional.empty()
              : Optional.of(withDictionary(column, indices));
      default -> Optional.of(withDictionary(column, indices));
    };
  }

  private boolean mayHaveDictionary(Column values) {
    CompressionScheme asked = options.field().compression();
    if (values.length() < MIN_DICTIONARY_ROWS
        || asked == CompressionScheme.NONE
        || asked == CompressionScheme.FSST) {
      return false;
    }
    return switch (values) {
      case VariableWidthColumn _ -> true;
      case FixedWidthColumn fixed -> {
        int bits = fixed.type().bitWidth();
        yield bits == 128 || (bits == 64 && options.version().hasDictionariesOf64Bits());
      }
      default -> false;
    };
  }

  private boolean isNearlyUnique(Column values) {
    int probed = (int) Math.min(PROBED_ROWS, values.length());
    int min = (int) Math.ceil(NEAR_UNIQUE * probed);
    return probed >= MIN_PROBED_ROWS
        && dictionary.hasDistinct(values, values.length() / probed, probed, min);
  }

  /** Ends the use of the current plan and releases its memory. */
  public void endPage() {
    dictionary.release();
    scratch.release();
  }

  /** Releases what is kept from page to page: the state of compression libraries. */
  public void release() {
    compressions.close();
  }
}
