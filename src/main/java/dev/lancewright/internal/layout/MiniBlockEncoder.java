package dev.lancewright.internal.layout;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.DictionaryBlock;
import dev.lancewright.internal.codec.GeneralCodec;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.codec.Planner.MiniBlockPlan;
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
 * chunk:  levels u16 | bytes of rep levels u16 (if any) | bytes of def levels u16 (if any)
 *         | bytes of each value buffer u16 | rep levels | def levels
 *         | value buffer 0 | value buffer 1 ...                   each padded to 8 bytes
 * </pre>
 *
 * <p>From format 2.2 on sizes of value buffers and chunk words have 32 bits, and chunks may be
 * large. The chunk words (page buffer 0) go behind the chunks (page buffer 1): they are known last,
 * and readers find buffers by position, not by order. Behind them come the dictionary and, if there
 * are lists, the repetition index.
 */
final class MiniBlockEncoder {
  private static final int WORDS = 0;
  private static final int CHUNKS = 1;
  private static final int DICTIONARY = 2;

  /** Chunk sizes count units of this many bytes. */
  private static final int UNIT = 8;

  private static final byte PADDING = (byte) 0xFE;

  /** Levels of a chunk are counted in 16 bits, and so are their bytes. */
  private static final int MAX_LEVELS = 0xFFFF;

  /** Levels are written four at a time. */
  private static final int SLACK_BYTES =
      Math.max(Bits.SLACK_BYTES + 4 * Levels.BYTES, MiniBlockCodec.SLACK_BYTES);

  private final boolean large;
  private final long maxChunkBytes;

  /** Values and levels of each chunk, as pairs of longs. */
  private final AppendBuffer plan;

  private final AppendBuffer words;
  private final AppendBuffer index;

  /** A chunk that is too large for the output's stage. */
  private final AppendBuffer largeChunk;

  MiniBlockEncoder(FormatVersion version, PagePool pool) {
    this.large = version.compareTo(FormatVersion.V2_2) >= 0;
    this.maxChunkBytes = large ? 1L << 31 : UNIT << 12;
    this.plan = new AppendBuffer(pool);
    this.words = new AppendBuffer(pool);
    this.index = new AppendBuffer(pool);
    this.largeChunk = new AppendBuffer(pool);
  }

  /**
   * Puts out a page.
   *
   * @return null, with nothing put out, if values and levels do not fit into chunks
   */
  EncodedPage encode(MiniBlockPlan planned, Page page, PageOutput target) throws IOException {
    Levels levels = page.levels();
    DictionaryBlock dictionary = planned.dictionary();
    MiniBlockCodec codec = planned.codec();
    boolean fits = plan(codec, levels);
    if (codec instanceof GeneralCodec general && !(fits && general.pays())) {
      codec = general.instead();
      fits = plan(codec, levels);
    }
    if (!fits) {
      return null;
    }
    words.clear();
    index.clear();
    StagedOutput output = target.begin(CHUNKS);
    long first = 0;
    long level = 0;
    for (long at = 0; at < plan.size(); at += 16) {
      int values = (int) plan.block().get(LittleEndian.LONG, at);
      int entries = (int) plan.block().get(LittleEndian.LONG, at + 8);
      long bytes = writeChunk(codec, first, values, levels, level, entries, output);
      first += values;
      level += entries;
      appendWord(bytes, first == levels.values() ? 0 : Integer.numberOfTrailingZeros(values));
      if (levels.hasRep()) {
        appendIndex(levels, level - entries, level);
      }
    }
    target.end(CHUNKS);
    put(words, WORDS, target);
    if (dictionary != null) {
      dictionary.write(target.begin(DICTIONARY));
      target.end(DICTIONARY);
    }
    if (levels.hasRep()) {
      put(index, dictionary == null ? DICTIONARY : DICTIONARY + 1, target);
    }
    largeChunk.release();
    return target.endPage(page, layout(codec, dictionary, levels));
  }

  private static void put(AppendBuffer buffer, int index, PageOutput target) throws IOException {
    target.begin(index).put(buffer.block(), 0, buffer.size());
    target.end(index);
  }

  /**
   * Cuts values and levels into chunks. A chunk takes levels up to its last value, the last one all
   * that are left; where they are too many for a chunk, it takes fewer values.
   */
  private boolean plan(MiniBlockCodec codec, Levels levels) {
    plan.clear();
    long first = 0;
    long level = 0;
    while (first < levels.values()) {
      int values = codec.chunkValues(first);
      long entries = entries(levels, first, values, level);
      while (!fits(codec, first, values, levels, entries)) {
        values = Integer.highestOneBit(values - 1);
        if (values < 2) {
          return false;
        }
        entries = entries(levels, first, values, level);
      }
      long at = plan.reserve(16);
      plan.block().set(LittleEndian.LONG, at, values);
      plan.block().set(LittleEndian.LONG, at + 8, entries);
      plan.advance(16);
      first += values;
      level += entries;
    }
    return true;
  }

  private static long entries(Levels levels, long first, int values, long level) {
    return first + values == levels.values()
        ? levels.count() - level
        : levels.entriesOf(values, level);
  }

  private boolean fits(MiniBlockCodec codec, long first, int values, Levels levels, long entries) {
    boolean hasLevels = levels.hasRep() || levels.hasDef();
    return (!hasLevels || entries <= MAX_LEVELS)
        && (!levels.hasRep() || levels.repBytes(entries) <= MAX_LEVELS)
        && (!levels.hasDef() || levels.defBytes(entries) <= MAX_LEVELS)
        && chunkBytes(codec, first, values, levels, entries) <= maxChunkBytes;
  }

  private long chunkBytes(
      MiniBlockCodec codec, long first, int values, Levels levels, long entries) {
    long size = padded(headerBytes(codec, levels));
    size += levels.hasRep() ? padded(levels.repBytes(entries)) : 0;
    size += levels.hasDef() ? padded(levels.defBytes(entries)) : 0;
    for (int i = 0; i < codec.bufferCount(); i++) {
      size += padded(codec.bufferBytes(i, first, values));
    }
    return size;
  }

  private int headerBytes(MiniBlockCodec codec, Levels levels) {
    return 2
        + (levels.hasRep() ? 2 : 0)
        + (levels.hasDef() ? 2 : 0)
        + (large ? 4 : 2) * codec.bufferCount();
  }

  private void appendWord(long chunkBytes, int logValues) {
    int word = (int) (chunkBytes / UNIT - 1) << 4 | logValues;
    long at = words.reserve(4);
    words.block().set(LittleEndian.INT, at, word);
    words.advance(large ? 4 : 2);
  }

  /** Rows that end in a chunk, and entries behind them of a row that goes on in the next chunk. */
  private void appendIndex(Levels levels, long from, long to) {
    boolean last = to == levels.count();
    boolean complete = last || levels.startsRow(to);
    long ends = levels.rowStarts(from + 1, to) + (complete ? 1 : 0);
    long at = index.reserve(16);
    index.block().set(LittleEndian.LONG, at, ends);
    index.block().set(LittleEndian.LONG, at + 8, complete ? 0 : levels.lastRowEntries(from, to));
    index.advance(16);
  }

  private long writeChunk(
      MiniBlockCodec codec,
      long first,
      int values,
      Levels levels,
      long level,
      int entries,
      StagedOutput output)
      throws IOException {
    long size = chunkBytes(codec, first, values, levels, entries);
    if (size + SLACK_BYTES > StagedOutput.MAX_RESERVE_BYTES) {
      largeChunk.clear();
      largeChunk.reserve(size + SLACK_BYTES);
      writeChunk(codec, first, values, levels, level, entries, largeChunk.block(), 0);
      output.put(largeChunk.block(), 0, size);
      return size;
    }
    long at = output.reserve((int) size + SLACK_BYTES);
    writeChunk(codec, first, values, levels, level, entries, output.stage(), at);
    output.advance((int) size);
    return size;
  }

  private void writeChunk(
      MiniBlockCodec codec,
      long first,
      int values,
      Levels levels,
      long level,
      int entries,
      MemorySegment target,
      long start) {
    boolean hasLevels = levels.hasRep() || levels.hasDef();
    int buffers = codec.bufferCount();
    long at = putShort(target, start, hasLevels ? entries : 0);
    if (levels.hasRep()) {
      at = putShort(target, at, (int) levels.repBytes(entries));
    }
    if (levels.hasDef()) {
      at = putShort(target, at, (int) levels.defBytes(entries));
    }
    for (int i = 0; i < buffers; i++) {
      long bytes = codec.bufferBytes(i, first, values);
      target.set(LittleEndian.INT, at, (int) bytes);
      at += large ? 4 : 2;
    }
    at = pad(target, start, at);
    if (levels.hasRep()) {
      at = pad(target, start, at + levels.packRep(level, entries, target, at));
    }
    if (levels.hasDef()) {
      at = pad(target, start, at + levels.packDef(level, entries, target, at));
    }
    for (int i = 0; i < buffers; i++) {
      codec.encode(i, first, values, target, at);
      at = pad(target, start, at + codec.bufferBytes(i, first, values));
    }
  }

  private static long putShort(MemorySegment target, long at, int value) {
    target.set(LittleEndian.SHORT, at, (short) value);
    return at + 2;
  }

  private static long padded(long bytes) {
    return (bytes + UNIT - 1) & -UNIT;
  }

  private static long pad(MemorySegment target, long start, long at) {
    int padding = (int) (start - at) & (UNIT - 1);
    if (padding > 0) {
      target.asSlice(at, padding).fill(PADDING);
    }
    return at + padding;
  }

  private PageLayout layout(MiniBlockCodec codec, DictionaryBlock dictionary, Levels levels) {
    MiniBlockLayout.Builder layout =
        MiniBlockLayout.newBuilder()
            .setValueCompression(codec.encoding())
            .addAllLayers(levels.layers())
            .setNumBuffers(codec.bufferCount())
            .setNumItems(levels.values())
            .setHasLargeChunk(large);
    if (levels.hasRep()) {
      layout.setRepCompression(levels.repEncoding()).setRepetitionIndexDepth(1);
    }
    if (levels.hasDef()) {
      layout.setDefCompression(levels.defEncoding());
    }
    if (dictionary != null) {
      layout.setDictionary(dictionary.encoding()).setNumDictionaryItems(dictionary.values());
    }
    return PageLayout.newBuilder().setMiniBlockLayout(layout).build();
  }
}
