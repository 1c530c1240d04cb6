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
 * over, runs of one value, small numbers, one value alone.
 */
final class RandomValues {
  private enum Shape {
    ANY,
    FEW,
    RUNS,
    SMALL,
    CONSTANT
  }

  private static final int[] SCRIPTS = {' ', 0xC0, 0x3B1, 0x4E00, 0x1F600};

  private final DataType type;
  private final boolean longStrings;
  private final RandomGenerator random;
  private final Shape shape;
  private final List<byte[]> extremes;
  private final List<byte[]> few = new ArrayList<>();
  private byte[] last;

  /**
   * @param type neither null, bool nor nested
   * @param longStrings whether strings may have several hundred bytes, and some several thousand
   */
  RandomValues(DataType type, boolean longStrings, RandomGenerator random) {
    this.type = type;
    this.longStrings = longStrings;
    this.random = random;
    shape = Shape.values()[random.nextInt(Shape.values().length)];
    extremes = extremes(type);
    for (int i = 0; i < 5; i++) {
      few.add(one());
    }
    last = few.getFirst();
  }

  /** Appends the next value. */
  void append(Bytes out) {
    switch (shape) {
      case ANY -> appendAny(out);
      case FEW -> out.append(few.get(random.nextInt(few.size())));
      case RUNS -> {
        if (random.nextInt(20) == 0) {
          last = one();
        }
        out.append(last);
      }
      case SMALL -> appendSmall(out);
      case CONSTANT -> out.append(last);
    }
  }

  private byte[] one() {
    Bytes bytes = new Bytes(8);
    appendAny(bytes);
    return bytes.toArray();
  }

  private void appendAny(Bytes out) {
    if (random.nextInt(4) == 0) {
      out.append(extremes.get(random.nextInt(extremes.size())));
    } else {
      appendOrdinary(out);
    }
  }

  private void appendOrdinary(Bytes out) {
    switch (type) {
      case DataType.Decimal decimal -> appendDecimal(decimal, out);
      case DataType.Time time ->
          out.appendNumber(random.nextLong(unitsADay(time)), time.byteWidth());
      case DataType.Date date when date.bitWidth() == 64 ->
          out.appendNumber(milliseconds(random.nextInt()), 8);
      case DataType.FixedWidth fixed -> out.appendRandom(fixed.byteWidth(), random);
      case DataType.Utf8 text -> appendText(length(), out);
      case DataType.Binary binary -> out.appendRandom(length(), random);
      default -> throw new IllegalArgumentException("no values of " + type);
    }
  }

  private int length() {
    if (!longStrings) {
      return random.nextInt(20);
    }
    return random.nextInt(16) == 0 ? random.nextInt(4000) : random.nextInt(400);
  }

  /** Numbers of any number of digits: a random number of random bits below the sign. */
  private void appendDecimal(DataType.Decimal decimal, Bytes out) {
    int mostBits = (int) Math.floor(decimal.precision() * (Math.log(10) / Math.log(2)));
    int bits = 1 + random.nextInt(mostBits);
    int sign = random.nextBoolean() ? 0 : -1;
    for (int first = 0; first < decimal.bitWidth(); first += 64) {
      int left = Math.max(0, bits - first);
      long mask = left >= 64 ? -1 : (1L << left) - 1;
      out.appendNumber((random.nextLong() & mask) ^ sign, 8);
    }
  }

  /** Numbers that fit a few bits, where the type has such. */
  private void appendSmall(Bytes out) {
    switch (type) {
      case DataType.FloatingPoint point -> appendAny(out);
      case DataType.FixedSizeBinary fixed -> appendAny(out);
      case DataType.Utf8 text -> appendText(random.nextInt(3), out);
      case DataType.Binary binary -> out.appendRandom(random.nextInt(3), random);
      case DataType.Date date when date.bitWidth() == 64 ->
          out.appendNumber(milliseconds(random.nextInt(1000)), 8);
      case DataType.FixedWidth fixed -> out.appendNumber(random.nextInt(10), fixed.byteWidth());
      default -> throw new IllegalArgumentException("no values of " + type);
    }
  }

  /** Half of the characters take one byte, the others up to four. */
  private void appendText(int characters, Bytes out) {
    for (int i = 0; i < characters; i++) {
      int script = Math.max(0, random.nextInt(2 * SCRIPTS.length) - SCRIPTS.length);
      appendCharacter(SCRIPTS[script] + random.nextInt(25), out);
    }
  }

  private static void appendCharacter(int codePoint, Bytes out) {
    if (codePoint < 0x80) {
      out.append(codePoint);
      return;
    }
    if (codePoint < 0x800) {
      out.append(0xC0 | (codePoint >> 6));
    } else {
      if (codePoint < 0x10000) {
        out.append(0xE0 | (codePoint >> 12));
      } else {
        out.append(0xF0 | (codePoint >> 18));
        out.append(0x80 | ((codePoint >> 12) & 0x3F));
      }
      out.append(0x80 | ((codePoint >> 6) & 0x3F));
    }
    out.append(0x80 | (codePoint & 0x3F));
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
          numbers(
              8,
              BigInteger.valueOf(milliseconds(Integer.MIN_VALUE)),
              BigInteger.valueOf(milliseconds(Integer.MAX_VALUE)),
              BigInteger.ZERO);
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

  private static byte[] littleEndian(BigInteger number, int width) {
    byte[] bytes = new byte[width];
    for (int i = 0; i < width; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }

  /** Arrow's date64 counts milliseconds, but only whole days. */
  private static long milliseconds(int days) {
    return days * 86_400_000L;
  }

  private static long unitsADay(DataType.Time time) {
    return 86_400L * (long) Math.pow(1000, time.unit().compareTo(TimeUnit.SECOND));
  }
}
