package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;

/** Validity of the rows of a {@link LeafBuffer}. Takes no memory before the first null. */
final class ValidityBuffer {
  private final AppendBuffer bits;
  private long rows;
  private boolean hasNulls;

  ValidityBuffer(PagePool pool) {
    this.bits = new AppendBuffer(pool);
  }

  /**
   * Appends the validity of {@code count} rows.
   *
   * @param validity null if all rows from {@code from} on are valid
   */
  void append(Bitmap validity, long from, long count) {
    if (!hasNulls && Bitmap.isAllSet(validity, from, count)) {
      rows += count;
      return;
    }
    if (!hasNulls) {
      hasNulls = true;
      Bits.reserve(bits, rows);
      Bits.fill(bits.block(), 0, rows, true);
    }
    Bits.reserve(bits, rows + count);
    if (validity == null) {
      Bits.fill(bits.block(), rows, count, true);
    } else {
      Bits.copy(validity, from, count, bits.block(), rows);
    }
    rows += count;
  }

  /** The validity of all rows, null if there are no nulls; valid until the next change. */
  Bitmap view() {
    return hasNulls ? new Bitmap(bits.block(), 0, rows) : null;
  }

  long rows() {
    return rows;
  }

  void release() {
    bits.release();
    rows = 0;
    hasNulls = false;
  }

  void clear() {
    bits.clear();
    rows = 0;
    hasNulls = false;
  }
}
