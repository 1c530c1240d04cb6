package dev.lancewright.internal.levels;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.util.Arrays;

/**
 * Repetition and definition levels of some rows, a byte each, definition levels with the numbers of
 * {@link LeafPath}.
 */
public final class LevelBuffer {
  /** Bytes past the last level that may be written. */
  static final int SLACK_BYTES = 8;

  private final AppendBuffer rep;
  private final AppendBuffer def;
  private final boolean hasRep;
  private final boolean[] used = new boolean[LeafPath.MAX_CODE + 1];

  public LevelBuffer(LeafPath path, PagePool pool) {
    this.rep = new AppendBuffer(pool);
    this.def = new AppendBuffer(pool);
    this.hasRep = path.lists() > 0;
  }

  /** Levels held. */
  public long size() {
    return def.size();
  }

  /** Bytes of the levels held. */
  public long bytes() {
    return rep.size() + def.size();
  }

  /** Repetition levels, to be read and written up to what is reserved; none without lists. */
  public AppendBuffer rep() {
    return rep;
  }

  /** Definition levels, to be read and written up to what is reserved. */
  public AppendBuffer def() {
    return def;
  }

  /** By definition level: whether it occurs. */
  boolean[] used() {
    return used;
  }

  /**
   * Makes room for {@code count} levels: definition levels of 0, repetition levels of {@code fill}.
   *
   * @return where the first one goes
   */
  public long reserve(long count, int fill) {
    long at = def.reserve(count + SLACK_BYTES);
    def.block().asSlice(at, count + SLACK_BYTES).fill((byte) 0);
    if (hasRep) {
      rep.reserve(count + SLACK_BYTES);
      rep.block().asSlice(at, count).fill((byte) fill);
    }
    return at;
  }

  /** Counts {@code count} reserved levels as held. */
  public void advance(long count) {
    def.advance(count);
    if (hasRep) {
      rep.advance(count);
    }
  }

  /** Forgets all levels and gives the memory back. */
  public void release() {
    rep.release();
    def.release();
    Arrays.fill(used, false);
  }

  /** Forgets all levels and keeps the memory. */
  public void clear() {
    rep.clear();
    def.clear();
    Arrays.fill(used, false);
  }
}
