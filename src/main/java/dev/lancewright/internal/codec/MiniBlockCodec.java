package dev.lancewright.internal.codec;

import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import java.lang.foreign.MemorySegment;

/**
 * Encodes the values of one page as mini-blocks: decides how many values a chunk takes and writes
 * the chunk's value buffers. Made for one page and thrown away; borrows the page's memory.
 *
 * <p>A page's chunks are planned in order, each once; those that have been planned are encoded, in
 * any order, from what their {@link Chunk} says. A sample is planned and encoded chunk by chunk.
 */
public interface MiniBlockCodec {
  /** The most values of a chunk. */
  int MAX_CHUNK_VALUES = 4096;

  /** Bytes after a chunk's last value buffer that {@link #encode} may overwrite. */
  int SLACK_BYTES = 16;

  /** How the page's layout describes the values. */
  CompressiveEncoding encoding();

  /** The number of values of the page. */
  long values();

  /** The number of value buffers of each chunk. */
  int bufferCount();

  /**
   * Plans the chunk that starts at value {@code first}: how many values it has, a power of two from
   * 2 to {@code maxValues} or all that are left, and the bytes of each of its buffers.
   *
   * @param maxValues a power of two from 2 to {@link #MAX_CHUNK_VALUES}
   * @param chunk what it is to be; only its buffers' places are left open
   */
  void plan(long first, int maxValues, Chunk chunk);

  /**
   * Plans the chunk that was planned last again, with fewer values.
   *
   * @param maxValues a power of two below its number of values
   * @param tooLarge whether the bytes of its values are the reason, so that those of the next
   *     chunks may be too many as well
   */
  default void shrink(Chunk chunk, int maxValues, boolean tooLarge) {
    plan(chunk.first(), maxValues, chunk);
  }

  /**
   * Writes the buffers of a chunk to their places in {@code target}, in their order: what comes
   * between them may be overwritten, too.
   */
  void encode(Chunk chunk, MemorySegment target);
}
