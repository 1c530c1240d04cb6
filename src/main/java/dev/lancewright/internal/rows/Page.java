package dev.lancewright.internal.rows;

import dev.lancewright.column.Column;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.Levels;

/**
 * The rows of one page of one leaf, complete and ready to be encoded: by whom, where and when is
 * not for the buffer to know that gave it out.
 *
 * <p>A page owns the memory of its rows until it is closed, which gives the memory back to its
 * buffer; {@linkplain #isBorrowed borrowed} values belong to a batch instead. Encoding only reads a
 * page, so any thread may do it; closing is for the thread that uses the buffer.
 */
public final class Page implements AutoCloseable {
  private final ColumnBuffer owner;
  private final WaitingRows memory;
  private final long firstRow;
  private final Column values;
  private final Levels levels;
  private final boolean borrowed;

  Page(ColumnBuffer owner, WaitingRows memory, long firstRow, Column values, boolean borrowed) {
    this.owner = owner;
    this.memory = memory;
    this.firstRow = firstRow;
    this.values = values;
    this.levels = memory.levels(values.length());
    this.borrowed = borrowed;
  }

  /** The leaf whose rows these are. */
  public LeafPath path() {
    return memory.path();
  }

  /** The number in the file of the first row. */
  public long firstRow() {
    return firstRow;
  }

  /** How many rows of the file the page has. */
  public long rows() {
    return memory.rows();
  }

  /** The values of all entries that have a slot; zeros or nothing beneath nulls. */
  public Column values() {
    return values;
  }

  /** The levels; null for a column that is not nested, whose levels are its validity. */
  public Levels levels() {
    return levels;
  }

  /** Bytes of values and levels that the page keeps in memory; borrowed values are not counted. */
  public long bytes() {
    return memory.bytes();
  }

  /** Whether the values are a batch's, to be encoded before the call returns that wrote it. */
  public boolean isBorrowed() {
    return borrowed;
  }

  /** Gives the memory back to the buffer. Called once, when nobody reads the page any more. */
  @Override
  public void close() {
    owner.takeBack(memory);
  }
}
