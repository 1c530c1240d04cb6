package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Mini-block layout: values in chunks of a few KiB, each with its levels.
 *
 * <pre>
 * chunk:  levels u16 | bytes of def levels u16 (if any) | bytes of each value buffer u16
 *         | def levels | value buffer 0 | value buffer 1 ...      each padded to 8 bytes
 * </pre>
 *
 * <p>The chunk words (page buffer 0) go behind the chunks (page buffer 1): they are known last, and
 * readers find buffers by position, not by order.
 */
final class MiniBlockEncoder {
  private static final int WORDS = 0;
  private static final int CHUNKS = 1;

  /** Chunk sizes count units of this many bytes. */
  private static final int UNIT = 8;

  private static final byte PADDING = (byte) 0xFE;

  /** A chunk's size in units has 12 bits in format 2.1. */
  private static final int MAX_CHUNK_BYTES = UNIT << 12;

  private final AppendBuffer words;

  MiniBlockEncoder(PagePool pool) {
    this.words = new AppendBuffer(pool);
  }

  /**
   * Puts out a page.
   *
   * @param rows values of the page, at least one
   * @param validity null if there are no nulls
   */
  EncodedPage encode(MiniBlockCodec codec, long rows, Bitmap validity, PageOutput page)
      throws IOException {
    words.clear();
    StagedOutput output = page.begin(CHUNKS);
    for (long first = 0; first < rows; ) {
      int values = codec.chunkValues(first);
      int bytes = writeChunk(codec, first, values, validity, output);
      boolean last = first + values == rows;
      appendWord(bytes, last ? 0 : Integer.numberOfTrailingZeros(values));
      first += values;
    }
    page.end(CHUNKS);
    page.begin(WORDS).put(words.block(), 0, words.size());
    page.end(WORDS);
    return page.endPage(rows, layout(codec, rows, validity));
  }

  private void appendWord(int chunkBytes, int logValues) {
    long at = words.reserve(2);
    words.block().set(LittleEndian.SHORT, at, (short) ((chunkBytes / UNIT - 1) << 4 | logValues));
    words.advance(2);
  }

  private static int writeChunk(
      MiniBlockCodec codec, long first, int values, Bitmap validity, StagedOutput output)
      throws IOException {
    int buffers = codec.bufferCount();
    int defBytes = validity == null ? 0 : values * Levels.BYTES;
    int header = 2 + (validity == null ? 0 : 2) + 2 * buffers;
    int size = padded(header) + padded(defBytes);
    for (int i = 0; i < buffers; i++) {
      size += padded(codec.bufferBytes(i, first, values));
    }
    if (size > MAX_CHUNK_BYTES) {
      throw new IllegalStateException(
          "a mini-block of %d values takes %d bytes; format 2.1 allows %d"
              .formatted(values, size, MAX_CHUNK_BYTES));
    }

    long start = output.reserve(MAX_CHUNK_BYTES + Bits.SLACK_BYTES);
    MemorySegment target = output.stage();
    long at = start;
    target.set(LittleEndian.SHORT, at, (short) (validity == null ? 0 : values));
    at += 2;
    if (validity != null) {
      target.set(LittleEndian.SHORT, at, (short) defBytes);
      at += 2;
    }
    for (int i = 0; i < buffers; i++) {
      target.set(LittleEndian.SHORT, at, (short) codec.bufferBytes(i, first, values));
      at += 2;
    }
    at = pad(target, start, at);
    if (validity != null) {
      Levels.write(validity, first, values, target, at);
      at = pad(target, start, at + defBytes);
    }
    for (int i = 0; i < buffers; i++) {
      codec.encode(i, first, values, target, at);
      at = pad(target, start, at + codec.bufferBytes(i, first, values));
    }
    output.advance(size);
    return size;
  }

  private static int padded(int bytes) {
    return (bytes + UNIT - 1) & -UNIT;
  }

  private static long pad(MemorySegment target, long start, long at) {
    int padding = (int) (start - at) & (UNIT - 1);
    if (padding > 0) {
      target.asSlice(at, padding).fill(PADDING);
    }
    return at + padding;
  }

  private static PageLayout layout(MiniBlockCodec codec, long rows, Bitmap validity) {
    MiniBlockLayout.Builder layout =
        MiniBlockLayout.newBuilder()
            .setValueCompression(codec.encoding())
            .addLayers(Levels.layer(validity))
            .setNumBuffers(codec.bufferCount())
            .setNumItems(rows);
    if (validity != null) {
      layout.setDefCompression(Encodings.flat(Levels.BYTES * 8));
    }
    return PageLayout.newBuilder().setMiniBlockLayout(layout).build();
  }
}
