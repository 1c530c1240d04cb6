package dev.lancewright.internal.codec;

import java.lang.foreign.MemorySegment;

/**
 * Encodes the values of one page in mini-blocks: determines the number of values in each chunk and
 * writes its value buffers. A codec is created for one page and borrows the page's memory.
 *
 * <p>The chunks of a page are planned in order, each once. Planned chunks are encoded in any order,
 * according to their {@link Chunk}. For a sample, each chunk is planned and encoded in turn.
 */
public interface MiniBlockCodec {
  /** The maximum number of values in a chunk. */
  int MAX_CHUNK_VALUES = 4096;

  /** The number of bytes after a chunk's last value buffer that {@link #encode} may overwrite. */
  int SLACK_BYTES = 16;

  /** Returns the description of the values in the page's layout. */
  EncodingMessage encoding();

  /** Returns the number of values of the page. */
  long values();

  /** Returns the number of value buffers of each chunk. */
  int bufferCount();

  /**
   * Plans the chunk that starts at value {@code first}: its number of values, which is a power of
   * two from 2 to {@code maxValues} or the number of remaining values, and the size of each of its
   * buffers.
   *
   * @param maxValues the maximum number of values, a power of two from 2 to {@link
   *     #MAX_CHUNK_VALUES}
   * @param chunk the chunk to set, except for the positions of its buffers
   */
  void plan(long first, int maxValues, Chunk chunk);

  /**
   * Plans the last planned chunk again, with fewer values.
   *
   * @param chunk the chunk to replan
   * @param maxValues the maximum number of values, a power of two below the chunk's number of
   *     values
   * @param tooLarge whether the size of its values is the reason, so that the next chunks may be
   *     too large as well
   */
  default void shrink(Chunk chunk, int maxValues, boolean tooLarge) {
    plan(chunk.first(), maxValues, chunk);
  }

  /**
   * Writes the buffers of a chunk to their positions in {@code target}, in order; the padding
   * between them may be overwritten.
   */
  void encode(Chunk chunk, MemorySegment target);
}
