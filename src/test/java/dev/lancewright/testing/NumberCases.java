package dev.lancewright.testing;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.schema.DataType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Cases of numbers, booleans among them, and of constants. */
final class NumberCases extends LeafCases {
  static final String BITS = "bits";

  /** Few files have as many rows. */
  static final int ROWS_TO_COMPRESS_BITS = 41_000;

  private static final int BLOCK = 1024;
  private static final List<NumberPattern> PATTERNS = List.of(NumberPattern.values());

  /** What general compression may not make smaller. */
  private static final List<NumberPattern> INCOMPRESSIBLE =
      List.of(NumberPattern.NOISE, NumberPattern.STRANGE_FLOATS, NumberPattern.FEW);

  NumberCases(Source source) {
    super(source);
  }

  @Override
  Map<String, IntFunction<LeafCase>> kinds() {
    Map<String, IntFunction<LeafCase>> kinds = new HashMap<>();
    kinds.put("flat", this::flat);
    kinds.put("levels", this::levels);
    kinds.put("full-zip numbers", this::fullZipNumbers);
    kinds.put("bit-packing", this::bitPacking);
    kinds.put("runs", this::runs);
    kinds.put("general over runs", this::generalRuns);
    kinds.put("byte-stream split", this::byteStreamSplit);
    kinds.put("general over flat", this::generalNumbers);
    kinds.put("general over packed bits", this::generalPacked);
    kinds.put(BITS, this::bits);
    kinds.put("constant", this::constant);
    kinds.put("automatic numbers", this::automaticNumbers);
    return kinds;
  }

  private LeafCase flat(int count) {
    int bytes = oneOf(1, 2, 4, 8, 16, 3, 5, 32, 40, 255);
    return numbers(bytes * 8, oneOf(PATTERNS), "mini-block: Flat " + bytes * 8, asked("none"));
  }

  private LeafCase levels(int count) {
    if (count <= BLOCK / 16 * 2 || count > BLOCK * 16) {
      return null;
    }
    return new LeafCase(
        DataType.int32(),
        all -> fixed(DataType.int32(), NumberPattern.NOISE.make(32, all, random)),
        List.of(Nulls.SOME),
        asked("none"),
        ", def OutOfLineBitpacking 16 -> ");
  }

  private LeafCase fullZipNumbers(int count) {
    int bytes = oneOf(1, 2, 4, 8, 16, 3, 40, 255, 256, 300);
    Map<String, String> settings = asked("none");
    settings.put("structural-encoding", "fullzip");
    return numbers(bytes * 8, oneOf(PATTERNS), "full-zip: Flat " + bytes * 8, settings);
  }

  /** Which numbers are packed is up to the writer, where general compression may be better. */
  private LeafCase bitPacking(int count) {
    if (source.profile() != CompressionProfile.FASTEST) {
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
    return new LeafCase(
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

  private LeafCase runs(int count) {
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

  private LeafCase generalRuns(int count) {
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

  private LeafCase byteStreamSplit(int count) {
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

  private LeafCase generalNumbers(int count) {
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
  private LeafCase generalPacked(int count) {
    int bits = oneOf(32, 64);
    if (count < 5 * MIN_COMPRESSED_BYTES / 2) {
      return null;
    }
    Map<String, String> settings = asked("lz4");
    settings.put("bss", "off");
    DataType.FixedWidth type = type(bits, NumberPattern.NOISE);
    return new LeafCase(
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

  private LeafCase bits(int count) {
    boolean compressed = count >= ROWS_TO_COMPRESS_BITS;
    String scheme = oneOf("zstd", "lz4");
    DataType.Bool type = DataType.bool();
    int period = 1 + random.nextInt(300);
    return new LeafCase(
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

  private LeafCase constant(int count) {
    if (!source.is22()) {
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
    return new LeafCase(
        type,
        all -> text(type, Collections.nCopies(all, value)),
        ANY_NULLS,
        settings("compression", oneOf("none", "zstd", "lz4", "fsst")),
        "constant");
  }

  private LeafCase automaticNumbers(int count) {
    return withPattern(
        8 * oneOf(1, 2, 4, 8, 16, 24), oneOf(PATTERNS), ANY_NULLS, "mini-block: ", new HashMap<>());
  }

  private LeafCase numbers(
      int bits, NumberPattern pattern, String expected, Map<String, String> settings) {
    return withPattern(bits, pattern, ANY_NULLS, expected, settings);
  }

  private LeafCase withPattern(
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
    return new LeafCase(
        type,
        all -> fixed(type, legal.make(bits, all, random)),
        nulls,
        settings,
        expected,
        refused(settings));
  }
}
