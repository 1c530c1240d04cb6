package dev.lancewright.internal.memory;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writing runs of bits, least significant bit of each byte first. */
public final class Bits {
  /** Bytes past the last bit that writers here may touch. */
  public static final int SLACK_BYTES = 9;

  private Bits() {}

  /**
   * Writes up to 64 bits at bit {@code at}, the first in bit 0 of {@code bits}. Bits before {@code
   * at} keep their values, later ones in the {@link #SLACK_BYTES} that follow are lost: for filling
   * from front to back.
   */
  public static void put(MemorySegment target, long at, long bits) {
    long octet = at >>> 3;
    int shift = (int) (at & 7);
    if (shift == 0) {
      target.set(LittleEndian.LONG, octet, bits);
      return;
    }
    long kept = target.get(ValueLayout.JAVA_BYTE, octet) & ((1L << shift) - 1);
    target.set(LittleEndian.LONG, octet, kept | bits << shift);
    target.set(ValueLayout.JAVA_BYTE, octet + 8, (byte) (bits >>> (64 - shift)));
  }

  /** Writes {@code count} equal bits from bit {@code at} on, with the freedom of {@link #put}. */
  public static void fill(MemorySegment target, long at, long count, boolean value) {
    for (long done = 0; done < count; done += 64) {
      long left = count - done;
      long ones = left >= 64 ? -1L : (1L << left) - 1;
      put(target, at + done, value ? ones : 0);
    }
  }

  /**
   * Copies bits from bit {@code from} of a bitmap on, with the freedom of {@link #put}; in bulk
   * where whole bytes are whole bytes of the target.
   */
  public static void copy(Bitmap bits, long from, long count, MemorySegment target, long at) {
    long first = bits.offset() + from;
    long done = 0;
    if (((first | at) & 7) == 0) {
      done = count & -8;
      MemorySegment.copy(bits.bytes(), first >>> 3, target, at >>> 3, done >>> 3);
    }
    for (; done < count; done += 64) {
      long word = bits.word(from + done);
      long left = count - done;
      put(target, at + done, left >= 64 ? word : word & ((1L << left) - 1));
    }
  }

  /** Lets {@code buffer} hold {@code bits} bits in all, with the slack that writing them needs. */
  public static void reserve(AppendBuffer buffer, long bits) {
    long bytes = (bits + 7) >>> 3;
    buffer.reserve(bytes + SLACK_BYTES - buffer.size());
    buffer.advance(bytes - buffer.size());
  }
}
