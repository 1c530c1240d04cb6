package dev.lancewright.internal.layout;

import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.Chunk;
import dev.lancewright.internal.codec.DictionaryBlock;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.GeneralCodec;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.layout.ChunkPlan.Content;
import dev.lancewright.internal.levels.LevelArray;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.plan.Planner.MiniBlockPlan;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.internal.wire.WireMessage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Encodes pages in the mini-block layout, which {@link MiniBlockFormat} draws.
 *
 * <p>The chunk words come after the chunks: they are known last, and readers find buffers by
 * position, not by order. After them come the dictionary and, if there are lists, the repetition
 * index.
 */
final class MiniBlockEncoder {
  private static final int SLACK_BYTES = Math.max(Bits.SLACK_BYTES, MiniBlockCodec.SLACK_BYTES);

  private final boolean large;
  private final boolean levelRuns;

  private final ChunkPlan plan;
  private final AppendBuffer words;
  private final AppendBuffer index;

  /** A block of levels that is worked on. */
  private final ValueBlock block = new ValueBlock();

  /** A chunk that is too large for the output's stage. */
  private final AppendBuffer largeChunk;

  MiniBlockEncoder(FormatVersion version, PagePool pool) {
    this.large = version.hasLargeChunks();
    this.levelRuns = version.hasLevelRuns();
    this.plan = new ChunkPlan(pool);
    this.words = new AppendBuffer(pool);
    this.index = new AppendBuffer(pool);
    this.largeChunk = new AppendBuffer(pool);
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
        Content.of(large, planned.codec(), levels, encoded(levels.rep()), encoded(levels.def()));
    boolean fits = plan.plan(content);
    if (content.codec() instanceof GeneralCodec general && !(fits && general.pays())) {
      content = content.with(general.fallback());
      fits = plan.plan(content);
    }
    if (!fits) {
      return null;
    }
    writeChunks(content, target.begin(MiniBlockFormat.CHUNKS));
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
    return levelRuns ? levels.packedOrRuns(block) : levels.packed(block);
  }

  private static void put(AppendBuffer buffer, int index, PageOutput target) throws IOException {
    target.begin(index).put(buffer.block(), 0, buffer.size());
    target.end(index);
  }

  private void writeChunks(Content content, StagedOutput output) throws IOException {
    words.clear();
    index.clear();
    while (plan.next()) {
      writeChunk(content, output);
      appendWord(content.format());
      if (content.levels().hasRep()) {
        appendIndex(content.levels(), plan.level(), plan.level() + plan.entries());
      }
    }
  }

  private void appendWord(MiniBlockFormat format) {
    int logValues = plan.isLast() ? 0 : Integer.numberOfTrailingZeros(plan.chunk().values());
    long at = words.reserve(Integer.BYTES);
    MiniBlockFormat.putWord(words.block(), at, plan.size(), logValues);
    words.advance(format.wordBytes());
  }

  /** Rows that end in a chunk, and entries after them of a row that goes on in the next chunk. */
  private void appendIndex(Levels levels, long from, long to) {
    boolean last = to == levels.count();
    boolean complete = last || levels.startsRow(to);
    long ends = levels.rowStarts(from + 1, to) + (complete ? 1 : 0);
    long at = index.reserve(MiniBlockFormat.INDEX_ENTRY_BYTES);
    index.block().set(LittleEndian.LONG, at, ends);
    index.block().set(LittleEndian.LONG, at + 8, complete ? 0 : levels.lastRowEntries(from, to));
    index.advance(MiniBlockFormat.INDEX_ENTRY_BYTES);
  }

  private void writeChunk(Content content, StagedOutput output) throws IOException {
    long size = plan.size();
    if (size + SLACK_BYTES > StagedOutput.MAX_RESERVE_BYTES) {
      largeChunk.clear();
      largeChunk.reserve(size + SLACK_BYTES);
      writeChunk(content, largeChunk.block(), 0);
      output.put(largeChunk.block(), 0, size);
      return;
    }
    long at = output.reserve((int) size + SLACK_BYTES);
    writeChunk(content, output.stage(), at);
    output.advance((int) size);
  }

  private void writeChunk(Content content, MemorySegment target, long start) {
    MiniBlockFormat format = content.format();
    Chunk chunk = plan.chunk();
    MiniBlockFormat.putLevels(target, start, format.hasLevels() ? plan.entries() : 0);
    format.putRepBytes(target, start, plan.repBytes());
    format.putDefBytes(target, start, plan.defBytes());
    for (int i = 0; i < chunk.buffers(); i++) {
      format.putValueBytes(target, start, i, chunk.bytes(i));
    }
    long at = MiniBlockFormat.pad(target, start, start + format.headerBytes());
    at = writeLevels(content.rep(), plan.repBytes(), target, start, at);
    at = writeLevels(content.def(), plan.defBytes(), target, start, at);
    chunk.arrange(at, MiniBlockFormat.UNIT);
    content.codec().encode(chunk, target);
    for (int i = 0; i < chunk.buffers(); i++) {
      MiniBlockFormat.pad(target, start, chunk.place(i) + chunk.bytes(i));
    }
  }

  /** Writes levels, if there are any, and returns where their padding ends. */
  private long writeLevels(
      LevelArray levels, long bytes, MemorySegment target, long start, long at) {
    if (levels == null) {
      return at;
    }
    levels.write(plan.level(), plan.entries(), bytes, target, at);
    return MiniBlockFormat.pad(target, start, at + bytes);
  }

  private EncodingMessage layout(Content content, DictionaryBlock dictionary) {
    EncodingMessage values = content.codec().encoding();
    String text = "mini-block: " + values.text();
    WireMessage layout = new WireMessage();
    if (content.rep() != null) {
      layout.message(
          MiniBlockLayout.REP_COMPRESSION_FIELD_NUMBER, content.rep().encoding().message());
    }
    if (content.def() != null) {
      layout.message(
          MiniBlockLayout.DEF_COMPRESSION_FIELD_NUMBER, content.def().encoding().message());
    }
    layout.message(MiniBlockLayout.VALUE_COMPRESSION_FIELD_NUMBER, values.message());
    if (dictionary != null) {
      layout
          .message(MiniBlockLayout.DICTIONARY_FIELD_NUMBER, dictionary.encoding().message())
          .number(MiniBlockLayout.NUM_DICTIONARY_ITEMS_FIELD_NUMBER, dictionary.values());
      text += ", dictionary " + dictionary.encoding().text();
    }
    layout
        .numbers(MiniBlockLayout.LAYERS_FIELD_NUMBER, content.levels().layerNumbers())
        .number(MiniBlockLayout.NUM_BUFFERS_FIELD_NUMBER, content.codec().bufferCount())
        .number(MiniBlockLayout.REPETITION_INDEX_DEPTH_FIELD_NUMBER, content.rep() == null ? 0 : 1)
        .number(MiniBlockLayout.NUM_ITEMS_FIELD_NUMBER, content.levels().values())
        .flag(MiniBlockLayout.HAS_LARGE_CHUNK_FIELD_NUMBER, large);
    return new EncodingMessage(
        new WireMessage().message(PageLayout.MINI_BLOCK_LAYOUT_FIELD_NUMBER, layout), text);
  }
}
