package dev.lancewright.arrow;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/** Integers of 4 or 8 bytes: offsets of strings or lists, sizes of lists, or run ends. */
record Offsets(MemorySegment segment, boolean large) {
  /** Allocates {@code rows + 1} offsets, of which the first is 0. */
  static Offsets create(BatchMemory memory, long rows, boolean large) {
    Offsets offsets = new Offsets(memory.allocate((rows + 1) * width(large)), large);
    offsets.set(0, 0);
    return offsets;
  }

  static int width(boolean large) {
    return large ? Long.BYTES : Integer.BYTES;
  }

  long get(long index) {
    return large
        ? segment.get(LittleEndian.LONG, index * Long.BYTES)
        : segment.get(LittleEndian.INT, index * Integer.BYTES);
  }

  void set(long index, long value) {
    if (large) {
      segment.set(LittleEndian.LONG, index * Long.BYTES, value);
    } else {
      segment.set(LittleEndian.INT, index * Integer.BYTES, (int) value);
    }
  }

  /** Returns the offsets of contiguous rows and the one after, or none if there are no rows. */
  Offsets slice(RowSelection run) {
    int width = width(large);
    return run.count() == 0
        ? this
        : new Offsets(segment.asSlice(run.start() * width, (run.count() + 1) * width), large);
  }
}
