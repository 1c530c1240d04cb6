package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Where a file's bytes go: appended from first to last, then either published or discarded.
 *
 * <p>A sink is used by one thread at a time. After an {@link IOException} nothing but {@link
 * #discard} may be called. Exactly one of {@link #publish} and {@link #discard} ends a sink; {@code
 * discard} after either does nothing.
 */
public interface Sink {
  /** Bytes appended so far. */
  long position();

  /**
   * Appends all bytes of all parts, in order. The sink keeps no reference to them.
   *
   * @throws IOException if not all could be appended; how many were is then unknown
   */
  void append(MemorySegment... parts) throws IOException;

  /**
   * Makes what was appended visible as a whole and as durable as the sink promises, and releases
   * everything the sink holds. When it fails, nothing is visible and the sink is discarded.
   */
  void publish() throws IOException;

  /** Drops what was appended, leaves nothing behind and releases everything. Idempotent. */
  void discard() throws IOException;
}
