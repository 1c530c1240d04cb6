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
  /** Pages are filled whose first part of this share is. */
  private static final int FORESEEABLE = 8;

  private final LeafPath path;
  private final LeafBuffer leaf;

  /** Null for a column that is not nested, whose levels are its validity. */
  private final LevelBuffer levels;

  private long rows;

  /** Whether there is room for a whole page, as far as that could be foreseen. */
  private boolean roomy;

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

  /**
   * Makes room for all rows of a page, once those that wait show that it will be filled. So memory
   * follows the data while there is little of it, and is not outgrown step by step afterwards.
   *
   * @param from where the next values to append are in {@code column}
   * @param count the number of values to append, at least one
   */
  void reserve(Column column, long from, long count, long pageBytes) {
    if (roomy) {
      return;
    }
    long held = leaf.bytes();
    if (held == 0 || held < pageBytes / FORESEEABLE) {
      return;
    }
    long left = pageBytes - held;
    long valuesLeft = Math.ceilDiv(LeafBuffer.product(left, leaf.rows()), held);
    leaf.reserve(column, from, count, valuesLeft, left);
    roomy = true;
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

  /** Forgets all rows and gives the memory back. */
  void release() {
    leaf.release();
    if (levels != null) {
      levels.release();
    }
    rows = 0;
    roomy = false;
  }

  /** Forgets all rows and keeps the memory for the next ones. */
  void clear() {
    leaf.clear();
    if (levels != null) {
      levels.clear();
    }
    rows = 0;
  }
}
