package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A destination for a file's bytes, which are appended from first to last and then either published
 * or discarded.
 *
 * <p>A sink is used by one thread at a time. After an {@link IOException} only {@link #discard} may
 * be called. Exactly one of {@link #publish} and {@link #discard} ends a sink; {@code discard}
 * after either does nothing.
 */
public interface Sink {
  /** Returns the number of bytes appended so far. */
  long position();

  /**
   * Appends all bytes of all parts, in order. The sink keeps no reference to them.
   *
   * @throws IOException if not all could be appended; how many were is then unknown
   */
  void append(MemorySegment... parts) throws IOException;

  /**
   * Makes everything appended visible atomically, as durably as the sink promises, and releases
   * everything the sink holds. If it fails, nothing is visible and the sink is discarded.
   */
  void publish() throws IOException;

  /**
   * Discards everything appended, leaves nothing behind and releases everything the sink holds.
   * Idempotent.
   */
  void discard() throws IOException;
}
