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
 * Encodes pages in the mini-block layout, which {@link MiniBlockFormat} draws.
 *
 * <p>The chunk words go behind the chunks: they are known last, and readers find buffers by
 * position, not by order. Behind them come the dictionary and, if there are lists, the repetition
 * index.
 */
final class MiniBlockEncoder {
  private static final int SLACK_BYTES = Math.max(Bits.SLACK_BYTES, MiniBlockCodec.SLACK_BYTES);

  private final boolean large;
  private final boolean levelRuns;

  /** Values and levels of each chunk, as pairs of longs. */
  private final AppendBuffer plan;

  private final AppendBuffer words;
  private final AppendBuffer index;

  /** A chunk that is too large for the output's stage. */
  private final AppendBuffer largeChunk;

  MiniBlockEncoder(FormatVersion version, PagePool pool) {
    this.large = version.hasLargeChunks();
    this.levelRuns = version.hasLevelRuns();
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
  private record Content(
      MiniBlockFormat format, MiniBlockCodec codec, Levels levels, LevelArray rep, LevelArray def) {
    static Content of(
        MiniBlockCodec codec, Levels levels, LevelArray rep, LevelArray def, boolean large) {
      MiniBlockFormat format =
          new MiniBlockFormat(large, rep != null, def != null, codec.bufferCount());
      return new Content(format, codec, levels, rep, def);
    }

    Content with(MiniBlockCodec other) {
      return of(other, levels, rep, def, format.large());
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
        Content.of(planned.codec(), levels, encoded(levels.rep()), encoded(levels.def()), large);
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
    StagedOutput output = target.begin(MiniBlockFormat.CHUNKS);
    long first = 0;
    long level = 0;
    for (long at = 0; at < plan.size(); at += 16) {
      int values = (int) plan.block().get(LittleEndian.LONG, at);
      int entries = (int) plan.block().get(LittleEndian.LONG, at + 8);
      long bytes = writeChunk(content, first, values, level, entries, output);
      first += values;
      level += entries;
      appendWord(
          content.format,
          bytes,
          first == levels.values() ? 0 : Integer.numberOfTrailingZeros(values));
      if (levels.hasRep()) {
        appendIndex(levels, level - entries, level);
      }
    }
    target.end(MiniBlockFormat.CHUNKS);
    put(words, MiniBlockFormat.WORDS, target);
    if (dictionary != null) {
      dictionary.write(target.begin(MiniBlockFormat.DICTIONARY));
      target.end(MiniBlockFormat.DICTIONARY);
    }
    if (levels.hasRep()) {
      put(index, MiniBlockFormat.indexBuffer(dictionary != null), target);
    }
    largeChunk.release();
    return target.endPage(page, layout(content, dictionary));
  }

  private LevelArray encoded(LevelArray levels) {
    if (levels == null) {
      return null;
    }
    return levelRuns ? levels.packedOrRuns() : levels.packed();
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
    return (!content.format.hasLevels() || entries <= MiniBlockFormat.MAX_LEVELS)
        && bytes(content.rep, level, entries) <= MiniBlockFormat.MAX_LEVELS
        && bytes(content.def, level, entries) <= MiniBlockFormat.MAX_LEVELS
        && chunkBytes(content, first, values, level, entries) <= content.format.maxChunkBytes();
  }

  private static long bytes(LevelArray levels, long from, long entries) {
    return levels == null ? 0 : levels.bytes(from, entries);
  }

  private long chunkBytes(Content content, long first, int values, long level, long entries) {
    MiniBlockCodec codec = content.codec;
    long size = MiniBlockFormat.padded(content.format.headerBytes());
    size += MiniBlockFormat.padded(bytes(content.rep, level, entries));
    size += MiniBlockFormat.padded(bytes(content.def, level, entries));
    for (int i = 0; i < codec.bufferCount(); i++) {
      size += MiniBlockFormat.padded(codec.bufferBytes(i, first, values));
    }
    return size;
  }

  private void appendWord(MiniBlockFormat format, long chunkBytes, int logValues) {
    long at = words.reserve(Integer.BYTES);
    MiniBlockFormat.putWord(words.block(), at, chunkBytes, logValues);
    words.advance(format.wordBytes());
  }

  /** Rows that end in a chunk, and entries behind them of a row that goes on in the next chunk. */
  private void appendIndex(Levels levels, long from, long to) {
    boolean last = to == levels.count();
    boolean complete = last || levels.startsRow(to);
    long ends = levels.rowStarts(from + 1, to) + (complete ? 1 : 0);
    long at = index.reserve(MiniBlockFormat.INDEX_ENTRY_BYTES);
    index.block().set(LittleEndian.LONG, at, ends);
    index.block().set(LittleEndian.LONG, at + 8, complete ? 0 : levels.lastRowEntries(from, to));
    index.advance(MiniBlockFormat.INDEX_ENTRY_BYTES);
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
    MiniBlockFormat format = content.format;
    MiniBlockFormat.putLevels(target, start, format.hasLevels() ? entries : 0);
    format.putRepBytes(target, start, bytes(content.rep, level, entries));
    format.putDefBytes(target, start, bytes(content.def, level, entries));
    for (int i = 0; i < buffers; i++) {
      format.putValueBytes(target, start, i, codec.bufferBytes(i, first, values));
    }
    long at = MiniBlockFormat.pad(target, start, start + format.headerBytes());
    if (content.rep != null) {
      at = MiniBlockFormat.pad(target, start, at + content.rep.write(level, entries, target, at));
    }
    if (content.def != null) {
      at = MiniBlockFormat.pad(target, start, at + content.def.write(level, entries, target, at));
    }
    for (int i = 0; i < buffers; i++) {
      codec.encode(i, first, values, target, at);
      at = MiniBlockFormat.pad(target, start, at + codec.bufferBytes(i, first, values));
    }
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
