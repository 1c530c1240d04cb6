package dev.lancewright.internal.levels;

import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import java.util.Arrays;

/**
 * A buffer of repetition and definition levels, a byte each, with definition levels numbered by
 * {@link LeafPath}.
 */
public final class LevelBuffer {
  /** The number of bytes after the last level that may be overwritten. */
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

  /** Returns the number of levels held. */
  public long size() {
    return def.size();
  }

  /** Returns the size of the levels held in bytes. */
  public long bytes() {
    return rep.size() + def.size();
  }

  /**
   * Returns the repetition levels, which may be read and written up to the reserved end; empty
   * without lists.
   */
  public AppendBuffer rep() {
    return rep;
  }

  /** Returns the definition levels, which may be read and written up to the reserved end. */
  public AppendBuffer def() {
    return def;
  }

  /** Returns for each definition level whether it occurs. */
  boolean[] used() {
    return used;
  }

  /**
   * Reserves {@code count} levels, initialized to definition level 0 and repetition level {@code
   * fill}.
   *
   * @return the position of the first one
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

  /** Adds {@code count} reserved levels to those held. */
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
