package dev.lancewright.internal.check;

import dev.lancewright.column.Column;
import dev.lancewright.internal.values.DictionaryBuffer;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * Counts the distinct values of a dictionary column over all batches, if its indices have at most
 * 16 bits. A reader of several pages at once joins their dictionaries, and fails if the column's
 * index type is too narrow for all values.
 */
final class DictionaryLimit {
  private static final int MOST_INDEX_BITS = 16;

  private final int most;
  private final Set<ByteBuffer> values = new HashSet<>();
  private final Set<ByteBuffer> added = new HashSet<>();

  private DictionaryLimit(int most) {
    this.most = most;
  }

  /**
   * Returns the limit for a type, or null if its index type is too wide for the limit to matter.
   */
  static DictionaryLimit of(DataType.Dictionary type) {
    DataType.Int index = (DataType.Int) type.index();
    return index.bitWidth() > MOST_INDEX_BITS
        ? null
        : new DictionaryLimit(1 << (index.bitWidth() - (index.signed() ? 1 : 0)));
  }

  /** Returns the maximum number of values that the index type can address. */
  int most() {
    return most;
  }

  /** Adds a value of the batch being checked; returns false if that exceeds the limit. */
  boolean add(Column dictionary, long index) {
    MemorySegment bytes = DictionaryBuffer.valueBytes(dictionary, index);
    ByteBuffer value = ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE));
    return values.contains(value) || !added.add(value) || values.size() + added.size() <= most;
  }

  /** Counts the values of the batch that was checked as part of the file. */
  void accept() {
    values.addAll(added);
    added.clear();
  }

  /** Drops the values of a batch that is checked again or was rejected. */
  void reset() {
    added.clear();
  }
}
