package dev.lancewright.internal.layout;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The buffers of one page of a file. */
public interface PageInput {
  /** How many there are. */
  int buffers();

  /** Bytes of buffer {@code buffer}. */
  long size(int buffer);

  /**
   * Bytes of a buffer, in native memory; valid until the next call for the same buffer.
   *
   * @param from must lie within the buffer, as must {@code from + bytes}
   */
  MemorySegment read(int buffer, long from, long bytes) throws IOException;
}
