package dev.lancewright.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sequences of strings that are hard, or made, for encodings of variable width. */
enum TextPattern {
  EMPTY,
  /** About 25 bytes, much alike. */
  SENTENCES,
  NON_ASCII,
  /** A prefix and a number that grows. */
  SORTED,
  FEW,
  /** Every length from 0 to 300. */
  ALL_LENGTHS,
  /** Every length that mini-blocks take. */
  SHORT_LENGTHS,
  /** Some hundred bytes that general compression makes few of. */
  REPETITIVE,
  /** A string of 1 MiB among short ones. */
  ONE_HUGE,
  /** Bytes that are no text. */
  NOISE;

  private static final int HUGE_BYTES = 1 << 20;

  List<byte[]> make(int count, RandomGenerator random) {
    List<byte[]> values = new ArrayList<>();
    List<byte[]> few = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      few.add(sentence(random));
    }
    int huge = random.nextInt(count);
    for (int i = 0; i < count; i++) {
      values.add(
          switch (this) {
            case EMPTY -> new byte[0];
            case SENTENCES -> sentence(random);
            case NON_ASCII -> utf8("żółw %d 日本語 %c\uD83D\uDE00".formatted(i % 97, 'ä' + i % 20));
            case SORTED -> utf8("key%09d".formatted(i));
            case FEW -> few.get(random.nextInt(few.size()));
            case ALL_LENGTHS -> letters(i % 301, random);
            case SHORT_LENGTHS -> letters(i % 256, random);
            case REPETITIVE -> utf8("abcdef".repeat(60 + random.nextInt(40)) + i);
            case ONE_HUGE -> letters(i == huge ? HUGE_BYTES : random.nextInt(30), random);
            case NOISE -> {
              Bytes bytes = new Bytes(64);
              bytes.appendRandom(random.nextInt(100), random);
              yield bytes.toArray();
            }
          });
    }
    return values;
  }

  private static byte[] sentence(RandomGenerator random) {
    return utf8("the value of number %d is 1".formatted(random.nextInt(100_000)));
  }

  private static byte[] letters(int length, RandomGenerator random) {
    byte[] letters = new byte[length];
    for (int i = 0; i < length; i++) {
      letters[i] = (byte) ('a' + random.nextInt(26));
    }
    return letters;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
