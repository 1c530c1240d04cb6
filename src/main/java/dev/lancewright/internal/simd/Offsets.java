package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.ValueBlock.VALUES;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Offsets of variable-width values: signed integers of 4 or 8 bytes. */
public final class Offsets {
  private static final Warmup REBASE = new Warmup(4L << 30);
  private static final Warmup MAX_LENGTH = new Warmup(4L << 30);

  private Offsets() {}

  /**
   * Writes {@code count} offsets with {@code delta} added to each. The caller must ensure that they
   * fit a narrower target, which otherwise truncates them.
   *
   * @param source native memory
   * @param sourceWidth bytes of an offset there: 4 or 8
   * @param target native memory
   * @param targetWidth bytes of an offset there: 4 or 8
   * @param block scratch memory, which is overwritten
   */
  public static void rebase(
      MemorySegment source,
      long at,
      int sourceWidth,
      long count,
      long delta,
      MemorySegment target,
      long to,
      int targetWidth,
      ValueBlock block) {
    if (REBASE.vectors(source, target, count * sourceWidth)) {
      VectorOffsets.rebase(source, at, sourceWidth, count, delta, target, to, targetWidth, block);
    } else {
      scalarRebase(source, at, sourceWidth, 0, count, delta, target, to, targetWidth, block);
    }
  }

  /** Writes offsets like {@link #rebase}, starting with offset {@code from}. */
  static void scalarRebase(
      MemorySegment source,
      long at,
      int sourceWidth,
      long from,
      long count,
      long delta,
      MemorySegment target,
      long to,
      int targetWidth,
      ValueBlock block) {
    for (long done = from; done < count; done += VALUES) {
      int part = (int) Math.min(VALUES, count - done);
      read(source, at + done * sourceWidth, sourceWidth, part, block);
      if (sourceWidth == Integer.BYTES && targetWidth == Integer.BYTES) {
        add(block.ints(), (int) delta, part);
      } else if (sourceWidth == Integer.BYTES) {
        addWidened(block.ints(), delta, part, block.words());
      } else if (targetWidth == Integer.BYTES) {
        addNarrowed(block.words(), delta, part, block.ints());
      } else {
        add(block.words(), delta, part);
      }
      write(block, part, target, to + done * targetWidth, targetWidth);
    }
  }

  /** Copies offsets to the block, as ints or as longs. */
  private static void read(MemorySegment source, long at, int width, int count, ValueBlock block) {
    if (width == Integer.BYTES) {
      MemorySegment.copy(source, LittleEndian.INT, at, block.ints(), 0, count);
    } else {
      MemorySegment.copy(source, LittleEndian.LONG, at, block.words(), 0, count);
    }
  }

  private static void write(ValueBlock block, int count, MemorySegment target, long at, int width) {
    if (width == Integer.BYTES) {
      MemorySegment.copy(block.ints(), 0, target, LittleEndian.INT, at, count);
    } else {
      MemorySegment.copy(block.words(), 0, target, LittleEndian.LONG, at, count);
    }
  }

  private static void add(int[] offsets, int delta, int count) {
    for (int i = 0; i < count; i++) {
      offsets[i] += delta;
    }
  }

  private static void add(long[] offsets, long delta, int count) {
    for (int i = 0; i < count; i++) {
      offsets[i] += delta;
    }
  }

  private static void addWidened(int[] offsets, long delta, int count, long[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = offsets[i] + delta;
    }
  }

  private static void addNarrowed(long[] offsets, long delta, int count, int[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = (int) (offsets[i] + delta);
    }
  }

  /**
   * Returns the length of the longest of {@code count} values, or 0 if there are none.
   *
   * @param offsets native memory with {@code count + 1} offsets, none of them smaller than the one
   *     before and none negative
   * @param width bytes of an offset: 4 or 8
   * @param block scratch memory, which is overwritten
   */
  public static long maxLength(
      MemorySegment offsets, long at, int width, long count, ValueBlock block) {
    return MAX_LENGTH.vectors(offsets, offsets, count * width)
        ? VectorOffsets.maxLength(offsets, at, width, count, block)
        : scalarMaxLength(offsets, at, width, 0, count, block);
  }

  /** As {@link #maxLength}, for values from {@code from} on. */
  static long scalarMaxLength(
      MemorySegment offsets, long at, int width, long from, long count, ValueBlock block) {
    long most = 0;
    for (long done = from; done < count; done += VALUES) {
      int part = (int) Math.min(VALUES, count - done);
      read(offsets, at + done * width, width, part + 1, block);
      long longest =
          width == Integer.BYTES ? maxLength(block.ints(), part) : maxLength(block.words(), part);
      most = Math.max(most, longest);
    }
    return most;
  }

  private static int maxLength(int[] offsets, int count) {
    int most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, offsets[i + 1] - offsets[i]);
    }
    return most;
  }

  private static long maxLength(long[] offsets, int count) {
    long most = 0;
    for (int i = 0; i < count; i++) {
      most = Math.max(most, offsets[i + 1] - offsets[i]);
    }
    return most;
  }

  /** Returns the offset of {@code width} bytes, 4 or 8, at byte {@code at}. */
  public static long get(MemorySegment offsets, long at, int width) {
    return width == Integer.BYTES
        ? offsets.get(LittleEndian.INT, at)
        : offsets.get(LittleEndian.LONG, at);
  }

  /** Writes an offset of {@code width} bytes, 8 or 4, which it must fit, at byte {@code at}. */
  public static void set(MemorySegment offsets, long at, int width, long offset) {
    if (width == Integer.BYTES) {
      offsets.set(LittleEndian.INT, at, (int) offset);
    } else {
      offsets.set(LittleEndian.LONG, at, offset);
    }
  }
}
