package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import java.lang.foreign.MemorySegment;

/** Definition levels of a column without lists: 0 for a value, 1 for a null. */
final class Levels {
  static final int BYTES = 2;

  private Levels() {}

  /** The layer of a page whose rows have this validity; null for no nulls. */
  static RepDefLayer layer(Bitmap validity) {
    return validity == null ? RepDefLayer.REPDEF_ALL_VALID_ITEM : RepDefLayer.REPDEF_NULLABLE_ITEM;
  }

  /** Writes the levels of {@code count} rows from {@code first} on, two bytes each. */
  static void write(Bitmap validity, long first, int count, MemorySegment target, long at) {
    target.asSlice(at, (long) count * BYTES).fill((byte) 0);
    for (int done = 0; done < count; done += 64) {
      int rows = Math.min(64, count - done);
      long nulls = ~validity.word(first + done) & (-1L >>> (64 - rows));
      for (; nulls != 0; nulls &= nulls - 1) {
        int row = done + Long.numberOfTrailingZeros(nulls);
        target.set(LittleEndian.SHORT, at + (long) row * BYTES, (short) 1);
      }
    }
  }
}
