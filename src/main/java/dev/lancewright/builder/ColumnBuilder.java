package dev.lancewright.builder;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Appends rows to one column, off-heap. Each subclass has the methods that append its kind of
 * values; {@link #appendNull} is common to all.
 *
 * <p>A builder belongs to a {@link BatchBuilder}, which owns its memory, empties and closes it. It
 * must be used by one thread at a time. Once its memory has grown to what a batch needs, appending
 * allocates nothing. A call that throws an {@link IllegalArgumentException} or {@link
 * IllegalStateException} has appended nothing.
 */
public abstract sealed class ColumnBuilder
    permits NullBuilder,
        BoolBuilder,
        FixedWidthBuilder,
        VariableWidthBuilder,
        ElementsBuilder,
        MapBuilder,
        StructBuilder {
  private final String name;
  private final Field field;
  private final BitBuffer validity;
  private boolean hasNulls;
  private long length;

  /**
   * @param name the name of the column, for messages; that of a nested column is preceded by its
   *     parents' names
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
      case DataType.FixedWidth type -> FixedWidthBuilder.of(name, field, type, pool);
      case DataType.Utf8 type -> new Utf8Builder(name, field, type, pool);
      case DataType.Binary type -> new BinaryBuilder(name, field, type, pool);
      case DataType.FixedSizeList type -> new FixedSizeListBuilder(name, field, type, pool);
      case DataType.ListOf type -> new ListBuilder(name, field, type, pool);
      case DataType.MapOf type -> new MapBuilder(name, field, type, pool);
      case DataType.Struct type -> new StructBuilder(name, field, type, pool);
      case DataType.Dictionary type -> new DictionaryBuilder(name, field, type, pool);
      case DataType.Unsupported _ ->
          throw new IllegalArgumentException(
              "column '%s' (%s): there is no builder for this type; cast the column or leave it out"
                  .formatted(name, field.type()));
    };
  }

  /** Creates the builder of a list's items or of a struct's child. */
  static ColumnBuilder below(String parent, Field field, PagePool pool) {
    return of(parent + "." + field.name(), field, pool);
  }

  /** Returns the field: name, type and metadata of the column or child. */
  public final Field field() {
    return field;
  }

  /** Returns the number of rows appended since the last build or reset, nulls included. */
  public final long length() {
    return length;
  }

  /**
   * Appends a null. Items and children need no values for it.
   *
   * @throws IllegalStateException if the field is not nullable, or if items or children were
   *     appended that belong to no row yet
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
   * Casts this builder to a class.
   *
   * @param asked the name of the method that the caller used, such as {@code longs}
   * @param argument the column name passed to that method; null if it takes none
   * @throws IllegalArgumentException if the builder is of another class; the message names the
   *     method to call
   */
  final <B extends ColumnBuilder> B as(Class<B> builder, String asked, String argument) {
    if (!builder.isInstance(this)) {
      String arguments = argument == null ? "()" : "(\"" + argument + "\")";
      throw new IllegalArgumentException(
          "column '%s' (%s): call %s instead of %s"
              .formatted(name, field.type(), accessor() + arguments, asked + arguments));
    }
    return builder.cast(this);
  }

  /** Returns the rows as a view of the builder's memory. */
  final Column view() {
    return view(hasNulls ? validity.view() : null);
  }

  /** Discards all rows and keeps the memory. */
  final void reset() {
    length = 0;
    hasNulls = false;
    validity.clear();
    clear();
  }

  /** Adds {@code count} rows, whose values were appended, to the length. */
  final void added(long count) {
    if (hasNulls) {
      validity.append(true, count);
    }
    length += count;
  }

  /** Returns the name of the column and the number of the next row, for messages. */
  final String where() {
    return "column '%s' (%s), row %d".formatted(name, field.type(), length);
  }

  /**
   * Checks that a value to append is not null.
   *
   * @throws IllegalArgumentException if it is null
   */
  final void requireValue(Object value) {
    if (value == null) {
      throw new IllegalArgumentException(
          where() + ": the value must not be null; call appendNull() for a row without a value");
    }
  }

  /** Appends {@code count} rows whose values are zero or empty, for a parent that is null. */
  final void appendHidden(long count) {
    appendEmpty(count);
    added(count);
  }

  /**
   * Checks that no items or children were appended that belong to no row yet.
   *
   * @param demand the end of the message: what was expected instead
   */
  void requireNothingWaits(String demand) {}

  /**
   * Returns the name of the method of {@link NamedBuilders} that returns builders of this class.
   */
  abstract String accessor();

  /** Appends {@code count} values that are zero or empty, without counting rows. */
  abstract void appendEmpty(long count);

  abstract Column view(Bitmap rowValidity);

  abstract void clear();
}
