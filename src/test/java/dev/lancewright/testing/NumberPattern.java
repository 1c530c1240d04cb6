package dev.lancewright.testing;

import java.util.random.RandomGenerator;

/** Sequences of numbers that are hard, or made, for encodings of fixed width. */
enum NumberPattern {
  ZEROS,
  ONES,
  /** The least and the greatest signed number in turn. */
  ALTERNATING,
  /** Small numbers, then all ones. */
  OUTLIER_LAST,
  SORTED,
  REVERSED,
  /** Runs as long as an entry of a run-length encoding, and about that long. */
  LONG_RUNS,
  /** Runs of two and three of two wide values. */
  SHORT_RUNS,
  /** A hundred values over and over. */
  PERIODIC,
  FEW,
  /** Negative zero, infinities, quiet and signalling NaNs with any payload. */
  STRANGE_FLOATS,
  NOISE;

  private static final int[] RUN_LENGTHS = {254, 255, 256, 257, 510, 511, 1, 765, 2};

  /** {@code count} numbers of {@code bits} bits, of which wide ones are sign-extended. */
  byte[] make(int bits, int count, RandomGenerator random) {
    Bytes bytes = new Bytes(count * (bits / 8));
    long[] known = random.longs(this == PERIODIC ? 100 : 5).toArray();
    // The highest bit that is stored is set: none of these can be packed.
    long top = 1L << (Math.min(64, bits) - 1);
    long start = random.nextLong(1000);
    long step = random.nextLong(1, 4);
    int next = random.nextInt(RUN_LENGTHS.length);
    long value = known[0] | top;
    int left = 0;
    for (int i = 0; i < count; i++) {
      switch (this) {
        case ZEROS -> value = 0;
        case ONES -> value = -1;
        case ALTERNATING -> value = i % 2 == 0 ? top : top - 1;
        case OUTLIER_LAST -> value = i == count - 1 ? -1 : random.nextInt(4);
        case SORTED -> value = start + i * step;
        case REVERSED -> value = start + (count - 1 - i) * step;
        case LONG_RUNS -> {
          if (left-- == 0) {
            left = RUN_LENGTHS[next++ % RUN_LENGTHS.length] - 1;
            value = (value + 1) | top;
          }
        }
        case SHORT_RUNS -> {
          if (left-- == 0) {
            left = 1 + random.nextInt(2);
            value = value == (known[0] | top) ? (known[1] | top) ^ 1 : known[0] | top;
          }
        }
        case PERIODIC -> value = known[i % known.length] | top;
        case FEW -> value = known[random.nextInt(known.length)];
        case STRANGE_FLOATS -> value = strangeFloat(bits, random);
        case NOISE -> value = random.nextLong();
      }
      if (this == NOISE) {
        bytes.appendRandom(bits / 8, random);
      } else {
        bytes.appendNumber(value, bits / 8);
      }
    }
    return bytes.toArray();
  }

  /** Numbers of at most {@code width} bits. */
  static byte[] packable(int bits, int width, int count, RandomGenerator random) {
    Bytes bytes = new Bytes(count * (bits / 8));
    for (int i = 0; i < count; i++) {
      bytes.appendNumber(random.nextLong() & (-1L >>> (64 - width)), bits / 8);
    }
    return bytes.toArray();
  }

  private static long strangeFloat(int bits, RandomGenerator random) {
    int significand =
        switch (bits) {
          case 16 -> 10;
          case 32 -> 23;
          default -> 52;
        };
    long sign = random.nextLong() & (1L << (bits - 1));
    long infinity = (1L << (bits - 1)) - (1L << significand);
    return switch (random.nextInt(4)) {
      case 0 -> sign;
      case 1 -> sign | infinity;
      default -> sign | infinity | (random.nextLong() & ((1L << significand) - 1));
    };
  }
}
