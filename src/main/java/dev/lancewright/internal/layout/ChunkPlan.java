package dev.lancewright.internal.layout;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.Chunk;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.levels.LevelArray;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;

/**
 * The chunks of a page, all planned before the first is written: only then is it known that values
 * and levels fit into chunks at all, and whether compression pays. What a codec says about a chunk
 * is kept off-heap, so that it is asked once.
 *
 * <p>After {@link #plan} it stands before the first chunk; {@link #next} turns to the next one.
 */
final class ChunkPlan {
  /** What is kept of a chunk before the bytes of its value buffers. */
  private static final int FIELDS = 5;

  private final AppendBuffer kept;
  private final Chunk chunk = new Chunk();
  private Content content;

  private long row;
  private long level;
  private int entries;
  private long repBytes;
  private long defBytes;

  ChunkPlan(PagePool pool) {
    this.kept = new AppendBuffer(pool);
  }

  /**
   * What a page is cut from.
   *
   * @param rep null if there are no repetition levels
   * @param def null if there are no definition levels
   */
  record Content(
      MiniBlockFormat format, MiniBlockCodec codec, Levels levels, LevelArray rep, LevelArray def) {
    static Content of(
        boolean large, MiniBlockCodec codec, Levels levels, LevelArray rep, LevelArray def) {
      MiniBlockFormat format =
          new MiniBlockFormat(large, rep != null, def != null, codec.bufferCount());
      return new Content(format, codec, levels, rep, def);
    }

    Content with(MiniBlockCodec other) {
      return of(format.large(), other, levels, rep, def);
    }
  }

  /**
   * Cuts values and levels into chunks. A chunk takes levels up to its last value, the last one all
   * that are left; where they are too many for a chunk, it takes fewer values.
   *
   * @return whether values and levels fit into chunks
   */
  boolean plan(Content page) {
    content = page;
    kept.clear();
    long first = 0;
    level = 0;
    while (first < page.levels.values()) {
      page.codec.plan(first, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
      if (!fit()) {
        return false;
      }
      keep();
      first += chunk.values();
      level += entries;
    }
    row = 0;
    level = 0;
    entries = 0;
    return true;
  }

  /** Shrinks the chunk until levels and values fit; false if even two values do not. */
  private boolean fit() {
    while (true) {
      boolean levelsFit = addLevels();
      if (levelsFit && size() <= content.format.maxChunkBytes()) {
        return true;
      }
      int fewer = Integer.highestOneBit(chunk.values() - 1);
      if (fewer < 2) {
        return false;
      }
      content.codec.shrink(chunk, fewer, levelsFit);
    }
  }

  /** Adds the levels of the chunk's values, and says whether a chunk can count them. */
  private boolean addLevels() {
    Levels levels = content.levels;
    boolean last = chunk.first() + chunk.values() == levels.values();
    long count = last ? levels.count() - level : levels.entriesOf(chunk.values(), level);
    if (content.format.hasLevels() && count > MiniBlockFormat.MAX_LEVELS) {
      return false;
    }
    entries = (int) count;
    repBytes = content.rep == null ? 0 : content.rep.bytes(level, entries);
    defBytes = content.def == null ? 0 : content.def.bytes(level, entries);
    return Math.max(repBytes, defBytes) <= MiniBlockFormat.MAX_LEVELS;
  }

  private void keep() {
    long bytes = rowBytes();
    long at = kept.reserve(bytes);
    set(at, 0, chunk.values());
    set(at, 1, entries);
    set(at, 2, repBytes);
    set(at, 3, defBytes);
    set(at, 4, chunk.prepared());
    for (int i = 0; i < chunk.buffers(); i++) {
      set(at, FIELDS + i, chunk.bytes(i));
    }
    kept.advance(bytes);
  }

  /** Turns to the next chunk; false if there is none. */
  boolean next() {
    if (row == kept.size()) {
      return false;
    }
    long first = row == 0 ? 0 : chunk.first() + chunk.values();
    level += entries;
    chunk.begin(first, (int) get(0), content.format.valueBuffers());
    entries = (int) get(1);
    repBytes = get(2);
    defBytes = get(3);
    chunk.setPrepared(get(4));
    for (int i = 0; i < chunk.buffers(); i++) {
      chunk.setBytes(i, get(FIELDS + i));
    }
    row += rowBytes();
    return true;
  }

  private long rowBytes() {
    return (long) (FIELDS + content.format.valueBuffers()) * Long.BYTES;
  }

  private void set(long at, int field, long value) {
    kept.block().set(LittleEndian.LONG, at + (long) field * Long.BYTES, value);
  }

  private long get(int field) {
    return kept.block().get(LittleEndian.LONG, row + (long) field * Long.BYTES);
  }

  /** The values of the chunk. */
  Chunk chunk() {
    return chunk;
  }

  /** Whether no chunk comes after this one. */
  boolean isLast() {
    return row == kept.size();
  }

  /** The page's level that the chunk starts with. */
  long level() {
    return level;
  }

  /** The number of levels, the same of either kind. */
  int entries() {
    return entries;
  }

  /** The bytes of the chunk's repetition levels. */
  long repBytes() {
    return repBytes;
  }

  /** The bytes of the chunk's definition levels. */
  long defBytes() {
    return defBytes;
  }

  /** The bytes of the chunk, header and padding included. */
  long size() {
    long size = MiniBlockFormat.padded(content.format.headerBytes());
    size += MiniBlockFormat.padded(repBytes);
    size += MiniBlockFormat.padded(defBytes);
    for (int i = 0; i < chunk.buffers(); i++) {
      size += MiniBlockFormat.padded(chunk.bytes(i));
    }
    return size;
  }
}
