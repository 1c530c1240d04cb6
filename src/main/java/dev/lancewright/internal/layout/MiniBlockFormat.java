package dev.lancewright.internal.layout;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * How mini-block pages lie in a file: values in chunks of a few KiB, each with its levels.
 *
 * <pre>
 * page buffers:      0 chunk words | 1 chunks | dictionary (if any) | repetition index (if lists)
 *
 * chunk word:        bytes of the chunk / 8 - 1, from bit 4 on | log2 of its values, bits 0 to 3
 *                    u16, or u32 if chunks are large; the last chunk has what values are left
 *
 * chunk:             levels u16 | bytes of rep levels u16 (if any) | bytes of def levels u16 (if any)
 *                    | bytes of each value buffer u16, or u32 if chunks are large
 *                    | rep levels | def levels
 *                    | value buffer 0 | value buffer 1 ...                   each padded to 8 bytes
 *
 * repetition index:  for each chunk: rows that end in it u64
 *                    | levels at its end of a row that goes on in the next chunk u64
 * </pre>
 *
 * @param large whether the chunks of the page may be large, as since format 2.2
 * @param hasRep whether chunks have repetition levels
 * @param hasDef whether chunks have definition levels
 * @param valueBuffers the value buffers of each chunk
 */
public record MiniBlockFormat(boolean large, boolean hasRep, boolean hasDef, int valueBuffers) {
  /** The page buffer of the chunk words. */
  static final int WORDS = 0;

  /** The page buffer of the chunks. */
  static final int CHUNKS = 1;

  /** The page buffer of the dictionary, if there is one. */
  static final int DICTIONARY = 2;

  /** Chunks, and what they consist of, have a multiple of this many bytes. */
  static final int UNIT = 8;

  /** What fills up to the next unit. */
  static final byte PADDING = (byte) 0xFE;

  /** Levels of a chunk are counted in 16 bits, and so are the bytes of each kind. */
  static final int MAX_LEVELS = 0xFFFF;

  /** Bytes of a chunk's entry in the repetition index. */
  static final int INDEX_ENTRY_BYTES = 16;

  private static final int MAX_CHUNK_BYTES = 32 << 10;
  private static final long MAX_LARGE_CHUNK_BYTES = 1L << 31;

  private static final int VALUES_BITS = 4;
  private static final int LEVEL_BYTES = 2;

  /**
   * The bytes that a chunk which is not large has for the value buffers of two values, the fewest
   * that it can have, beside its header and two levels.
   *
   * @param valueBuffers the value buffers of each chunk
   */
  public static long roomForTwoValues(int valueBuffers) {
    MiniBlockFormat format = new MiniBlockFormat(false, false, true, valueBuffers);
    return format.maxChunkBytes() - padded(format.headerBytes()) - padded(2 * LEVEL_BYTES);
  }

  /** The bytes that {@code bytes} bytes take with their padding. */
  public static long padded(long bytes) {
    return (bytes + UNIT - 1) & -UNIT;
  }

  /** Whether chunks have levels of either kind. */
  boolean hasLevels() {
    return hasRep || hasDef;
  }

  /** The page buffer of the repetition index. */
  static int indexBuffer(boolean hasDictionary) {
    return hasDictionary ? DICTIONARY + 1 : DICTIONARY;
  }

  /** The most bytes of a chunk, all included. */
  long maxChunkBytes() {
    return large ? MAX_LARGE_CHUNK_BYTES : MAX_CHUNK_BYTES;
  }

  /** The bytes of a chunk word. */
  int wordBytes() {
    return sizeBytes();
  }

  /** Writes the word of a chunk; up to 4 bytes are overwritten. */
  static void putWord(MemorySegment words, long at, long chunkBytes, int logValues) {
    words.set(LittleEndian.INT, at, (int) (chunkBytes / UNIT - 1) << VALUES_BITS | logValues);
  }

  /** Reads the word of a chunk. */
  long word(MemorySegment words, int chunk) {
    return getSize(words, (long) chunk * wordBytes());
  }

  /** The bytes of the chunk that has a word. */
  static long chunkBytes(long word) {
    return ((word >>> VALUES_BITS) + 1) * UNIT;
  }

  /** The values of the chunk that has a word, if it is not the last one. */
  static int chunkValues(long word) {
    return 1 << (word & ((1 << VALUES_BITS) - 1));
  }

  /** The bytes of a chunk's header, without padding. */
  int headerBytes() {
    return sizesAt() + valueBuffers * sizeBytes();
  }

  /** The levels that a chunk counts, from 0 to {@link #MAX_LEVELS}. */
  static int levels(MemorySegment chunk) {
    return getShort(chunk, 0);
  }

  /** Writes the number of levels of the chunk that starts at {@code start}. */
  static void putLevels(MemorySegment target, long start, int levels) {
    putShort(target, start, levels);
  }

  /** The bytes of a chunk's repetition levels; 0 if it has none. */
  int repBytes(MemorySegment chunk) {
    return hasRep ? getShort(chunk, LEVEL_BYTES) : 0;
  }

  /** Writes the bytes of the repetition levels, if there are any. */
  void putRepBytes(MemorySegment target, long start, long bytes) {
    if (hasRep) {
      putShort(target, start + LEVEL_BYTES, (int) bytes);
    }
  }

  /** The bytes of a chunk's definition levels; 0 if it has none. */
  int defBytes(MemorySegment chunk) {
    return hasDef ? getShort(chunk, defBytesAt()) : 0;
  }

  /** Writes the bytes of the definition levels, if there are any. */
  void putDefBytes(MemorySegment target, long start, long bytes) {
    if (hasDef) {
      putShort(target, start + defBytesAt(), (int) bytes);
    }
  }

  /** The bytes of a value buffer of a chunk. */
  long valueBytes(MemorySegment chunk, int buffer) {
    return getSize(chunk, sizesAt() + (long) buffer * sizeBytes());
  }

  /** Writes the bytes of a value buffer. */
  void putValueBytes(MemorySegment target, long start, int buffer, long bytes) {
    long at = start + sizesAt() + (long) buffer * sizeBytes();
    if (large) {
      target.set(LittleEndian.INT, at, (int) bytes);
    } else {
      putShort(target, at, (int) bytes);
    }
  }

  /**
   * Fills up to the next unit.
   *
   * @param start where the chunk starts
   * @param at where what was written last ends
   * @return where the next begins
   */
  static long pad(MemorySegment target, long start, long at) {
    int padding = (int) (start - at) & (UNIT - 1);
    if (padding > 0) {
      target.asSlice(at, padding).fill(PADDING);
    }
    return at + padding;
  }

  /** What counts the bytes of something that may be large. */
  private int sizeBytes() {
    return large ? Integer.BYTES : Short.BYTES;
  }

  private int defBytesAt() {
    return hasRep ? 2 * LEVEL_BYTES : LEVEL_BYTES;
  }

  /** Where the bytes of the value buffers stand in a header. */
  private int sizesAt() {
    return defBytesAt() + (hasDef ? LEVEL_BYTES : 0);
  }

  private long getSize(MemorySegment source, long at) {
    return large ? source.get(LittleEndian.INT, at) & 0xFFFFFFFFL : getShort(source, at);
  }

  private static int getShort(MemorySegment source, long at) {
    return source.get(LittleEndian.SHORT, at) & 0xFFFF;
  }

  private static void putShort(MemorySegment target, long at, int value) {
    target.set(LittleEndian.SHORT, at, (short) value);
  }
}
