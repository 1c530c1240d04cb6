package dev.lancewright.testing;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Legal values of one type, as the bytes that Arrow holds for them. A stream of them has one of the
 * shapes that encodings look for: anything at all with extremes in between, a few values over and
 * over, runs of one value, small numbers.
 */
final class RandomValues {
  private enum Shape {
    ANY,
    FEW,
    RUNS,
    SMALL
  }

  private final DataType type;
  private final boolean longStrings;
  private final RandomGenerator random;
  private final Shape shape;
  private final List<byte[]> extremes;
  private final List<byte[]> few = new ArrayList<>();
  private byte[] last;

  /**
   * @param type neither null, bool nor a list
   * @param longStrings whether strings may have several hundred bytes
   */
  RandomValues(DataType type, boolean longStrings, RandomGenerator random) {
    this.type = type;
    this.longStrings = longStrings;
    this.random = random;
    shape = Shape.values()[random.nextInt(Shape.values().length)];
    extremes = extremes(type);
    for (int i = 0; i < 5; i++) {
      few.add(any());
    }
    last = few.get(0);
  }

  byte[] next() {
    last =
        switch (shape) {
          case ANY -> any();
          case FEW -> few.get(random.nextInt(few.size()));
          case RUNS -> random.nextInt(20) == 0 ? any() : last;
          case SMALL -> small();
        };
    return last;
  }

  private byte[] any() {
    return random.nextInt(4) == 0 ? extremes.get(random.nextInt(extremes.size())) : ordinary();
  }

  private byte[] ordinary() {
    return switch (type) {
      case DataType.Decimal decimal -> ordinary(decimal);
      case DataType.Time time ->
          littleEndian(BigInteger.valueOf(random.nextLong(unitsADay(time))), time.byteWidth());
      case DataType.Date date when date.bitWidth() == 64 -> date64(random.nextInt());
      case DataType.FixedWidth fixed -> randomBytes(fixed.byteWidth());
      case DataType.Utf8 text -> utf8(longStrings ? random.nextInt(400) : random.nextInt(20));
      case DataType.Binary binary ->
          randomBytes(longStrings ? random.nextInt(1000) : random.nextInt(40));
      default -> throw new IllegalArgumentException("no values of " + type);
    };
  }

  private byte[] ordinary(DataType.Decimal decimal) {
    BigInteger digits = new BigInteger(1, randomBytes(decimal.byteWidth()));
    BigInteger value = digits.mod(BigInteger.TEN.pow(1 + random.nextInt(decimal.precision())));
    return littleEndian(random.nextBoolean() ? value : value.negate(), decimal.byteWidth());
  }

  /** Numbers that fit a few bits, where the type has such. */
  private byte[] small() {
    return switch (type) {
      case DataType.FloatingPoint point -> any();
      case DataType.FixedSizeBinary fixed -> any();
      case DataType.VariableWidth variable -> randomBytesOrText(variable, random.nextInt(3));
      case DataType.Date date when date.bitWidth() == 64 -> date64(random.nextInt(1000));
      case DataType.FixedWidth fixed ->
          littleEndian(BigInteger.valueOf(random.nextInt(100)), fixed.byteWidth());
      default -> throw new IllegalArgumentException("no values of " + type);
    };
  }

  private byte[] randomBytesOrText(DataType.VariableWidth variable, int length) {
    return variable instanceof DataType.Utf8 ? utf8(length) : randomBytes(length);
  }

  private byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] utf8(int characters) {
    int[] firsts = {' ', 0xC0, 0x3B1, 0x4E00, 0x1F600};
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      int script = Math.max(0, random.nextInt(2 * firsts.length) - firsts.length);
      text.appendCodePoint(firsts[script] + random.nextInt(25));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<byte[]> extremes(DataType type) {
    return switch (type) {
      case DataType.Decimal decimal -> {
        BigInteger most = BigInteger.TEN.pow(decimal.precision()).subtract(BigInteger.ONE);
        yield numbers(decimal.byteWidth(), most, most.negate(), BigInteger.ZERO);
      }
      case DataType.Time time ->
          numbers(time.byteWidth(), BigInteger.valueOf(unitsADay(time) - 1), BigInteger.ZERO);
      case DataType.Date date when date.bitWidth() == 64 ->
          List.of(date64(Integer.MIN_VALUE), date64(Integer.MAX_VALUE), date64(0));
      case DataType.FloatingPoint point -> floats(point);
      case DataType.FixedWidth fixed -> bytePatterns(fixed.byteWidth());
      case DataType.Utf8 text -> List.of(new byte[0], "\0".getBytes(StandardCharsets.UTF_8));
      case DataType.Binary binary -> List.of(new byte[0], new byte[] {0}, new byte[] {-1});
      default -> throw new IllegalArgumentException("no values of " + type);
    };
  }

  /** Among them the least and greatest integers, signed and unsigned, 0 and -1. */
  private static List<byte[]> bytePatterns(int width) {
    byte[] zeros = new byte[width];
    if (width == 0) {
      return List.of(zeros);
    }
    byte[] ones = new byte[width];
    Arrays.fill(ones, (byte) -1);
    byte[] least = zeros.clone();
    least[width - 1] = Byte.MIN_VALUE;
    byte[] greatest = ones.clone();
    greatest[width - 1] = Byte.MAX_VALUE;
    return List.of(zeros, ones, least, greatest);
  }

  /** Both zeros, infinities, NaNs with and without payload, least and greatest. */
  private static List<byte[]> floats(DataType.FloatingPoint point) {
    int significand =
        switch (point.bitWidth()) {
          case 16 -> 10;
          case 32 -> 23;
          default -> 52;
        };
    BigInteger sign = BigInteger.ONE.shiftLeft(point.bitWidth() - 1);
    BigInteger infinity = sign.subtract(BigInteger.ONE.shiftLeft(significand));
    BigInteger quiet = BigInteger.ONE.shiftLeft(significand - 1);
    return numbers(
        point.byteWidth(),
        BigInteger.ZERO,
        sign,
        infinity,
        infinity.or(sign),
        infinity.or(quiet),
        infinity.or(quiet).or(sign).or(BigInteger.valueOf(0x155)),
        infinity.or(BigInteger.ONE),
        BigInteger.ONE,
        infinity.subtract(BigInteger.ONE));
  }

  private static List<byte[]> numbers(int width, BigInteger... numbers) {
    return Arrays.stream(numbers).map(number -> littleEndian(number, width)).toList();
  }

  /** Arrow's date64 counts milliseconds, but only whole days. */
  private static byte[] date64(int days) {
    return littleEndian(BigInteger.valueOf(days * 86_400_000L), 8);
  }

  private static long unitsADay(DataType.Time time) {
    return 86_400L * (long) Math.pow(1000, time.unit().compareTo(TimeUnit.SECOND));
  }

  private static byte[] littleEndian(BigInteger number, int width) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
