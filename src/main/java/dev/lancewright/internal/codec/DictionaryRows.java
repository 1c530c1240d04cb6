package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Rows that are indices into the dictionary of their page; every index is checked. */
public final class DictionaryRows {
  /** An index that no dictionary has. */
  private static final int NONE = -1;

  private static final int STEP = Long.BYTES;

  /** The maximum length of short strings; longer ones are better copied as a whole. */
  private static final int SHORT_BYTES = 32;

  private final Column dictionary;
  private final AppendBuffer offsets;
  private final AppendBuffer data;
  private int[] indices = new int[0];

  /**
   * Creates rows of a dictionary.
   *
   * @param dictionary the values, of fixed width or byte strings, at least one
   */
  public DictionaryRows(Column dictionary, DecodeMemory memory) {
    this.dictionary = dictionary;
    this.offsets = memory.take();
    this.data = memory.take();
  }

  /** Returns a column of the dictionary type with the given indices. */
  public DictionaryColumn column(DataType.Dictionary type, FixedWidthColumn rows)
      throws LanceFormatException {
    DataType.Int index = (DataType.Int) type.index();
    long most = index.signed() ? (1L << (index.bitWidth() - 1)) - 1 : Long.MAX_VALUE;
    for (long from = 0; from < rows.length(); from += MiniBlockCodec.MAX_CHUNK_VALUES) {
      load(rows, from, Math.min(MiniBlockCodec.MAX_CHUNK_VALUES, rows.length() - from), most);
    }
    return new DictionaryColumn(type, rows.length(), null, rows.values(), dictionary);
  }

  /** Returns the values of rows {@code from} to {@code from + count}, valid until the next call. */
  public Column values(FixedWidthColumn rows, long from, long count)
      throws LanceFormatException, BatchTooLargeException {
    load(rows, from, count, Long.MAX_VALUE);
    return switch (dictionary) {
      case FixedWidthColumn fixed -> fixedWidth(fixed, (int) count);
      case VariableWidthColumn strings -> strings(strings, (int) count);
      default -> throw new LanceFormatException(dictionary.type() + " has no dictionaries");
    };
  }

  /**
   * Loads and checks the indices of rows.
   *
   * @param most the maximum index of the column's type
   */
  private void load(FixedWidthColumn rows, long from, long count, long most)
      throws LanceFormatException {
    if (indices.length < count) {
      indices = new int[Math.toIntExact(count)];
    }
    int length = (int) count;
    MemorySegment source = rows.values();
    switch (rows.type().byteWidth()) {
      case 1 -> {
        for (int i = 0; i < length; i++) {
          indices[i] = source.get(ValueLayout.JAVA_BYTE, from + i) & 0xFF;
        }
      }
      case 2 -> {
        for (int i = 0; i < length; i++) {
          indices[i] = source.get(LittleEndian.SHORT, (from + i) * 2) & 0xFFFF;
        }
      }
      case 4 -> {
        for (int i = 0; i < length; i++) {
          indices[i] = source.get(LittleEndian.INT, (from + i) * 4);
        }
      }
      default -> {
        for (int i = 0; i < length; i++) {
          long index = source.get(LittleEndian.LONG, (from + i) * 8);
          indices[i] = index >>> Integer.SIZE == 0 ? (int) index : NONE;
        }
      }
    }
    check(length, most);
  }

  private void check(int length, long most) throws LanceFormatException {
    int greatest = Integer.MIN_VALUE;
    for (int i = 0; i < length; i++) {
      greatest = Math.max(greatest, indices[i] ^ Integer.MIN_VALUE);
    }
    long unsigned = (greatest ^ Integer.MIN_VALUE) & 0xFFFFFFFFL;
    if (unsigned >= Math.min(dictionary.length(), Integer.MAX_VALUE) || unsigned > most) {
      throw new LanceFormatException(
          "index %d or more, but the dictionary has %d values, and its indices go up to %d"
              .formatted(unsigned, dictionary.length(), most));
    }
  }

  private FixedWidthColumn fixedWidth(FixedWidthColumn values, int count) {
    int width = values.type().byteWidth();
    data.clear();
    data.reserve((long) count * width);
    MemorySegment source = values.values();
    MemorySegment target = data.block();
    switch (width) {
      case 4 -> {
        for (int i = 0; i < count; i++) {
          target.set(LittleEndian.INT, i * 4L, source.get(LittleEndian.INT, indices[i] * 4L));
        }
      }
      case 8 -> {
        for (int i = 0; i < count; i++) {
          target.set(LittleEndian.LONG, i * 8L, source.get(LittleEndian.LONG, indices[i] * 8L));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          MemorySegment.copy(source, (long) indices[i] * width, target, (long) i * width, width);
        }
      }
    }
    return new FixedWidthColumn(values.type(), count, null, target);
  }

  private VariableWidthColumn strings(VariableWidthColumn values, int count)
      throws BatchTooLargeException {
    DataType.VariableWidth type = values.type();
    int width = type.offsetWidth();
    offsets.clear();
    offsets.reserve((count + 1L) * width);
    long bytes = 0;
    putOffset(type, 0, 0);
    for (int i = 0; i < count; i++) {
      bytes += values.offset(indices[i] + 1L) - values.offset(indices[i]);
      putOffset(type, i + 1L, bytes);
    }
    if (bytes > BatchTooLargeException.MAX_BYTES && count > 1) {
      throw new BatchTooLargeException();
    }
    data.clear();
    data.reserve(bytes + STEP);
    copyStrings(values, count);
    return new VariableWidthColumn(type, count, null, offsets.block(), data.block());
  }

  private void putOffset(DataType.VariableWidth type, long index, long offset) {
    Offsets.set(offsets.block(), index * type.offsetWidth(), type.offsetWidth(), offset);
  }

  /** Copies strings in steps of eight bytes, as most strings in dictionaries are hardly longer. */
  private void copyStrings(VariableWidthColumn values, int count) {
    MemorySegment source = values.data();
    MemorySegment target = data.block();
    long whole = source.byteSize() - STEP;
    long to = 0;
    for (int i = 0; i < count; i++) {
      long from = values.offset(indices[i]);
      long end = values.offset(indices[i] + 1L);
      if (end - from <= SHORT_BYTES && end <= whole) {
        for (long at = from; at < end; at += STEP) {
          target.set(LittleEndian.LONG, to + at - from, source.get(LittleEndian.LONG, at));
        }
      } else {
        MemorySegment.copy(source, from, target, to, end - from);
      }
      to += end - from;
    }
  }
}
