package dev.lancewright.internal.layout;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.memory.AppendBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Where the chunks of a mini-block page are, which values they have, and, if there are lists, which
 * rows start in them.
 *
 * <p>All three are kept as running sums, one more than there are chunks, off-heap.
 */
final class ChunkIndex {
  private final int chunks;
  private final AppendBuffer positions;
  private final AppendBuffer values;
  private final AppendBuffer rows;

  /** Whether chunks end with a row, by chunk; empty without lists. */
  private final AppendBuffer completes;

  private ChunkIndex(int chunks, DecodeMemory memory) {
    this.chunks = chunks;
    this.positions = memory.take();
    this.values = memory.take();
    this.rows = memory.take();
    this.completes = memory.take();
  }

  /**
   * Reads the words of chunks.
   *
   * @param items the values of the page
   */
  static ChunkIndex read(PageInput input, MiniBlockFormat format, long items, DecodeMemory memory)
      throws IOException {
    int wordBytes = format.wordBytes();
    long bytes = input.size(MiniBlockFormat.CHUNKS);
    long size = input.size(MiniBlockFormat.WORDS);
    long count = size / wordBytes;
    // Each chunk has a unit at least.
    if (size % wordBytes != 0
        || count == 0
        || count > bytes / MiniBlockFormat.UNIT
        || count > Integer.MAX_VALUE) {
      throw new LanceFormatException(
          "%d bytes of chunk words of %d bytes each, for chunks of %d bytes in all"
              .formatted(size, wordBytes, bytes));
    }
    ChunkIndex index = new ChunkIndex((int) count, memory);
    index.readWords(input.read(MiniBlockFormat.WORDS, 0, size), format, bytes, items);
    return index;
  }

  private void readWords(MemorySegment words, MiniBlockFormat format, long bytes, long items)
      throws LanceFormatException {
    reserve(positions);
    reserve(values);
    long position = 0;
    long value = 0;
    for (int chunk = 0; chunk < chunks; chunk++) {
      put(positions, chunk, position);
      put(values, chunk, value);
      long word = format.word(words, chunk);
      position += MiniBlockFormat.chunkBytes(word);
      value = chunk == chunks - 1 ? items : value + MiniBlockFormat.chunkValues(word);
    }
    put(positions, chunks, position);
    put(values, chunks, value);
    long ofLast = items - values(chunks - 1);
    if (position != bytes || ofLast < 0 || ofLast > Integer.MAX_VALUE) {
      throw new LanceFormatException(
          "chunk words tell of %d bytes and %d values before the last chunk; the page has %d and %d"
              .formatted(position, values(chunks - 1), bytes, items));
    }
  }

  /**
   * Reads the repetition index.
   *
   * @param pageRows which must all start in one of the chunks
   */
  void readRows(PageInput input, int buffer, long pageRows) throws IOException {
    long size = input.size(buffer);
    if (size != (long) chunks * MiniBlockFormat.INDEX_ENTRY_BYTES) {
      throw new LanceFormatException(
          "the repetition index has %d bytes, but %d chunks need %d each"
              .formatted(size, chunks, MiniBlockFormat.INDEX_ENTRY_BYTES));
    }
    MemorySegment entries = input.read(buffer, 0, size);
    reserve(rows);
    completes.reserve(chunks);
    long ended = 0;
    boolean complete = true;
    for (int chunk = 0; chunk < chunks; chunk++) {
      put(rows, chunk, ended + (complete ? 0 : 1));
      long at = (long) chunk * MiniBlockFormat.INDEX_ENTRY_BYTES;
      long ends = entries.get(LittleEndian.LONG, at);
      if (ends < 0 || ends > pageRows - ended) {
        throw new LanceFormatException(
            "the repetition index has more rows than the page, which has " + pageRows);
      }
      ended += ends;
      boolean goesOn = !complete && ends == 0;
      complete = entries.get(LittleEndian.LONG, at + 8) == 0;
      if (complete && goesOn) {
        throw new LanceFormatException(
            "the repetition index says that a row ends before chunk %d, in which it goes on"
                .formatted(chunk));
      }
      completes.block().set(ValueLayout.JAVA_BYTE, chunk, (byte) (complete ? 1 : 0));
    }
    put(rows, chunks, ended);
    if (ended != pageRows || !complete) {
      throw new LanceFormatException(
          "the repetition index has %d rows%s, but the page has %d"
              .formatted(ended, complete ? "" : " and one that does not end", pageRows));
    }
  }

  private void reserve(AppendBuffer sums) {
    sums.reserve((chunks + 1L) * Long.BYTES);
  }

  private static void put(AppendBuffer sums, int chunk, long sum) {
    sums.block().set(LittleEndian.LONG, chunk * 8L, sum);
  }

  private static long get(AppendBuffer sums, int chunk) {
    return sums.block().get(LittleEndian.LONG, chunk * 8L);
  }

  int chunks() {
    return chunks;
  }

  /** Where a chunk starts; that of {@link #chunks} is where the last one ends. */
  long position(int chunk) {
    return get(positions, chunk);
  }

  /** Values before a chunk. */
  long values(int chunk) {
    return get(values, chunk);
  }

  /** Rows that start before a chunk. */
  long rows(int chunk) {
    return get(rows, chunk);
  }

  /** Whether the last row of a chunk is said to end with it. */
  boolean endsWithRow(int chunk) {
    return completes.block().get(ValueLayout.JAVA_BYTE, chunk) != 0;
  }

  /** The chunk that has a value. */
  int ofValue(long value) {
    return find(values, value);
  }

  /** The chunk that a row starts in. */
  int ofRow(long row) {
    return find(rows, row);
  }

  /** The last chunk before which there are no more than {@code wanted}. */
  private int find(AppendBuffer sums, long wanted) {
    int low = 0;
    int high = chunks - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (get(sums, middle) <= wanted) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }
}
