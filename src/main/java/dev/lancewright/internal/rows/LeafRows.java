package dev.lancewright.internal.rows;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LevelBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.values.LeafBuffer;
import java.lang.foreign.MemorySegment;

/**
 * Rows of one column of the file as they come out of its pages: the values of the leaf, and the
 * levels that say where they belong. Filled by page decoders, read by {@link RowAssembler}, emptied
 * for the next batch.
 */
public final class LeafRows {
  /** How many times the bytes that rows take in the file may be taken ahead in memory. */
  private static final int MAX_AHEAD = 4;

  /** So few values say little about how long others are. */
  private static final int FEW = 16;

  private final LeafPath path;
  private final LeafBuffer values;
  private final LevelBuffer levels;
  private final LevelAssembler assembler;
  private final boolean mayBorrow;
  private final ExpandedBytes expanded;
  private long expectedRows;
  private long expectedBytes;
  private boolean hasDefinitions;

  /** Values that lie in the page's input; null if they were copied. */
  private Column borrowed;

  /**
   * Makes room for rows of the column of a path, in memory of {@code pool}.
   *
   * @param mayBorrow whether rows need to last no longer than what is read of the page
   * @param expanded the count of what {@link #expand} says; its owner clears it
   */
  public LeafRows(LeafPath path, PagePool pool, boolean mayBorrow, ExpandedBytes expanded) {
    this.path = path;
    this.mayBorrow = mayBorrow;
    this.expanded = expanded;
    this.values = LeafBuffer.create(path.leaf().type(), pool);
    this.levels = new LevelBuffer(path, pool);
    this.assembler = new LevelAssembler(path, pool);
  }

  public LeafPath path() {
    return path;
  }

  /**
   * Works out the structure of the rows held from their levels.
   *
   * @throws LanceFormatException if the levels contradict one another
   * @throws BatchTooLargeException if there are more items than offsets can count
   */
  void assemble() throws LanceFormatException, BatchTooLargeException {
    MemorySegment rep = path.lists() == 0 ? null : levels.rep().block();
    MemorySegment def = hasDefinitions ? levels.def().block() : null;
    assembler.assemble(rep, def, entries());
  }

  /** The structure that {@link #assemble} worked out; valid until rows are added or cleared. */
  LevelAssembler assembler() {
    return assembler;
  }

  /** Forgets all rows and keeps the memory. */
  public void clear() {
    values.clear();
    levels.clear();
    hasDefinitions = false;
    borrowed = null;
  }

  /**
   * Hints that about {@code rows} rows, {@code bytes} bytes in the file, follow; called when empty.
   */
  public void expect(long rows, long bytes) {
    expectedRows = rows;
    expectedBytes = bytes;
  }

  /** Whether {@link #borrow} may be called. */
  public boolean canBorrow() {
    return mayBorrow && values.rows() == 0 && borrowed == null;
  }

  /** Takes values as they are, without a copy, until {@link #clear} or {@link #settle}. */
  public void borrow(Column column) {
    borrowed = column;
  }

  /** Copies what is borrowed, before the page's input changes. */
  public void settle() {
    if (borrowed != null) {
      values.append(borrowed, 0, borrowed.length());
      borrowed = null;
    }
  }

  /** Entries held: those of the levels; without lists as many as values. */
  public long entries() {
    return levels.size();
  }

  /**
   * Appends values.
   *
   * @throws BatchTooLargeException if they do not go with those held
   */
  public void append(Column column, long from, long count) throws BatchTooLargeException {
    settle();
    if (count > 0) {
      if (!values.holds(column, from, count)) {
        throw new BatchTooLargeException();
      }
      if (values.rows() == 0 && path.lists() == 0) {
        long slots = expectedRows * path.slotsPerRow();
        long maxBytes = (count < FEW ? 1 : MAX_AHEAD) * expectedBytes;
        values.reserve(column, from, count, slots, maxBytes);
      }
      values.append(column, from, count);
    }
  }

  /** Appends placeholders for values that are null. */
  public void appendNulls(long count) throws BatchTooLargeException {
    settle();
    expand(values.fillerBytes(count));
    values.appendFiller(count);
  }

  /**
   * Counts bytes that are appended and are not in the file, or there once for many rows.
   *
   * @throws BatchTooLargeException if they are more than the batch may have of them
   */
  public void expand(long bytes) throws BatchTooLargeException {
    expanded.add(bytes);
  }

  /**
   * Appends levels.
   *
   * @param rep null without lists
   * @param def null if all are 0
   */
  public void appendLevels(MemorySegment rep, MemorySegment def, long from, long count) {
    long at = levels.reserve(count, 0);
    if (rep != null) {
      MemorySegment.copy(rep, from, levels.rep().block(), at, count);
    }
    if (def != null) {
      hasDefinitions = true;
      MemorySegment.copy(def, from, levels.def().block(), at, count);
    }
    levels.advance(count);
  }

  /** Appends the same levels {@code count} times. */
  public void appendLevels(int def, long count) {
    long at = levels.reserve(count, 0);
    if (def != 0) {
      hasDefinitions = true;
      levels.def().block().asSlice(at, count).fill((byte) def);
    }
    levels.advance(count);
  }

  /** The values of the leaf, with nulls; valid until the next change. */
  Column leaf() {
    Bitmap validity = assembler.leafValidity();
    Column column = borrowed == null ? values.view() : borrowed;
    return validity == null ? column : column.withValidity(validity);
  }

  /** Values held. */
  public long slots() {
    return borrowed == null ? values.rows() : borrowed.length();
  }
}
