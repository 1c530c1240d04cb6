package dev.lancewright.internal.levels;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.simd.ValueBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The repetition or definition levels of a page in one of the forms that a file allows. All parts
 * of a page have the same form.
 */
public final class LevelArray {
  /** The size of an uncompressed level in bytes. */
  public static final int BYTES = 2;

  /** The number of levels that are packed at a time. */
  private static final int BLOCK = 1024;

  private enum Form {
    FLAT,
    PACKED,
    RUNS
  }

  private final MemorySegment levels;
  private final long first;
  private final long count;
  private final int bits;
  private final byte[] numbers;
  private final boolean renumbered;
  private final Form form;

  /** For levels that are worked on; null if they are written as they are. */
  private final ValueBlock block;

  /**
   * Creates plain levels.
   *
   * @param levels the levels, a byte each: {@code count} of them starting at {@code first}
   * @param bits the number of bits of the greatest number
   * @param numbers the number in the file for each level
   * @param renumbered whether any level has a different number in the file
   */
  LevelArray(
      MemorySegment levels, long first, long count, int bits, byte[] numbers, boolean renumbered) {
    this(levels, first, count, bits, numbers, renumbered, Form.FLAT, null);
  }

  private LevelArray(
      MemorySegment levels,
      long first,
      long count,
      int bits,
      byte[] numbers,
      boolean renumbered,
      Form form,
      ValueBlock block) {
    this.levels = levels;
    this.first = first;
    this.count = count;
    this.bits = bits;
    this.numbers = numbers;
    this.renumbered = renumbered;
    this.form = form;
    this.block = block;
  }

  private LevelArray as(Form other, ValueBlock scratch) {
    return new LevelArray(levels, first, count, bits, numbers, renumbered, other, scratch);
  }

  /**
   * These levels with few bits each, if that is shorter.
   *
   * @param scratch scratch memory, overwritten whenever these levels are asked for something
   */
  public LevelArray packed(ValueBlock scratch) {
    return LevelPacking.pays(count, bits) ? as(Form.PACKED, scratch) : this;
  }

  /**
   * These levels in runs, if that is much shorter than packed.
   *
   * @param scratch scratch memory, overwritten whenever these levels are asked for something
   */
  public LevelArray packedOrRuns(ValueBlock scratch) {
    LevelArray packed = packed(scratch);
    return LevelRuns.pays(levels, first, count, packed.bytes(0, count), scratch)
        ? as(Form.RUNS, scratch)
        : packed;
  }

  public long count() {
    return count;
  }

  public EncodingMessage encoding() {
    return switch (form) {
      case FLAT -> Encodings.flat(BYTES * Byte.SIZE);
      case PACKED -> LevelPacking.encoding(bits);
      case RUNS -> LevelRuns.encoding();
    };
  }

  /** Returns the size in bytes of {@code entries} levels starting at {@code from}. */
  public long bytes(long from, long entries) {
    return switch (form) {
      case FLAT -> entries * BYTES;
      case PACKED -> LevelPacking.bytes(entries, bits);
      case RUNS -> LevelRuns.bytes(levels, first + from, Math.toIntExact(entries), block);
    };
  }

  /**
   * Writes {@code entries} levels starting at {@code from}.
   *
   * @param bytes their size as returned by {@link #bytes}
   */
  public void write(long from, long entries, long bytes, MemorySegment target, long at) {
    switch (form) {
      case FLAT -> writeFlat(from, entries, target, at);
      case PACKED -> pack(from, entries, target, at);
      case RUNS -> {
        int count = Math.toIntExact(entries);
        LevelRuns.write(levels, first + from, count, bytes, numbers, target, at, block);
      }
    }
  }

  private void writeFlat(long from, long entries, MemorySegment target, long at) {
    if (!renumbered) {
      LevelPacking.widen(levels, first + from, entries, target, at);
      return;
    }
    for (long i = 0; i < entries; i++) {
      int level = levels.get(ValueLayout.JAVA_BYTE, first + from + i);
      target.set(LittleEndian.SHORT, at + i * BYTES, numbers[level]);
    }
  }

  private void pack(long from, long entries, MemorySegment target, long at) {
    byte[] part = block.bytes();
    long to = at;
    for (long done = 0; done < entries; done += BLOCK) {
      int size = (int) Math.min(BLOCK, entries - done);
      MemorySegment.copy(levels, ValueLayout.JAVA_BYTE, first + from + done, part, 0, size);
      if (renumbered) {
        renumber(part, size);
      }
      to += LevelPacking.pack(part, size, bits, target, to, block);
    }
  }

  private void renumber(byte[] part, int size) {
    for (int i = 0; i < size; i++) {
      part[i] = numbers[part[i]];
    }
  }
}
