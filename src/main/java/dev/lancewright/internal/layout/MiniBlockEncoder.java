package dev.lancewright.internal.layout;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.DictionaryBlock;
import dev.lancewright.internal.codec.GeneralCodec;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.levels.LevelArray;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.plan.Planner.MiniBlockPlan;
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

  private static final int SLACK_BYTES = Math.max(Bits.SLACK_BYTES, MiniBlockCodec.SLACK_BYTES);

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
   * What a page is cut from.
   *
   * @param rep null if there are no repetition levels
   * @param def null if there are no definition levels
   */
  private record Content(MiniBlockCodec codec, Levels levels, LevelArray rep, LevelArray def) {
    Content with(MiniBlockCodec other) {
      return new Content(other, levels, rep, def);
    }

    boolean hasLevels() {
      return rep != null || def != null;
    }
  }

  /**
   * Puts out a page.
   *
   * @return null, with nothing put out, if values and levels do not fit into chunks
   */
  EncodedPage encode(MiniBlockPlan planned, PageContent page, PageOutput target)
      throws IOException {
    Levels levels = page.levels();
    DictionaryBlock dictionary = planned.dictionary();
    Content content =
        new Content(planned.codec(), levels, encoded(levels.rep()), encoded(levels.def()));
    boolean fits = plan(content);
    if (content.codec instanceof GeneralCodec general && !(fits && general.pays())) {
      content = content.with(general.instead());
      fits = plan(content);
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
      long bytes = writeChunk(content, first, values, level, entries, output);
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
    return target.endPage(page, layout(content, dictionary));
  }

  /** Runs of levels are not for readers of 2.1. */
  private LevelArray encoded(LevelArray levels) {
    if (levels == null) {
      return null;
    }
    return large ? levels.packedOrRuns() : levels.packed();
  }

  private static void put(AppendBuffer buffer, int index, PageOutput target) throws IOException {
    target.begin(index).put(buffer.block(), 0, buffer.size());
    target.end(index);
  }

  /**
   * Cuts values and levels into chunks. A chunk takes levels up to its last value, the last one all
   * that are left; where they are too many for a chunk, it takes fewer values.
   */
  private boolean plan(Content content) {
    Levels levels = content.levels;
    plan.clear();
    long first = 0;
    long level = 0;
    while (first < levels.values()) {
      int values = content.codec.chunkValues(first);
      long entries = entries(levels, first, values, level);
      while (!fits(content, first, values, level, entries)) {
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

  private boolean fits(Content content, long first, int values, long level, long entries) {
    return (!content.hasLevels() || entries <= MAX_LEVELS)
        && bytes(content.rep, level, entries) <= MAX_LEVELS
        && bytes(content.def, level, entries) <= MAX_LEVELS
        && chunkBytes(content, first, values, level, entries) <= maxChunkBytes;
  }

  private static long bytes(LevelArray levels, long from, long entries) {
    return levels == null ? 0 : levels.bytes(from, entries);
  }

  private long chunkBytes(Content content, long first, int values, long level, long entries) {
    MiniBlockCodec codec = content.codec;
    long size = padded(headerBytes(content));
    size += padded(bytes(content.rep, level, entries));
    size += padded(bytes(content.def, level, entries));
    for (int i = 0; i < codec.bufferCount(); i++) {
      size += padded(codec.bufferBytes(i, first, values));
    }
    return size;
  }

  private int headerBytes(Content content) {
    return 2
        + (content.rep == null ? 0 : 2)
        + (content.def == null ? 0 : 2)
        + (large ? 4 : 2) * content.codec.bufferCount();
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
      Content content, long first, int values, long level, int entries, StagedOutput output)
      throws IOException {
    long size = chunkBytes(content, first, values, level, entries);
    if (size + SLACK_BYTES > StagedOutput.MAX_RESERVE_BYTES) {
      largeChunk.clear();
      largeChunk.reserve(size + SLACK_BYTES);
      writeChunk(content, first, values, level, entries, largeChunk.block(), 0);
      output.put(largeChunk.block(), 0, size);
      return size;
    }
    long at = output.reserve((int) size + SLACK_BYTES);
    writeChunk(content, first, values, level, entries, output.stage(), at);
    output.advance((int) size);
    return size;
  }

  private void writeChunk(
      Content content,
      long first,
      int values,
      long level,
      int entries,
      MemorySegment target,
      long start) {
    MiniBlockCodec codec = content.codec;
    int buffers = codec.bufferCount();
    long at = putShort(target, start, content.hasLevels() ? entries : 0);
    if (content.rep != null) {
      at = putShort(target, at, (int) content.rep.bytes(level, entries));
    }
    if (content.def != null) {
      at = putShort(target, at, (int) content.def.bytes(level, entries));
    }
    for (int i = 0; i < buffers; i++) {
      long bytes = codec.bufferBytes(i, first, values);
      target.set(LittleEndian.INT, at, (int) bytes);
      at += large ? 4 : 2;
    }
    at = pad(target, start, at);
    if (content.rep != null) {
      at = pad(target, start, at + content.rep.write(level, entries, target, at));
    }
    if (content.def != null) {
      at = pad(target, start, at + content.def.write(level, entries, target, at));
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

  private PageLayout layout(Content content, DictionaryBlock dictionary) {
    MiniBlockLayout.Builder layout =
        MiniBlockLayout.newBuilder()
            .setValueCompression(content.codec.encoding())
            .addAllLayers(content.levels.layers())
            .setNumBuffers(content.codec.bufferCount())
            .setNumItems(content.levels.values())
            .setHasLargeChunk(large);
    if (content.rep != null) {
      layout.setRepCompression(content.rep.encoding()).setRepetitionIndexDepth(1);
    }
    if (content.def != null) {
      layout.setDefCompression(content.def.encoding());
    }
    if (dictionary != null) {
      layout.setDictionary(dictionary.encoding()).setNumDictionaryItems(dictionary.values());
    }
    return PageLayout.newBuilder().setMiniBlockLayout(layout).build();
  }
}
