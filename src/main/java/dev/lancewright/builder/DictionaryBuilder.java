package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Builds a column of indices into a dictionary, whose values are appended before or between the
 * rows that point to them. The values belong to one batch: build and reset discard them, too. They
 * may include null if the column is nullable.
 *
 * <pre>{@code
 * DictionaryBuilder colour = batch.dictionaries("colour");
 * colour.strings().append("red");
 * colour.strings().append("green");
 * colour.append(1);
 * }</pre>
 */
public final class DictionaryBuilder extends ElementsBuilder {
  private final DataType.Dictionary type;
  private final DataType.Int indexType;
  private final AppendBuffer indices;

  /**
   * @throws IllegalArgumentException if the indices are not integers, or if there is no builder for
   *     the type of the values
   */
  DictionaryBuilder(String name, Field field, DataType.Dictionary type, PagePool pool) {
    super(name, field, valueField(field, type), pool);
    if (!(type.index() instanceof DataType.Int index)) {
      throw new IllegalArgumentException(
          "column '%s' (%s): the indices of a dictionary are integers, not %s"
              .formatted(name, type, type.index()));
    }
    this.type = type;
    indexType = index;
    indices = new AppendBuffer(pool);
  }

  private static Field valueField(Field field, DataType.Dictionary type) {
    return new Field("dictionary", type.value(), field.nullable(), Map.of());
  }

  /**
   * Appends a row.
   *
   * @param index the index of its value in the dictionary, from 0
   * @throws IllegalArgumentException if the dictionary has no such value yet, or if the index type
   *     is too narrow
   */
  public void append(long index) {
    if (index < 0 || index >= elements().length()) {
      throw new IllegalArgumentException(
          "%s: there is no value %d, the dictionary has %d; append the value to it first"
              .formatted(where(), index, elements().length()));
    }
    long greatest = greatestIndex();
    if (index > greatest) {
      throw new IllegalArgumentException(
          "%s: index %d does not fit %s, which reaches %d; use a wider index type or fewer values"
              .formatted(where(), index, indexType, greatest));
    }
    int width = indexType.byteWidth();
    long at = indices.reserve(width);
    switch (width) {
      case 1 -> indices.block().set(ValueLayout.JAVA_BYTE, at, (byte) index);
      case 2 -> indices.block().set(LittleEndian.SHORT, at, (short) index);
      case 4 -> indices.block().set(LittleEndian.INT, at, (int) index);
      default -> indices.block().set(LittleEndian.LONG, at, index);
    }
    indices.advance(width);
    added(1);
  }

  @Override
  void requireNothingWaits(String demand) {
    elements().requireNothingWaits(demand);
  }

  @Override
  String accessor() {
    return "dictionaries";
  }

  @Override
  void appendEmpty(long count) {
    indices.appendZeros(count * indexType.byteWidth());
  }

  @Override
  DictionaryColumn view(Bitmap rowValidity) {
    return new DictionaryColumn(type, length(), rowValidity, indices.bytes(), elements().view());
  }

  @Override
  void clear() {
    indices.clear();
    elements().reset();
  }

  private long greatestIndex() {
    int bits = indexType.bitWidth() - (indexType.signed() ? 1 : 0);
    return bits >= 63 ? Long.MAX_VALUE : (1L << bits) - 1;
  }
}
