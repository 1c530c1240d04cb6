package dev.lancewright.internal.rows;

import dev.lancewright.column.Column;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.levels.LevelBuffer;
import dev.lancewright.internal.levels.LevelBuilder;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.values.LeafBuffer;

/** The memory of rows that wait for a page: the values of a leaf and, if it is nested, levels. */
final class WaitingRows {
  private final LeafPath path;
  private final LeafBuffer leaf;

  /** Null for a column that is not nested, whose levels are its validity. */
  private final LevelBuffer levels;

  private long rows;

  WaitingRows(LeafPath path, PagePool pool) {
    this.path = path;
    this.leaf = LeafBuffer.create(path.leaf().type(), pool);
    this.levels = path.isNested() ? new LevelBuffer(path, pool) : null;
  }

  LeafPath path() {
    return path;
  }

  LeafBuffer leaf() {
    return leaf;
  }

  long rows() {
    return rows;
  }

  /** Bytes of the values held, and of their levels. */
  long bytes() {
    return leaf.bytes() + (levels == null ? 0 : levels.bytes());
  }

  /** Appends the levels of rows, whose values are appended apart. */
  void appendLevels(LevelBuilder builder, LeafView view, long from, long count) {
    if (levels != null) {
      builder.append(view, from, count, levels);
    }
    rows += count;
  }

  /**
   * The levels of the rows held; null for a column that is not nested.
   *
   * @param values the number of values that the rows have
   */
  Levels levels(long values) {
    return levels == null ? null : Levels.of(path, levels, rows, values);
  }

  /** The values held; valid until the next change. */
  Column values() {
    return leaf.view();
  }

  void clear() {
    leaf.clear();
    if (levels != null) {
      levels.clear();
    }
    rows = 0;
  }
}
