package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.TimeUnit;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Makes columns for each encoding, width, pattern of nulls and shape, with the settings and values
 * that make a writer choose the encoding.
 */
public final class EncodingCases {
  /** A number of rows for which there can be no dictionary. */
  private static final String NO_DICTIONARY = Long.toString(Long.MAX_VALUE);

  private static final int MIN_DICTIONARY_ROWS = 100;

  /** General compression, also of single strings, starts with so many bytes. */
  private static final int MIN_COMPRESSED_BYTES = 4096;

  /** Few files have as many rows. */
  public static final int ROWS_TO_COMPRESS_BITS = 41_000;

  private static final String BITS = "bits";
  private static final int MOST_ITEMS = 20_000;
  private static final int BLOCK = 1024;

  private static final List<NumberPattern> PATTERNS = List.of(NumberPattern.values());

  /** What general compression may not make smaller. */
  private static final List<NumberPattern> INCOMPRESSIBLE =
      List.of(NumberPattern.NOISE, NumberPattern.STRANGE_FLOATS, NumberPattern.FEW);

  private static final List<Nulls> ANY_NULLS =
      List.of(Nulls.NONE, Nulls.SOME, Nulls.FIRST_HALF, Nulls.CLUSTERED);

  /** Those that do not cut runs and repetitions to pieces. */
  private static final List<Nulls> FEW_CUTS = List.of(Nulls.NONE, Nulls.FIRST_HALF);

  private static final List<Nulls> NO_NULLS = List.of(Nulls.NONE);

  private final FormatVersion version;
  private final CompressionProfile profile;
  private final RandomGenerator random;
  private final Arena arena;

  /** How values are made, and what is to become of them. */
  private record Leaf(
      DataType type,
      IntFunction<Column> values,
      List<Nulls> nulls,
      Map<String, String> settings,
      String expected,
      List<String> refused) {
    Leaf(
        DataType type,
        IntFunction<Column> values,
        List<Nulls> nulls,
        Map<String, String> settings,
        String expected) {
      this(type, values, nulls, settings, expected, List.of());
    }
  }

  /** A kind of case; null if there is none for so many values. */
  private interface Kind {
    Leaf leaf(int count);
  }

  private final Map<String, Kind> kinds = new TreeMap<>();

  /** Cases whose columns live as long as {@code arena}. */
  public EncodingCases(
      FormatVersion version, CompressionProfile profile, RandomGenerator random, Arena arena) {
    this.version = version;
    this.profile = profile;
    this.random = random;
    this.arena = arena;
    kinds.put("automatic numbers", this::automaticNumbers);
    kinds.put("automatic text", this::automaticText);
    kinds.put(BITS, this::bits);
    kinds.put("bit-packing", this::bitPacking);
    kinds.put("byte-stream split", this::byteStreamSplit);
    kinds.put("constant", this::constant);
    kinds.put("dictionary of numbers", this::dictionaryOfNumbers);
    kinds.put("dictionary of text", this::dictionaryOfText);
    kinds.put("dictionary at its limit", this::dictionaryAtItsLimit);
    kinds.put("dictionary that comes with the column", this::givenDictionary);
    kinds.put("fixed-size list", this::fixedSizeList);
    kinds.put("flat", this::flat);
    kinds.put("FSST", this::fsst);
    kinds.put("full-zip numbers", this::fullZipNumbers);
    kinds.put("full-zip text", this::fullZipText);
    kinds.put("full-zip text, compressed", this::fullZipCompressed);
    kinds.put("general over flat", this::generalNumbers);
    kinds.put("general over packed bits", this::generalPacked);
    kinds.put("general over runs", this::generalRuns);
    kinds.put("general over text", this::generalText);
    kinds.put("levels", this::levels);
    kinds.put("runs", this::runs);
    kinds.put("variable", this::variable);
  }

  private List<String> names() {
    return List.copyOf(kinds.keySet());
  }

  /** The next case, for a column of {@code rows} rows. */
  public EncodingCase next(String name, int rows) {
    List<String> names = names();
    while (true) {
      boolean enoughBits = rows >= ROWS_TO_COMPRESS_BITS && random.nextInt(3) == 0;
      String kind = enoughBits ? BITS : names.get(random.nextInt(names.size()));
      boolean list = random.nextInt(5) == 0;
      int[] offsets = list ? listOffsets(rows) : null;
      int count = list ? offsets[rows] : rows;
      Leaf leaf = count == 0 ? null : kinds.get(kind).leaf(count);
      if (leaf != null) {
        return list ? inLists(kind, name, leaf, offsets) : alone(kind, name, leaf, count);
      }
    }
  }

  private EncodingCase alone(String kind, String name, Leaf leaf, int count) {
    Nulls nulls = random.nextInt(50) == 0 ? Nulls.ALL : oneOf(leaf.nulls);
    Column column = column(leaf, count, nulls);
    String expected = column.nullCount() == count ? "all null" : expected(leaf, column);
    boolean nullable = nulls != Nulls.NONE || random.nextBoolean();
    boolean inMetadata = random.nextBoolean();
    Field field = new Field(name, leaf.type, nullable, metadata(inMetadata, leaf.settings));
    return new EncodingCase(
        kind,
        what(kind, field, nulls, leaf),
        field,
        column,
        name,
        inMetadata ? Map.of() : leaf.settings,
        expected,
        leaf.refused);
  }

  /** Layouts are asked for at the column, everything else at its items. */
  private EncodingCase inLists(String kind, String name, Leaf leaf, int[] offsets) {
    int rows = offsets.length - 1;
    Nulls nulls = oneOf(leaf.nulls);
    Column items = column(leaf, offsets[rows], nulls);
    boolean inMetadata = random.nextBoolean();
    Map<String, String> ofItems = new HashMap<>(leaf.settings);
    Map<String, String> ofLists = new HashMap<>(leaf.settings);
    ofItems.remove("structural-encoding");
    ofLists.keySet().retainAll(List.of("structural-encoding"));
    boolean large = random.nextBoolean();
    Field item = new Field("item", leaf.type, true, metadata(inMetadata, ofItems));
    DataType type = new DataType.ListOf(item, large);
    Field field = new Field(name, type, true, metadata(inMetadata, ofLists));
    boolean[] present = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      present[row] = offsets[row] < offsets[row + 1] || random.nextBoolean();
    }
    Bytes bytes = new Bytes(8 * offsets.length);
    for (int offset : offsets) {
      bytes.appendNumber(offset, large ? 8 : 4);
    }
    Column column = new ListColumn(type, rows, bitmap(present), bytes.toSegment(arena), items);
    boolean allNull = items.nullCount() == items.length();
    return new EncodingCase(
        kind,
        what(kind, field, nulls, leaf),
        field,
        column,
        name + ".item",
        inMetadata ? Map.of() : leaf.settings,
        allNull ? "" : expected(leaf, items),
        leaf.refused);
  }

  private String what(String kind, Field field, Nulls nulls, Leaf leaf) {
    return "%s, %s, nulls %s, settings %s, profile %s"
        .formatted(kind, field, nulls, leaf.settings, profile);
  }

  private static Map<String, String> metadata(boolean wanted, Map<String, String> settings) {
    Map<String, String> metadata = new HashMap<>();
    if (wanted) {
      settings.forEach((key, value) -> metadata.put("lance-encoding:" + key, value));
    }
    return metadata;
  }

  private String expected(Leaf leaf, Column column) {
    return is22() && isConstant(column) ? "constant" : leaf.expected;
  }

  private boolean is22() {
    return version.compareTo(FormatVersion.V2_2) >= 0;
  }

  private static boolean isConstant(Column column) {
    if (column instanceof FixedSizeListColumn || column instanceof DictionaryColumn) {
      return false;
    }
    Object first = null;
    for (long row = 0; row < column.length(); row++) {
      Object value = Rows.value(column, row);
      if (first != null && value != null && !first.equals(value)) {
        return false;
      }
      first = first == null ? value : first;
    }
    return true;
  }

  /** The values of a leaf with nulls, cut out of more rows. */
  private Column column(Leaf leaf, int count, Nulls nulls) {
    boolean sliced = random.nextInt(3) == 0;
    int before = sliced ? 1 + random.nextInt(40) : 0;
    int all = count + before + (sliced ? random.nextInt(40) : 0);
    boolean[] present = new boolean[all];
    System.arraycopy(nulls.present(count, random), 0, present, before, count);
    Bitmap validity = nulls == Nulls.NONE ? null : bitmap(present);
    return withValidity(leaf.values.apply(all), validity).slice(before, count);
  }

  private static Column withValidity(Column column, Bitmap validity) {
    return switch (column) {
      case BoolColumn bool -> new BoolColumn(validity, bool.values());
      case FixedWidthColumn fixed ->
          new FixedWidthColumn(fixed.type(), fixed.length(), validity, fixed.values());
      case VariableWidthColumn text ->
          new VariableWidthColumn(
              text.type(), text.length(), validity, text.offsets(), text.data());
      case FixedSizeListColumn list ->
          new FixedSizeListColumn(list.type(), list.length(), validity, list.items());
      case DictionaryColumn dictionary ->
          new DictionaryColumn(
              dictionary.type(),
              dictionary.length(),
              validity,
              dictionary.indices(),
              dictionary.values());
      default -> throw new AssertionError(column.type());
    };
  }

  private int[] listOffsets(int rows) {
    int most = rows > MOST_ITEMS / 4 ? 2 : 6;
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = offsets[row] + random.nextInt(most + 1);
    }
    return offsets;
  }

  // Numbers.

  private Leaf flat(int count) {
    int bytes = oneOf(1, 2, 4, 8, 16, 3, 5, 32, 40, 255);
    return numbers(bytes * 8, oneOf(PATTERNS), "mini-block: Flat " + bytes * 8, asked("none"));
  }

  private Leaf levels(int count) {
    if (count <= BLOCK / 16 * 2 || count > BLOCK * 16) {
      return null;
    }
    return new Leaf(
        new DataType.Int(32, true),
        all -> fixed(new DataType.Int(32, true), NumberPattern.NOISE.make(32, all, random)),
        List.of(Nulls.SOME),
        asked("none"),
        ", def OutOfLineBitpacking 16 -> ");
  }

  private Leaf fullZipNumbers(int count) {
    int bytes = oneOf(1, 2, 4, 8, 16, 3, 40, 255, 256, 300);
    Map<String, String> settings = asked("none");
    settings.put("structural-encoding", "fullzip");
    return numbers(bytes * 8, oneOf(PATTERNS), "full-zip: Flat " + bytes * 8, settings);
  }

  /** Which numbers are packed is up to the writer, where general compression may be better. */
  private Leaf bitPacking(int count) {
    if (profile != CompressionProfile.FASTEST) {
      return null;
    }
    int bits = oneOf(8, 16, 32, 64);
    long blocks = Math.ceilDiv(count, BLOCK);
    long most = (count * (long) bits / 8 * 7 / 10 - blocks * bits / 8) / (blocks * (BLOCK / 8));
    // By chance, few values of one or two bits make runs that are shorter.
    int least = count < 4 * BLOCK ? 3 : 1;
    if (most < least) {
      return null;
    }
    int width = random.nextInt(least, (int) Math.min(most, bits - 1) + 1);
    boolean outlier = blocks >= 10 && width <= bits / 2 && random.nextBoolean();
    DataType.FixedWidth type = type(bits, NumberPattern.NOISE);
    return new Leaf(
        type,
        all -> {
          byte[] values = NumberPattern.packable(bits, width, all, random);
          if (outlier) {
            values[count * (bits / 8) - 1] = -1;
          }
          return fixed(type, values);
        },
        // Long runs of nulls are runs of zeros.
        List.of(Nulls.NONE, Nulls.SOME),
        settings("dict-divisor", NO_DICTIONARY),
        "mini-block: InlineBitpacking " + bits);
  }

  private Leaf runs(int count) {
    if (count < 300) {
      return null;
    }
    int bits = oneOf(8, 16, 32, 64);
    Map<String, String> settings = settings("rle-threshold", oneOf("0.75", "1"));
    return withPattern(
        bits,
        bits == 8
            ? NumberPattern.LONG_RUNS
            : oneOf(NumberPattern.LONG_RUNS, NumberPattern.SHORT_RUNS),
        FEW_CUTS,
        "mini-block: Rle(Flat %d, Flat 8)".formatted(bits),
        settings);
  }

  private Leaf generalRuns(int count) {
    int bits = oneOf(16, 32, 64);
    // Two or three values are one.
    if (count * (long) bits / 8 < 3 * MIN_COMPRESSED_BYTES) {
      return null;
    }
    String scheme = oneOf("zstd", "lz4");
    Map<String, String> settings = asked(scheme);
    settings.put("rle-threshold", "1");
    return withPattern(
        bits,
        NumberPattern.SHORT_RUNS,
        NO_NULLS,
        "mini-block: General(%s, Rle(Flat %d".formatted(scheme, bits),
        settings);
  }

  private Leaf byteStreamSplit(int count) {
    int bits = oneOf(32, 64);
    if (count * (long) bits < 8 * MIN_COMPRESSED_BYTES) {
      return null;
    }
    String scheme = oneOf("zstd", "lz4");
    Map<String, String> settings = asked(scheme);
    settings.put("bss", "on");
    NumberPattern pattern = oneOf(PATTERNS);
    return INCOMPRESSIBLE.contains(pattern)
        ? numbers(bits, pattern, "mini-block: ", settings)
        : withPattern(
            bits,
            pattern,
            FEW_CUTS,
            "mini-block: General(%s, ByteStreamSplit(Flat %d))".formatted(scheme, bits),
            settings);
  }

  private Leaf generalNumbers(int count) {
    int bits = oneOf(8, 16, 24, 32, 64, 128);
    long bytes = count * (long) bits / 8;
    if (bytes < 5000) {
      return null;
    }
    String scheme = oneOf("zstd", "lz4");
    Map<String, String> settings = asked(scheme);
    settings.put("bss", oneOf("off", "auto"));
    if (scheme.equals("zstd") && random.nextBoolean()) {
      settings.put("compression-level", oneOf("-5", "0", "1", "9", "19"));
    }
    // Half of them nulls, they may be packed, and then be too few to be compressed.
    List<Nulls> nulls = bytes < 5 * MIN_COMPRESSED_BYTES ? NO_NULLS : FEW_CUTS;
    return withPattern(
        bits, NumberPattern.PERIODIC, nulls, "mini-block: General(" + scheme, settings);
  }

  /** LZ4 makes packed numbers smaller if they are one more than the one before, mostly. */
  private Leaf generalPacked(int count) {
    int bits = oneOf(32, 64);
    if (count < 5 * MIN_COMPRESSED_BYTES / 2) {
      return null;
    }
    Map<String, String> settings = asked("lz4");
    settings.put("bss", "off");
    DataType.FixedWidth type = type(bits, NumberPattern.NOISE);
    return new Leaf(
        type,
        all -> {
          Bytes numbers = new Bytes(all * (bits / 8));
          for (int i = 0; i < all; i++) {
            numbers.appendNumber(i, bits / 8);
          }
          return fixed(type, numbers.toArray());
        },
        NO_NULLS,
        settings,
        "InlineBitpacking " + bits);
  }

  private Leaf bits(int count) {
    boolean compressed = count >= ROWS_TO_COMPRESS_BITS;
    String scheme = oneOf("zstd", "lz4");
    DataType.Bool type = new DataType.Bool();
    int period = 1 + random.nextInt(300);
    return new Leaf(
        type,
        all -> {
          boolean[] values = new boolean[all];
          for (int i = 0; i < all; i++) {
            values[i] = i / period % 2 == 0;
          }
          return new BoolColumn(null, bitmap(values));
        },
        FEW_CUTS,
        asked(compressed ? scheme : "none"),
        compressed ? "mini-block: General(" + scheme + ", Flat 1)" : "mini-block: Flat 1");
  }

  private Leaf constant(int count) {
    if (!is22()) {
      return null;
    }
    if (random.nextBoolean()) {
      NumberPattern pattern = oneOf(NumberPattern.ZEROS, NumberPattern.ONES);
      return numbers(
          8 * oneOf(1, 2, 3, 4, 8, 16, 32, 33, 40), pattern, "constant", new HashMap<>());
    }
    TextPattern pattern =
        oneOf(TextPattern.EMPTY, TextPattern.SENTENCES, TextPattern.REPETITIVE, TextPattern.NOISE);
    byte[] value = pattern.make(1, random).getFirst();
    DataType.VariableWidth type = new DataType.Binary(random.nextBoolean());
    return new Leaf(
        type,
        all -> text(type, Collections.nCopies(all, value)),
        ANY_NULLS,
        settings("compression", oneOf("none", "zstd", "lz4", "fsst")),
        "constant");
  }

  private Leaf automaticNumbers(int count) {
    return withPattern(
        8 * oneOf(1, 2, 4, 8, 16, 24), oneOf(PATTERNS), ANY_NULLS, "mini-block: ", new HashMap<>());
  }

  private Leaf numbers(
      int bits, NumberPattern pattern, String expected, Map<String, String> settings) {
    return withPattern(bits, pattern, ANY_NULLS, expected, settings);
  }

  private Leaf withPattern(
      int bits,
      NumberPattern pattern,
      List<Nulls> nulls,
      String expected,
      Map<String, String> settings) {
    NumberPattern legal =
        pattern == NumberPattern.STRANGE_FLOATS && bits != 16 && bits != 32 && bits != 64
            ? NumberPattern.NOISE
            : pattern;
    DataType.FixedWidth type = type(bits, legal);
    if (!settings.isEmpty()) {
      settings.put("dict-divisor", NO_DICTIONARY);
    }
    return new Leaf(
        type,
        all -> fixed(type, legal.make(bits, all, random)),
        nulls,
        settings,
        expected,
        refused(settings));
  }

  /** The fastest profile has no general compression that nobody asked for. */
  private List<String> refused(Map<String, String> settings) {
    boolean fastest = profile == CompressionProfile.FASTEST && settings.isEmpty();
    return fastest ? List.of("General(") : List.of();
  }

  private DataType.FixedWidth type(int bits, NumberPattern pattern) {
    boolean signed = random.nextBoolean();
    return switch (bits) {
      case 8 -> new DataType.Int(8, signed);
      case 16 -> oneOf(new DataType.Int(16, signed), new DataType.FloatingPoint(16));
      case 32 ->
          oneOf(
              new DataType.Int(32, signed), new DataType.FloatingPoint(32), new DataType.Date(32));
      case 64 ->
          oneOf(
              new DataType.Int(64, signed),
              new DataType.FloatingPoint(64),
              new DataType.Timestamp(TimeUnit.MICROSECOND, null),
              new DataType.Duration(TimeUnit.NANOSECOND));
      case 128 ->
          pattern == NumberPattern.NOISE
              ? new DataType.FixedSizeBinary(16)
              : oneOf(new DataType.Decimal(128, 38, 3), new DataType.FixedSizeBinary(16));
      default -> new DataType.FixedSizeBinary(bits / 8);
    };
  }

  // Strings.

  private Leaf variable(int count) {
    Map<String, String> settings = asked("none");
    TextPattern pattern =
        oneOf(
            TextPattern.EMPTY,
            TextPattern.SENTENCES,
            TextPattern.NON_ASCII,
            TextPattern.SORTED,
            TextPattern.SHORT_LENGTHS,
            TextPattern.NOISE);
    if (random.nextInt(4) == 0) {
      pattern = TextPattern.ALL_LENGTHS;
      settings.put("structural-encoding", "miniblock");
    }
    if (is22() && random.nextInt(60) == 0) {
      pattern = TextPattern.ONE_HUGE;
      settings.put("structural-encoding", "miniblock");
    }
    if (random.nextInt(3) == 0) {
      settings.put("minichunk-size", Integer.toString(1 + random.nextInt(16 << 10)));
    }
    return strings(pattern, ANY_NULLS, settings, "mini-block: Variable(Flat ");
  }

  private Leaf fullZipText(int count) {
    TextPattern pattern = oneOf(TextPattern.values());
    if (pattern == TextPattern.ONE_HUGE && random.nextInt(8) > 0) {
      pattern = TextPattern.SENTENCES;
    }
    Map<String, String> settings = asked("none");
    settings.put("structural-encoding", "fullzip");
    return strings(pattern, ANY_NULLS, settings, "full-zip: Variable(Flat ");
  }

  private Leaf fullZipCompressed(int count) {
    if (count < 50) {
      return null;
    }
    Map<String, String> settings = asked(oneOf("zstd", "lz4"));
    settings.put("structural-encoding", "fullzip");
    return strings(
        TextPattern.REPETITIVE, FEW_CUTS, settings, "full-zip: General(zstd, Variable(Flat ");
  }

  private Leaf generalText(int count) {
    if (count < 1000) {
      return null;
    }
    String scheme = oneOf("zstd", "lz4");
    Map<String, String> settings = asked(scheme);
    if (random.nextInt(3) == 0) {
      settings.put("minichunk-size", Integer.toString(2048 + random.nextInt(14 << 10)));
    }
    return strings(
        oneOf(TextPattern.SENTENCES, TextPattern.NON_ASCII, TextPattern.FEW),
        ANY_NULLS,
        settings,
        "mini-block: General(" + scheme + ", Variable(Flat ");
  }

  private Leaf fsst(int count) {
    if (count < 4000) {
      return null;
    }
    Map<String, String> settings = asked("fsst");
    boolean zipped = random.nextInt(3) == 0;
    settings.put("structural-encoding", zipped ? "fullzip" : "miniblock");
    return strings(
        oneOf(TextPattern.SENTENCES, TextPattern.NON_ASCII),
        ANY_NULLS,
        settings,
        (zipped ? "full-zip" : "mini-block") + ": Fsst(Variable(Flat ");
  }

  private Leaf automaticText(int count) {
    return strings(
        oneOf(
            TextPattern.EMPTY,
            TextPattern.SENTENCES,
            TextPattern.NON_ASCII,
            TextPattern.SORTED,
            TextPattern.FEW,
            TextPattern.ALL_LENGTHS,
            TextPattern.REPETITIVE,
            TextPattern.NOISE),
        ANY_NULLS,
        new HashMap<>(),
        ": ");
  }

  private Leaf strings(
      TextPattern pattern, List<Nulls> nulls, Map<String, String> settings, String expected) {
    boolean large = random.nextBoolean();
    boolean binary = pattern == TextPattern.NOISE || random.nextInt(3) == 0;
    DataType.VariableWidth type = binary ? new DataType.Binary(large) : new DataType.Utf8(large);
    if (!settings.isEmpty()) {
      settings.put("dict-divisor", NO_DICTIONARY);
    }
    String offsets = expected.endsWith("Flat ") ? expected + (large ? 64 : 32) : expected;
    return new Leaf(
        type,
        all -> text(type, pattern.make(all, random)),
        nulls,
        settings,
        offsets,
        refused(settings));
  }

  // Dictionaries.

  private Leaf dictionaryOfNumbers(int count) {
    int bits = oneOf(64, 128);
    if (count < MIN_DICTIONARY_ROWS) {
      return null;
    }
    DataType.FixedWidth type = type(bits, NumberPattern.FEW);
    int distinct = 1 + random.nextInt(count / 8);
    boolean packable = random.nextBoolean();
    byte[] known =
        packable
            ? NumberPattern.packable(bits, 20, distinct, random)
            : NumberPattern.SORTED.make(bits, distinct, random);
    Leaf leaf =
        new Leaf(
            type,
            all -> {
              Bytes bytes = new Bytes(all * (bits / 8));
              for (int i = 0; i < all; i++) {
                int at = random.nextInt(distinct) * (bits / 8);
                bytes.append(Arrays.copyOfRange(known, at, at + bits / 8));
              }
              return fixed(type, bytes.toArray());
            },
            ANY_NULLS,
            dictionarySettings(),
            ", dictionary ");
    return bits == 64 && !is22()
        ? new Leaf(type, leaf.values, leaf.nulls, leaf.settings, "", List.of(", dictionary "))
        : leaf;
  }

  private Leaf dictionaryOfText(int count) {
    if (count < MIN_DICTIONARY_ROWS) {
      return null;
    }
    int distinct = 1 + random.nextInt(count / 8);
    boolean large = random.nextBoolean();
    DataType.VariableWidth type =
        random.nextBoolean() ? new DataType.Binary(large) : new DataType.Utf8(large);
    List<byte[]> known = TextPattern.SORTED.make(distinct, random);
    if (random.nextBoolean()) {
      known.set(0, new byte[0]);
    }
    return new Leaf(
        type,
        all -> {
          List<byte[]> values = new ArrayList<>();
          for (int i = 0; i < all; i++) {
            values.add(known.get(random.nextInt(distinct)));
          }
          return text(type, values);
        },
        ANY_NULLS,
        dictionarySettings(),
        ", dictionary ");
  }

  /** Half as many values as rows, or one more; 100 rows, or one less. */
  private Leaf dictionaryAtItsLimit(int count) {
    if (count < MIN_DICTIONARY_ROWS / 2) {
      return null;
    }
    boolean tooMany = random.nextBoolean();
    int distinct = count / 2 + (tooMany ? 1 : 0);
    DataType.VariableWidth type = new DataType.Utf8(false);
    boolean wanted = count >= MIN_DICTIONARY_ROWS && !tooMany;
    return new Leaf(
        type,
        all -> {
          // As many rows as there are have each value, wherever they are cut out.
          List<byte[]> known = TextPattern.SORTED.make(distinct, random);
          List<byte[]> values = new ArrayList<>();
          for (int i = 0; i < all; i++) {
            values.add(known.get(i % count < distinct ? i % count : 0));
          }
          return text(type, values);
        },
        NO_NULLS,
        settings("dict-size-ratio", "1"),
        wanted ? ", dictionary " : "",
        wanted ? List.of() : List.of(", dictionary "));
  }

  private Map<String, String> dictionarySettings() {
    Map<String, String> settings = settings("dict-size-ratio", "1");
    if (random.nextBoolean()) {
      settings.put("dict-values-compression", oneOf("none", "lz4", "zstd"));
    }
    if (random.nextInt(4) == 0) {
      settings.put("dict-values-compression-level", "3");
    }
    return settings;
  }

  private Leaf givenDictionary(int count) {
    DataType.Int index = new DataType.Int(oneOf(8, 16, 32, 64), random.nextBoolean());
    int distinct = 1 + random.nextInt(Math.min(index.bitWidth() == 8 ? 120 : 5000, count));
    DataType value =
        oneOf(
            new DataType.Utf8(false),
            new DataType.Utf8(true),
            new DataType.Binary(false),
            new DataType.Int(16, true),
            new DataType.Int(64, false),
            new DataType.FloatingPoint(32));
    DataType.Dictionary type = new DataType.Dictionary(index, value, false);
    Map<String, String> settings = settings("compression", oneOf("none", "zstd", "lz4", "fsst"));
    settings.put("dict-values-compression", oneOf("none", "lz4", "zstd"));
    return new Leaf(
        type,
        all -> {
          Column values =
              switch (value) {
                case DataType.VariableWidth text ->
                    text(text, TextPattern.SORTED.make(distinct, random));
                case DataType.FixedWidth fixed ->
                    fixed(fixed, NumberPattern.SORTED.make(fixed.bitWidth(), distinct, random));
                default -> throw new AssertionError(value);
              };
          Bytes indices = new Bytes(all * index.byteWidth());
          for (int i = 0; i < all; i++) {
            indices.appendNumber(random.nextInt(distinct), index.byteWidth());
          }
          return new DictionaryColumn(type, all, null, indices.toSegment(arena), values);
        },
        ANY_NULLS,
        settings,
        ", dictionary ");
  }

  // Lists of a fixed size.

  private Leaf fixedSizeList(int count) {
    int bits = oneOf(1, 8, 16, 32, 64);
    int size = 1 + random.nextInt(random.nextInt(8) == 0 ? 100 : 8);
    boolean nested = random.nextInt(3) == 0;
    DataType.FixedWidth item = bits == 1 ? new DataType.Bool() : type(bits, NumberPattern.NOISE);
    DataType.FixedSizeList inner =
        new DataType.FixedSizeList(Field.nullable("item", item), nested ? 3 : size);
    DataType.FixedSizeList type =
        nested ? new DataType.FixedSizeList(Field.nullable("item", inner), size) : inner;
    if ((long) count * size * (nested ? 3 : 1) * bits / 8 > 1 << 20) {
      return null;
    }
    Map<String, String> settings = new HashMap<>();
    if (random.nextInt(3) == 0) {
      settings.put("compression", oneOf("none", "zstd", "lz4"));
    }
    if (random.nextInt(3) == 0) {
      settings.put("structural-encoding", oneOf("fullzip", "miniblock"));
    }
    boolean itemNulls = random.nextBoolean();
    return new Leaf(
        type, all -> lists(type, all, itemNulls), ANY_NULLS, settings, "FixedSizeList(");
  }

  private FixedSizeListColumn lists(DataType.FixedSizeList type, int count, boolean itemNulls) {
    int items = count * type.size();
    boolean[] present = Nulls.SOME.present(items, random);
    Bitmap validity = itemNulls ? bitmap(present) : null;
    Column column =
        switch (type.item().type()) {
          case DataType.FixedSizeList inner -> lists(inner, items, random.nextBoolean());
          case DataType.Bool _ -> new BoolColumn(null, bitmap(Nulls.SOME.present(items, random)));
          case DataType.FixedWidth fixed ->
              fixed(fixed, oneOf(PATTERNS.subList(0, 5)).make(fixed.bitWidth(), items, random));
          default -> throw new AssertionError(type);
        };
    return new FixedSizeListColumn(type, count, null, withValidity(column, validity));
  }

  // Memory.

  private FixedWidthColumn fixed(DataType.FixedWidth type, byte[] values) {
    Bytes bytes = new Bytes(values.length);
    bytes.append(values);
    return new FixedWidthColumn(
        type, values.length / type.byteWidth(), null, bytes.toSegment(arena));
  }

  private VariableWidthColumn text(DataType.VariableWidth type, List<byte[]> values) {
    Bytes offsets = new Bytes((values.size() + 1) * type.offsetWidth());
    Bytes data = new Bytes(values.size());
    offsets.appendNumber(0, type.offsetWidth());
    for (byte[] value : values) {
      data.append(value);
      offsets.appendNumber(data.size(), type.offsetWidth());
    }
    return new VariableWidthColumn(
        type, values.size(), null, offsets.toSegment(arena), data.toSegment(arena));
  }

  private Bitmap bitmap(boolean[] bits) {
    Bytes bytes = new Bytes(bits.length / 8 + 1);
    for (int first = 0; first < bits.length; first += 8) {
      int octet = 0;
      for (int i = first; i < Math.min(first + 8, bits.length); i++) {
        octet |= bits[i] ? 1 << (i - first) : 0;
      }
      bytes.append(octet);
    }
    return new Bitmap(bytes.toSegment(arena), 0, bits.length);
  }

  private static Map<String, String> asked(String compression) {
    return settings("compression", compression);
  }

  private static Map<String, String> settings(String key, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put(key, value);
    return settings;
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @SafeVarargs
  private <T> T oneOf(T... all) {
    return all[random.nextInt(all.length)];
  }
}
