package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Appends rows to one column, off-heap, one subclass for each shape of values.
 *
 * <p>A builder belongs to a {@link BatchBuilder}, which owns its memory, empties and closes it.
 * Used by one thread at a time. Once its memory has grown to what a batch needs, appending
 * allocates nothing. A call that throws an {@link IllegalArgumentException} or {@link
 * IllegalStateException} has appended nothing.
 */
public abstract sealed class ColumnBuilder
    permits FixedWidthBuilder,
        BoolBuilder,
        VariableWidthBuilder,
        FixedSizeListBuilder,
        ListBuilder,
        StructBuilder,
        DictionaryBuilder,
        NullBuilder {
  private final String name;
  private final Field field;
  private final BitBuffer validity;
  private boolean hasNulls;
  private long length;

  /**
   * @param name the column's, and below it, the names of children, for messages
   */
  ColumnBuilder(String name, Field field, PagePool pool) {
    this.name = name;
    this.field = field;
    validity = new BitBuffer(pool);
  }

  static ColumnBuilder of(String name, Field field, PagePool pool) {
    return switch (field.type()) {
      case DataType.Null _ -> new NullBuilder(name, field, pool);
      case DataType.Bool _ -> new BoolBuilder(name, field, pool);
      case DataType.FixedWidth type -> new FixedWidthBuilder(name, field, type, pool);
      case DataType.VariableWidth type -> new VariableWidthBuilder(name, field, type, pool);
      case DataType.FixedSizeList type -> new FixedSizeListBuilder(name, field, type, pool);
      case DataType.ListOf type -> new ListBuilder(name, field, type.item(), type.large(), pool);
      case DataType.MapOf type -> new ListBuilder(name, field, type.entries(), false, pool);
      case DataType.Struct type -> new StructBuilder(name, field, type, pool);
      case DataType.Dictionary type -> new DictionaryBuilder(name, field, type, pool);
      case DataType.Unsupported _ ->
          throw new IllegalArgumentException(
              "column '%s' (%s): there is no builder for this type; cast the column or leave it out"
                  .formatted(name, field.type()));
    };
  }

  /** The builder of items or of a child. */
  static ColumnBuilder below(String parent, Field field, PagePool pool) {
    return of(parent + "." + field.name(), field, pool);
  }

  /** What the column is. */
  public final Field field() {
    return field;
  }

  /** Rows appended, nulls included. */
  public final long length() {
    return length;
  }

  /**
   * This builder as one of its class, to append values.
   *
   * @throws IllegalArgumentException if it is of another class
   */
  public final <B extends ColumnBuilder> B as(Class<B> builder) {
    if (!builder.isInstance(this)) {
      throw new IllegalArgumentException(
          "column '%s' (%s) has a %s, not a %s"
              .formatted(name, field.type(), getClass().getSimpleName(), builder.getSimpleName()));
    }
    return builder.cast(this);
  }

  /**
   * Appends a row without a value. Items and children need none for it.
   *
   * @throws IllegalStateException if the field is not nullable, or if values below wait for a row
   */
  public final void appendNull() {
    if (!field.nullable()) {
      throw new IllegalStateException(
          where() + ": the field is not nullable; append a value or make the field nullable");
    }
    requireNothingWaits("a null takes none");
    appendEmpty(1);
    if (!hasNulls) {
      validity.append(true, length);
      hasNulls = true;
    }
    validity.append(false, 1);
    length++;
  }

  /**
   * The rows appended, as a view of the builder's memory: valid until the next row is appended, or
   * the batch builder is reset or closed.
   *
   * @throws IllegalStateException if values below wait for a row
   */
  public final Column build() {
    requireNothingWaits("before build there must be none");
    return view(hasNulls ? validity.view() : null);
  }

  /** Forgets all rows and keeps the memory. */
  final void reset() {
    length = 0;
    hasNulls = false;
    validity.clear();
    clear();
  }

  /** Counts {@code count} rows whose values were appended. */
  final void added(long count) {
    if (hasNulls) {
      validity.append(true, count);
    }
    length += count;
  }

  /** The column and the next row, for messages. */
  final String where() {
    return "column '%s' (%s), row %d".formatted(name, field.type(), length);
  }

  /**
   * Refuses, if items or children have values that are in no row yet.
   *
   * @param demand what is to follow, and what it takes
   */
  void requireNothingWaits(String demand) {}

  /** Appends {@code count} rows whose values are zero or empty, for a parent that is null. */
  final void appendHidden(long count) {
    appendEmpty(count);
    added(count);
  }

  /** Appends {@code count} values that are zero or empty, without counting rows. */
  abstract void appendEmpty(long count);

  abstract Column view(Bitmap rowValidity);

  abstract void clear();
}
