package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * Builds a column of text or byte strings. Every method appends one row, and throws {@link
 * IllegalStateException} if the values would have more bytes in all than the type's offsets can
 * address: 2^31 - 1 for offsets of 32 bits.
 */
public abstract sealed class VariableWidthBuilder extends ColumnBuilder
    permits Utf8Builder, BinaryBuilder {
  private final DataType.VariableWidth type;
  private final OffsetBuffer offsets;
  private final AppendBuffer data;

  VariableWidthBuilder(String name, Field field, DataType.VariableWidth type, PagePool pool) {
    super(name, field, pool);
    this.type = type;
    offsets = new OffsetBuffer(type.large(), pool);
    data = new AppendBuffer(pool);
  }

  /** Appends all bytes of an array. */
  public final void append(byte[] source) {
    requireValue(source);
    append(source, 0, source.length);
  }

  /**
   * Appends a part of an array.
   *
   * @throws IndexOutOfBoundsException if it does not lie within the array
   */
  public final void append(byte[] source, int offset, int bytes) {
    requireValue(source);
    Objects.checkFromIndexSize(offset, bytes, source.length);
    long at = reserve(bytes);
    MemorySegment.copy(source, offset, data.block(), ValueLayout.JAVA_BYTE, at, bytes);
    appended(bytes);
  }

  /**
   * Appends a part of a segment.
   *
   * @throws IndexOutOfBoundsException if it does not lie within the segment
   */
  public final void append(MemorySegment source, long offset, long bytes) {
    requireValue(source);
    Objects.checkFromIndexSize(offset, bytes, source.byteSize());
    long at = reserve(bytes);
    MemorySegment.copy(source, offset, data.block(), at, bytes);
    appended(bytes);
  }

  /** Appends text of a known {@link Utf8#byteLength}. */
  final void appendText(String text, long bytes) {
    long at = reserve(bytes);
    Utf8.write(text, data.block(), at);
    appended(bytes);
  }

  @Override
  final void appendEmpty(long count) {
    offsets.appendEmpty(data.size(), count);
  }

  @Override
  final VariableWidthColumn view(Bitmap rowValidity) {
    return new VariableWidthColumn(type, length(), rowValidity, offsets.view(), data.bytes());
  }

  @Override
  final void clear() {
    offsets.clear();
    data.clear();
  }

  private long reserve(long bytes) {
    long most = offsets.greatest();
    if (bytes > most - data.size()) {
      throw new IllegalStateException(
          ("%s: with these %d bytes the values would have %d, but offsets of 32 bits reach %d;"
                  + " build smaller batches or use large_%s")
              .formatted(where(), bytes, data.size() + bytes, most, type));
    }
    return data.reserve(bytes);
  }

  private void appended(long bytes) {
    data.advance(bytes);
    offsets.append(data.size());
    added(1);
  }
}
