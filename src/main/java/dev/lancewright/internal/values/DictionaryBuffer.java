package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
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
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Rows as indices into the page's own dictionary: each value once, in the order of its first row.
 * So a page does not depend on the dictionaries that its batches came with.
 */
public final class DictionaryBuffer extends LeafBuffer {
  private static final int NONE = -1;

  /** Dictionaries this many times larger than a batch are looked up by value only. */
  private static final int SPARSE = 4;

  private final DataType.Dictionary type;
  private final int indexWidth;
  private final long maxValues;
  private final AppendBuffer indices;
  private final LeafBuffer values;

  /** The values held, for comparison; null when they have changed since. */
  private Column held;

  /** Open addressing by hash: an index, or {@link #NONE}. */
  private int[] table = new int[16];

  private long[] hashes = new long[8];

  /** By index into a batch's dictionary: index into the page's, or {@link #NONE}. */
  private int[] mapping = new int[0];

  DictionaryBuffer(DataType.Dictionary type, PagePool pool) {
    super(pool);
    this.type = type;
    DataType.Int index = (DataType.Int) type.index();
    this.indexWidth = index.byteWidth();
    int bits = index.bitWidth() - (index.signed() ? 1 : 0);
    this.maxValues = bits < Integer.SIZE - 1 ? 1L << bits : Integer.MAX_VALUE / 2;
    this.indices = new AppendBuffer(pool);
    this.values = create(type.value(), pool);
    Arrays.fill(table, NONE);
  }

  /** Bytes of the indices; the dictionary is not counted. */
  @Override
  public long bytes() {
    return indices.size();
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    long rows = rowsToReach(pageBytes, rows(), 8L * indexWidth);
    long held = Math.min(rows, count);
    return holds(column, from, held) ? rows : rowsHeld((DictionaryColumn) column, from, held);
  }

  @Override
  public boolean holds(Column column, long from, long count) {
    Column added = ((DictionaryColumn) column).values();
    boolean surely =
        values.rows() + added.length() <= maxValues && values.holds(added, 0, added.length());
    return surely || rowsHeld((DictionaryColumn) column, from, count) == count;
  }

  /** How many rows bring no more values than the page's dictionary can hold. */
  private long rowsHeld(DictionaryColumn column, long from, long count) {
    Set<ByteBuffer> added = new HashSet<>();
    long addedBytes = 0;
    for (long row = from; row < from + count; row++) {
      if (column.isNull(row)) {
        continue;
      }
      MemorySegment bytes = valueBytes(column.values(), column.index(row));
      if (find(bytes, hash(bytes)) == NONE
          && added.add(ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)))) {
        addedBytes += bytes.byteSize();
        if (values.rows() + added.size() > maxValues
            || values.bytes() + addedBytes > Integer.MAX_VALUE) {
          return row - from;
        }
      }
    }
    return count;
  }

  @Override
  public boolean isClean(Column column, long from, long count) {
    return false;
  }

  @Override
  public void append(Column column, long from, long count) {
    DictionaryColumn source = (DictionaryColumn) column;
    Bitmap bits = source.validity();
    long size = source.values().length();
    boolean mapped = size <= SPARSE * count;
    if (mapped) {
      mapping = mapping.length < size ? new int[Math.toIntExact(size)] : mapping;
      Arrays.fill(mapping, 0, (int) size, NONE);
    }
    indices.reserve(count * indexWidth);
    for (long row = from; row < from + count; row++) {
      int index = 0;
      if (bits == null || bits.get(row)) {
        long key = source.index(row);
        index = mapped ? mapping[(int) key] : NONE;
        if (index == NONE) {
          index = indexOf(source.values(), key);
          if (mapped) {
            mapping[(int) key] = index;
          }
        }
      }
      putIndex(index);
    }
    validity.append(bits, from, count);
  }

  private void putIndex(int index) {
    MemorySegment target = indices.block();
    long at = indices.size();
    switch (indexWidth) {
      case 1 -> target.set(ValueLayout.JAVA_BYTE, at, (byte) index);
      case 2 -> target.set(LittleEndian.SHORT, at, (short) index);
      case 4 -> target.set(LittleEndian.INT, at, index);
      default -> target.set(LittleEndian.LONG, at, index);
    }
    indices.advance(indexWidth);
  }

  /** Where the page's dictionary has a value, which is added if it is not there. */
  private int indexOf(Column dictionary, long key) {
    MemorySegment bytes = valueBytes(dictionary, key);
    long hash = hash(bytes);
    int index = find(bytes, hash);
    if (index != NONE) {
      return index;
    }
    index = (int) values.rows();
    values.append(dictionary, key, 1);
    held = null;
    if (index == hashes.length) {
      grow();
    }
    hashes[index] = hash;
    enter(index);
    return index;
  }

  private int find(MemorySegment bytes, long hash) {
    int mask = table.length - 1;
    for (int slot = (int) hash & mask; table[slot] != NONE; slot = slot + 1 & mask) {
      int index = table[slot];
      if (hashes[index] == hash) {
        if (held == null) {
          held = values.view();
        }
        if (valueBytes(held, index).mismatch(bytes) == -1) {
          return index;
        }
      }
    }
    return NONE;
  }

  private void enter(int index) {
    int mask = table.length - 1;
    int slot = (int) hashes[index] & mask;
    while (table[slot] != NONE) {
      slot = slot + 1 & mask;
    }
    table[slot] = index;
  }

  /** Keeps the table at least half empty. */
  private void grow() {
    int count = hashes.length;
    hashes = Arrays.copyOf(hashes, count * 2);
    table = new int[count * 4];
    Arrays.fill(table, NONE);
    for (int i = 0; i < count; i++) {
      enter(i);
    }
  }

  /** The bytes of a value that is not null. */
  public static MemorySegment valueBytes(Column values, long index) {
    return switch (values) {
      case FixedWidthColumn fixed -> {
        int width = fixed.type().byteWidth();
        yield fixed.values().asSlice(index * width, width);
      }
      case VariableWidthColumn variable -> {
        long start = variable.offset(index);
        yield variable.data().asSlice(start, variable.offset(index + 1) - start);
      }
      default -> throw new AssertionError(values.type());
    };
  }

  private static long hash(MemorySegment bytes) {
    return Hashes.hash(bytes, 0, bytes.byteSize());
  }

  @Override
  public void appendFiller(long count) {
    indices.reserve(count * indexWidth);
    for (long i = 0; i < count; i++) {
      putIndex(0);
    }
    validity.append(null, 0, count);
  }

  @Override
  public DictionaryColumn view() {
    return new DictionaryColumn(type, rows(), validity.view(), indices.bytes(), values.view());
  }

  @Override
  public void release() {
    super.release();
    indices.release();
    values.release();
    held = null;
    Arrays.fill(table, NONE);
  }

  @Override
  public void clear() {
    super.clear();
    indices.clear();
    values.clear();
    held = null;
    Arrays.fill(table, NONE);
  }
}
