package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/** Kinds of cases of one sort of type, and what all sorts share. */
abstract class LeafCases {
  /** A number of rows for which there can be no dictionary. */
  static final String NO_DICTIONARY = Long.toString(Long.MAX_VALUE);

  static final int MIN_DICTIONARY_ROWS = 100;

  /** General compression, also of single strings, starts with so many bytes. */
  static final int MIN_COMPRESSED_BYTES = 4096;

  static final List<Nulls> ANY_NULLS =
      List.of(Nulls.NONE, Nulls.SOME, Nulls.FIRST_HALF, Nulls.CLUSTERED);

  /** Those that do not cut runs and repetitions to pieces. */
  static final List<Nulls> FEW_CUTS = List.of(Nulls.NONE, Nulls.FIRST_HALF);

  static final List<Nulls> NO_NULLS = List.of(Nulls.NONE);

  /** What a file is written with, and where columns come from. */
  record Source(
      FormatVersion version, CompressionProfile profile, RandomGenerator random, Arena arena) {
    boolean is22() {
      return version.compareTo(FormatVersion.V2_2) >= 0;
    }
  }

  final Source source;
  final RandomGenerator random;

  LeafCases(Source source) {
    this.source = source;
    this.random = source.random;
  }

  /** Each kind by its name; makes null if there is no such case of so many values. */
  abstract Map<String, IntFunction<LeafCase>> kinds();

  /** The fastest profile has no general compression that nobody asked for. */
  final List<String> refused(Map<String, String> settings) {
    boolean fastest = source.profile == CompressionProfile.FASTEST && settings.isEmpty();
    return fastest ? List.of("General(") : List.of();
  }

  final DataType.FixedWidth type(int bits, NumberPattern pattern) {
    boolean signed = random.nextBoolean();
    return switch (bits) {
      case 8 -> new DataType.Int(8, signed);
      case 16 -> oneOf(new DataType.Int(16, signed), DataType.float16());
      case 32 -> oneOf(new DataType.Int(32, signed), DataType.float32(), DataType.date32());
      case 64 ->
          oneOf(
              new DataType.Int(64, signed),
              DataType.float64(),
              DataType.timestamp(TimeUnit.MICROSECOND),
              DataType.duration(TimeUnit.NANOSECOND));
      case 128 ->
          pattern == NumberPattern.NOISE
              ? DataType.fixedSizeBinary(16)
              : oneOf(DataType.decimal128(38, 3), DataType.fixedSizeBinary(16));
      default -> DataType.fixedSizeBinary(bits / 8);
    };
  }

  final FixedWidthColumn fixed(DataType.FixedWidth type, byte[] values) {
    Bytes bytes = new Bytes(values.length);
    bytes.append(values);
    return new FixedWidthColumn(
        type, values.length / type.byteWidth(), null, bytes.toSegment(source.arena));
  }

  final VariableWidthColumn text(DataType.VariableWidth type, List<byte[]> values) {
    Bytes offsets = new Bytes((values.size() + 1) * type.offsetWidth());
    Bytes data = new Bytes(values.size());
    offsets.appendNumber(0, type.offsetWidth());
    for (byte[] value : values) {
      data.append(value);
      offsets.appendNumber(data.size(), type.offsetWidth());
    }
    return new VariableWidthColumn(
        type, values.size(), null, offsets.toSegment(source.arena), data.toSegment(source.arena));
  }

  final Bitmap bitmap(boolean[] bits) {
    Bytes bytes = new Bytes(bits.length / 8 + 1);
    for (int first = 0; first < bits.length; first += 8) {
      int octet = 0;
      for (int i = first; i < Math.min(first + 8, bits.length); i++) {
        octet |= bits[i] ? 1 << (i - first) : 0;
      }
      bytes.append(octet);
    }
    return new Bitmap(bytes.toSegment(source.arena), 0, bits.length);
  }

  static Map<String, String> asked(String compression) {
    return settings("compression", compression);
  }

  static Map<String, String> settings(String key, String value) {
    Map<String, String> settings = new HashMap<>();
    settings.put(key, value);
    return settings;
  }

  final <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... all) {
    return all[random.nextInt(all.length)];
  }
}
