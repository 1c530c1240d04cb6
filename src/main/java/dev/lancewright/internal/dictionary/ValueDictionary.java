package dev.lancewright.internal.dictionary;

import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.Hashes;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/**
 * Builds the dictionary of a page: the distinct values in order of first occurrence, and a 32-bit
 * index for each row. Values are distinguished by their bytes. A null has the index of the previous
 * row, so that nulls neither add a value nor end a run.
 */
public final class ValueDictionary {
  /** The number of rows sampled between checks of the number of distinct values. */
  private static final int SAMPLE_BLOCK = 128;

  private final AppendBuffer indices;
  private final AppendBuffer offsets;
  private final AppendBuffer data;
  private final EntryTable table = new EntryTable();
  private final StringDictionary strings;

  /** Created for the first column: not all writers have one with a dictionary. */
  private RowBlock block;

  /** Creates a builder that allocates its memory from {@code pool}. */
  public ValueDictionary(PagePool pool) {
    this.indices = new AppendBuffer(pool);
    this.offsets = new AppendBuffer(pool);
    this.data = new AppendBuffer(pool);
    this.strings = new StringDictionary(table, offsets, data);
  }

  /**
   * Builds the dictionary of a column.
   *
   * @param values the values, of 64 or 128 bits or of variable width
   * @param maxValues the maximum number of distinct values; with more the method gives up
   * @param maxBytes the maximum size of the distinct values in bytes, including offsets; with more
   *     the method gives up
   * @return the column with its dictionary, valid until the next call or {@link #release}, or null
   *     if the method gave up or all values are null
   */
  public DictionaryColumn build(Column values, long maxValues, long maxBytes) {
    clear();
    indices.reserve(values.length() * Integer.BYTES);
    boolean built =
        switch (values) {
          case FixedWidthColumn fixed ->
              buildFixed(fixed, Math.min(maxValues, maxBytes / fixed.type().byteWidth()));
          case VariableWidthColumn variable ->
              strings.build(variable, maxValues, maxBytes, block, indices);
          default -> throw new AssertionError(values.type());
        };
    // Readers divide by the number of values.
    if (!built || table.size == 0) {
      return null;
    }
    return new DictionaryColumn(
        DataType.dictionary(DataType.int32(), values.type()),
        values.length(),
        values.validity(),
        indices.bytes(),
        items(values));
  }

  /**
   * Returns whether at least {@code min} of {@code count} rows, taking every {@code step}th, are
   * distinct. Nulls count as the values beneath them.
   */
  public boolean hasDistinct(Column values, long step, int count, int min) {
    clear();
    if (hasDistinctWords(values, step, count, min)) {
      return true;
    }
    return values instanceof VariableWidthColumn variable
        && hasDistinctStrings(variable, step, count, min);
  }

  /** Releases the memory of the page. */
  public void release() {
    indices.release();
    offsets.release();
    data.release();
    table.release();
  }

  private void clear() {
    indices.clear();
    offsets.clear();
    data.clear();
    if (block == null) {
      block = new RowBlock();
    }
    block.clear();
  }

  private Column items(Column values) {
    return switch (values) {
      case FixedWidthColumn fixed ->
          new FixedWidthColumn(fixed.type(), table.size, null, data.bytes());
      case VariableWidthColumn variable ->
          new VariableWidthColumn(variable.type(), table.size, null, offsets.bytes(), data.bytes());
      default -> throw new AssertionError(values.type());
    };
  }

  private boolean buildFixed(FixedWidthColumn column, long max) {
    int longs = longs(column);
    table.clear(longs);
    for (long row = 0; row < column.length(); row += RowBlock.ROWS) {
      int count = (int) Math.min(RowBlock.ROWS, column.length() - row);
      block.readLongs(column.values(), row, count, longs);
      block.readNulls(column.validity(), row, count);
      int before = table.size;
      if (!find(longs, count, max)) {
        return false;
      }
      block.appendIndices(count, indices);
      block.appendWords((table.size - before) * longs, data);
    }
    return true;
  }

  private static int longs(FixedWidthColumn column) {
    return column.type().byteWidth() / Long.BYTES;
  }

  private boolean find(int longs, int count, long max) {
    return longs == 1 ? table.findLongs(block, count, max) : table.findPairs(block, count, max);
  }

  /** Does the same as {@link #hasDistinct}, but treats strings with equal sketches as equal. */
  private boolean hasDistinctWords(Column values, long step, int count, int min) {
    int longs = values instanceof FixedWidthColumn fixed ? longs(fixed) : 1;
    table.clear(longs);
    for (int done = 0; done < count; ) {
      int next = Math.min(SAMPLE_BLOCK, count - done);
      switch (values) {
        case FixedWidthColumn fixed -> sample(fixed, longs, done, step, next);
        case VariableWidthColumn variable -> sketch(variable, done, step, next);
        default -> throw new AssertionError(values.type());
      }
      find(longs, next, count);
      done += next;
      if (done - table.size > count - min) {
        return false;
      }
    }
    return true;
  }

  private void sample(FixedWidthColumn column, int longs, int done, long step, int count) {
    MemorySegment values = column.values();
    long stride = step * longs * Long.BYTES;
    for (int i = 0; i < count; i++) {
      long at = (done + i) * stride;
      block.words[i * longs] = values.get(LittleEndian.LONG, at);
      if (longs == 2) {
        block.words[2 * i + 1] = values.get(LittleEndian.LONG, at + Long.BYTES);
      }
    }
  }

  private void sketch(VariableWidthColumn column, int done, long step, int count) {
    for (int i = 0; i < count; i++) {
      long row = (done + i) * step;
      long start = column.offset(row);
      block.words[i] = Hashes.sketch(column.data(), start, column.offset(row + 1) - start);
    }
  }

  private boolean hasDistinctStrings(VariableWidthColumn column, long step, int count, int min) {
    strings.start(column, count, Long.MAX_VALUE);
    for (int i = 0; i < count; i++) {
      strings.find(i * step);
      if (i + 1 - table.size > count - min) {
        return false;
      }
    }
    return true;
  }
}
