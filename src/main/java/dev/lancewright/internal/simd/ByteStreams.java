package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.ValueBlock.VALUES;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Byte-stream split: first the lowest byte of each value, then the next byte of each, and so on.
 */
public final class ByteStreams {
  private static final Warmup SPLIT = new Warmup(4L << 30);

  /** Words of a stream of a block. */
  private static final int STREAM_WORDS = VALUES / Long.BYTES;

  private ByteStreams() {}

  /**
   * Splits values: byte {@code j} of value {@code i} goes to {@code to + j * count + i}.
   *
   * @param values native memory
   * @param bytes of a value: 4 or 8
   * @param target native memory
   * @param block scratch memory, which is overwritten
   */
  public static void split(
      MemorySegment values,
      long at,
      int count,
      int bytes,
      MemorySegment target,
      long to,
      ValueBlock block) {
    if (SPLIT.vectors(values, target, (long) count * bytes)) {
      VectorByteStreams.split(values, at, count, bytes, target, to, block);
    } else {
      scalarSplit(values, at, 0, count, bytes, target, to, block);
    }
  }

  /** Splits values like {@link #split}, starting with value {@code from}. */
  static void scalarSplit(
      MemorySegment values,
      long at,
      int from,
      int count,
      int bytes,
      MemorySegment target,
      long to,
      ValueBlock block) {
    long[] words = block.words();
    long[] streams = block.others();
    for (int done = from; done < count; done += VALUES) {
      int part = Math.min(VALUES, count - done);
      ValueBlock.read(values, at + (long) done * bytes, part * bytes, words);
      if (bytes == Integer.BYTES) {
        splitInts(words, part, streams);
      } else {
        splitLongs(words, part, streams);
      }
      for (int j = 0; j < bytes; j++) {
        long place = to + (long) j * count + done;
        ValueBlock.write(streams, j * STREAM_WORDS, part, target, place);
      }
    }
  }

  /** Splits values that lie by twos in a word, eight at a time. */
  private static void splitInts(long[] words, int count, long[] streams) {
    for (int i = 0; i < count; i += 8) {
      long a = words[i / 2];
      long b = words[i / 2 + 1];
      long c = words[i / 2 + 2];
      long d = words[i / 2 + 3];
      splitEight(lower(a, c), upper(a, c), lower(b, d), upper(b, d), streams, i / 8);
    }
  }

  /** Splits eight values at a time, first their lower halves and then their upper ones. */
  private static void splitLongs(long[] words, int count, long[] streams) {
    for (int i = 0; i < count; i += 8) {
      splitEight(
          lower(words[i], words[i + 4]),
          lower(words[i + 1], words[i + 5]),
          lower(words[i + 2], words[i + 6]),
          lower(words[i + 3], words[i + 7]),
          streams,
          i / 8);
      splitEight(
          upper(words[i], words[i + 4]),
          upper(words[i + 1], words[i + 5]),
          upper(words[i + 2], words[i + 6]),
          upper(words[i + 3], words[i + 7]),
          streams,
          4 * STREAM_WORDS + i / 8);
    }
  }

  private static long lower(long a, long b) {
    return (a & 0xFFFFFFFFL) | b << Integer.SIZE;
  }

  private static long upper(long a, long b) {
    return a >>> Integer.SIZE | (b & 0xFFFFFFFF00000000L);
  }

  /**
   * Splits eight values of four bytes: value 0 to 3 are the lower halves of the words, value 4 to 7
   * the upper ones. First pairs of bytes change places, then bytes.
   *
   * @param at where the first stream takes its eight bytes
   */
  private static void splitEight(long a, long b, long c, long d, long[] streams, int at) {
    long ac = (a >>> 16 ^ c) & 0x0000FFFF0000FFFFL;
    long bd = (b >>> 16 ^ d) & 0x0000FFFF0000FFFFL;
    long a1 = a ^ ac << 16;
    long b1 = b ^ bd << 16;
    long c1 = c ^ ac;
    long d1 = d ^ bd;
    long ab = (a1 >>> 8 ^ b1) & 0x00FF00FF00FF00FFL;
    long cd = (c1 >>> 8 ^ d1) & 0x00FF00FF00FF00FFL;
    streams[at] = a1 ^ ab << 8;
    streams[at + STREAM_WORDS] = b1 ^ ab;
    streams[at + 2 * STREAM_WORDS] = c1 ^ cd << 8;
    streams[at + 3 * STREAM_WORDS] = d1 ^ cd;
  }

  /**
   * Joins values: the inverse of {@link #split}.
   *
   * @param streams the streams in native memory
   * @param bytes the number of bytes of a value: 4 or 8
   * @param target the target in native memory
   */
  public static void join(
      MemorySegment streams, long at, int count, int bytes, MemorySegment target, long to) {
    if (Simd.vectors(streams, target)) {
      VectorByteStreams.join(streams, at, count, bytes, target, to);
    } else {
      scalarJoin(streams, at, 0, count, bytes, target, to);
    }
  }

  /** Joins values like {@link #join}, starting with value {@code from}. */
  static void scalarJoin(
      MemorySegment streams,
      long at,
      int from,
      int count,
      int bytes,
      MemorySegment target,
      long to) {
    for (int i = from; i < count; i++) {
      long value = 0;
      for (int j = 0; j < bytes; j++) {
        long octet = streams.get(ValueLayout.JAVA_BYTE, at + (long) j * count + i) & 0xFF;
        value |= octet << (j * Byte.SIZE);
      }
      if (bytes == Integer.BYTES) {
        target.set(LittleEndian.INT, to + (long) i * bytes, (int) value);
      } else {
        target.set(LittleEndian.LONG, to + (long) i * bytes, value);
      }
    }
  }
}
