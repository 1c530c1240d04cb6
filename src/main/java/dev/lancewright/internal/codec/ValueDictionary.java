package dev.lancewright.internal.codec;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.simd.Hashes;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Builds the dictionary of a page: each value once, in the order of first appearance, and for each
 * row an index of 32 bits. Values are told apart by their bytes. The index of a null is that of the
 * row before, so that nulls add no value and end no run.
 */
public final class ValueDictionary {
  private static final int NONE = -1;
  private static final int INDEX_BYTES = 4;

  private final AppendBuffer indices;
  private final AppendBuffer offsets;
  private final AppendBuffer data;

  /** Open addressing by hash: an index, or {@link #NONE}; at least half of it empty. */
  private int[] table = new int[1024];

  private long[] hashes = new long[512];
  private int size;

  public ValueDictionary(PagePool pool) {
    this.indices = new AppendBuffer(pool);
    this.offsets = new AppendBuffer(pool);
    this.data = new AppendBuffer(pool);
  }

  /**
   * Makes a dictionary of a column.
   *
   * @param values of 32, 64 or 128 bits, or of variable width
   * @param maxValues more give up
   * @param maxBytes of the values, offsets included; more give up
   * @return valid until the next call or {@link #release}; null if it gave up or all values are
   *     null
   */
  public DictionaryColumn build(Column values, long maxValues, long maxBytes) {
    clear();
    indices.reserve(values.length() * INDEX_BYTES);
    boolean built =
        switch (values) {
          case FixedWidthColumn fixed -> buildFixed(fixed, maxValues, maxBytes);
          case VariableWidthColumn strings -> buildStrings(strings, maxValues, maxBytes);
          default -> throw new AssertionError(values.type());
        };
    // Readers divide by the number of values.
    if (!built || size == 0) {
      return null;
    }
    return new DictionaryColumn(
        new DataType.Dictionary(new DataType.Int(32, true), values.type(), false),
        values.length(),
        values.validity(),
        indices.bytes(),
        items(values));
  }

  /** How many different values {@code count} rows have, from the first on each {@code step}th. */
  public int distinct(Column values, long step, int count) {
    clear();
    for (int i = 0; i < count; i++) {
      long row = i * step;
      switch (values) {
        case FixedWidthColumn fixed -> indexOf(fixed, row);
        case VariableWidthColumn strings -> indexOf(strings, row);
        default -> throw new AssertionError(values.type());
      }
    }
    return size;
  }

  public void release() {
    indices.release();
    offsets.release();
    data.release();
  }

  private void clear() {
    indices.clear();
    offsets.clear();
    data.clear();
    size = 0;
    Arrays.fill(table, NONE);
  }

  private Column items(Column values) {
    return switch (values) {
      case FixedWidthColumn fixed -> new FixedWidthColumn(fixed.type(), size, null, data.bytes());
      case VariableWidthColumn strings ->
          new VariableWidthColumn(strings.type(), size, null, offsets.bytes(), data.bytes());
      default -> throw new AssertionError(values.type());
    };
  }

  private boolean buildFixed(FixedWidthColumn column, long maxValues, long maxBytes) {
    long most = Math.min(maxValues, maxBytes / column.type().byteWidth());
    Bitmap validity = column.validity();
    int index = 0;
    for (long row = 0; row < column.length(); row++) {
      if (validity == null || validity.get(row)) {
        index = indexOf(column, row);
        if (size > most) {
          return false;
        }
      }
      indices.block().set(LittleEndian.INT, row * INDEX_BYTES, index);
    }
    indices.advance(column.length() * INDEX_BYTES);
    return true;
  }

  private int indexOf(FixedWidthColumn column, long row) {
    int width = column.type().byteWidth();
    MemorySegment values = column.values();
    long at = row * width;
    long low = width == 4 ? values.get(LittleEndian.INT, at) : values.get(LittleEndian.LONG, at);
    long high = width == 16 ? values.get(LittleEndian.LONG, at + 8) : 0;
    long hash = Hashes.hash64(width == 16 ? low ^ Long.rotateLeft(Hashes.hash64(high), 17) : low);
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    for (int index = table[slot]; index != NONE; index = table[slot]) {
      if (equals(low, high, width, index)) {
        return index;
      }
      slot = slot + 1 & mask;
    }
    data.append(values, at, width);
    return add(slot, hash);
  }

  private boolean equals(long low, long high, int width, int index) {
    MemorySegment held = data.block();
    long at = (long) index * width;
    return switch (width) {
      case 4 -> held.get(LittleEndian.INT, at) == (int) low;
      case 8 -> held.get(LittleEndian.LONG, at) == low;
      default ->
          held.get(LittleEndian.LONG, at) == low && held.get(LittleEndian.LONG, at + 8) == high;
    };
  }

  private boolean buildStrings(VariableWidthColumn column, long maxValues, long maxBytes) {
    Bitmap validity = column.validity();
    int width = column.type().offsetWidth();
    int index = 0;
    for (long row = 0; row < column.length(); row++) {
      if (validity == null || validity.get(row)) {
        index = indexOf(column, row);
        if (size > maxValues || data.size() + (size + 1L) * width > maxBytes) {
          return false;
        }
      }
      indices.block().set(LittleEndian.INT, row * INDEX_BYTES, index);
    }
    indices.advance(column.length() * INDEX_BYTES);
    return true;
  }

  private int indexOf(VariableWidthColumn column, long row) {
    long start = column.offset(row);
    long length = column.offset(row + 1) - start;
    boolean isShort = length <= Long.BYTES;
    long hash =
        isShort
            ? Hashes.hash64(shortValue(column.data(), start, (int) length))
            : Hashes.hash(column.data(), start, length);
    int mask = table.length - 1;
    int slot = (int) hash & mask;
    for (int index = table[slot]; index != NONE; index = table[slot]) {
      if (hashes[index] == hash && equals(column, start, length, isShort, index)) {
        return index;
      }
      slot = slot + 1 & mask;
    }
    int width = column.type().offsetWidth();
    if (size == 0) {
      putOffset(width);
    }
    data.append(column.data(), start, length);
    putOffset(width);
    return add(slot, hash);
  }

  /** Up to 8 bytes as a number. */
  private static long shortValue(MemorySegment data, long start, int length) {
    if (start + Long.BYTES <= data.byteSize()) {
      long unused = Long.SIZE - length * (long) Byte.SIZE;
      return length == 0 ? 0 : data.get(LittleEndian.LONG, start) << unused >>> unused;
    }
    long value = 0;
    for (int i = length - 1; i >= 0; i--) {
      value = (value << Byte.SIZE) | (data.get(ValueLayout.JAVA_BYTE, start + i) & 0xFF);
    }
    return value;
  }

  /** Whether a value of the same hash is the same; hashes of short ones differ with the bytes. */
  private boolean equals(
      VariableWidthColumn column, long start, long length, boolean isShort, int index) {
    int width = column.type().offsetWidth();
    long heldStart = offset(index, width);
    long heldEnd = offset(index + 1L, width);
    return heldEnd - heldStart == length
        && (isShort
            || MemorySegment.mismatch(
                    column.data(), start, start + length, data.block(), heldStart, heldEnd)
                == -1);
  }

  private long offset(long index, int width) {
    return Offsets.get(offsets.block(), index * width, width);
  }

  /** Appends where the data ends. */
  private void putOffset(int width) {
    long at = offsets.reserve(width);
    Offsets.set(offsets.block(), at, width, data.size());
    offsets.advance(width);
  }

  private int add(int slot, long hash) {
    int index = size++;
    if (index == hashes.length) {
      hashes = Arrays.copyOf(hashes, index * 2);
    }
    hashes[index] = hash;
    table[slot] = index;
    if (size * 2 > table.length) {
      grow();
    }
    return index;
  }

  private void grow() {
    table = new int[table.length * 2];
    Arrays.fill(table, NONE);
    int mask = table.length - 1;
    for (int index = 0; index < size; index++) {
      int slot = (int) hashes[index] & mask;
      while (table[slot] != NONE) {
        slot = slot + 1 & mask;
      }
      table[slot] = index;
    }
  }
}
