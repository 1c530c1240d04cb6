package dev.lancewright.internal.codec;

import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import java.lang.foreign.MemorySegment;

/**
 * Encodes the values of one page as mini-blocks: decides how many values a chunk takes and writes
 * the chunk's value buffers. Made for one page and thrown away; borrows the page's memory.
 */
public interface MiniBlockCodec {
  /** The most values of a chunk. */
  int MAX_CHUNK_VALUES = 4096;

  /** Bytes behind a buffer that {@link #encode} may overwrite. */
  int SLACK_BYTES = 16;

  /** How the page's layout describes the values. */
  CompressiveEncoding encoding();

  /** Values of the page. */
  long values();

  /** Value buffers of each chunk. */
  int bufferCount();

  /**
   * Values of the chunk that starts at value {@code first}: a power of two from 2 to {@link
   * #MAX_CHUNK_VALUES}, or all that are left.
   */
  int chunkValues(long first);

  /** Bytes of buffer {@code buffer} of a chunk, before it is written. */
  long bufferBytes(int buffer, long first, int values);

  /** Writes buffer {@code buffer} of a chunk at byte {@code at} of {@code target}. */
  void encode(int buffer, long first, int values, MemorySegment target, long at);
}
