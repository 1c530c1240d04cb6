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
 * Counts the values of a dictionary column over all batches, while its indices have no more than 16
 * bits. A reader that reads several pages at once joins their dictionaries, and fails if the
 * column's indices cannot tell all values apart.
 */
final class DictionaryLimit {
  private static final int MOST_INDEX_BITS = 16;

  private final int most;
  private final Set<ByteBuffer> values = new HashSet<>();
  private final Set<ByteBuffer> added = new HashSet<>();

  private DictionaryLimit(int most) {
    this.most = most;
  }

  /** The limit of a type; null if it has so many indices that nobody reaches it. */
  static DictionaryLimit of(DataType.Dictionary type) {
    DataType.Int index = (DataType.Int) type.index();
    return index.bitWidth() > MOST_INDEX_BITS
        ? null
        : new DictionaryLimit(1 << (index.bitWidth() - (index.signed() ? 1 : 0)));
  }

  /** Values that the indices can tell apart. */
  int most() {
    return most;
  }

  /** Adds a value of the batch that is checked; false if it is one too many. */
  boolean add(Column dictionary, long index) {
    MemorySegment bytes = DictionaryBuffer.valueBytes(dictionary, index);
    ByteBuffer value = ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE));
    return values.contains(value) || !added.add(value) || values.size() + added.size() <= most;
  }

  /** Counts the values of the batch that was checked. */
  void accept() {
    values.addAll(added);
    added.clear();
  }

  /** Drops the values of a batch that is checked anew or was refused. */
  void reset() {
    added.clear();
  }
}
