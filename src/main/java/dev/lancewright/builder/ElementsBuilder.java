package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.Field;

/**
 * Builds a column with one child column of elements: the items of lists, or the values of a
 * dictionary.
 *
 * <p>The elements are appended to their own builder. Each method without arguments returns it, the
 * same at every call, and is for elements of the types that it names; for others it throws an
 * {@link IllegalArgumentException} that says which method to call instead.
 */
public abstract sealed class ElementsBuilder extends ColumnBuilder
    permits ListBuilder, FixedSizeListBuilder, DictionaryBuilder {
  private final ColumnBuilder elements;

  ElementsBuilder(String name, Field field, Field element, PagePool pool) {
    super(name, field, pool);
    elements = below(name, element, pool);
  }

  /** Returns the builder of elements of any type. */
  public final ColumnBuilder elements() {
    return elements;
  }

  /** Returns the builder of elements of bool. */
  public final BoolBuilder booleans() {
    return elements.as(BoolBuilder.class, "booleans", null);
  }

  /** Returns the builder of elements of int8 or uint8. */
  public final ByteBuilder bytes() {
    return elements.as(ByteBuilder.class, "bytes", null);
  }

  /** Returns the builder of elements of int16 or uint16. */
  public final ShortBuilder shorts() {
    return elements.as(ShortBuilder.class, "shorts", null);
  }

  /** Returns the builder of elements of int32, uint32, date32 or time32. */
  public final IntBuilder ints() {
    return elements.as(IntBuilder.class, "ints", null);
  }

  /** Returns the builder of elements of int64, uint64, date64, time64, timestamp or duration. */
  public final LongBuilder longs() {
    return elements.as(LongBuilder.class, "longs", null);
  }

  /** Returns the builder of elements of float16. */
  public final Float16Builder float16s() {
    return elements.as(Float16Builder.class, "float16s", null);
  }

  /** Returns the builder of elements of float32. */
  public final FloatBuilder floats() {
    return elements.as(FloatBuilder.class, "floats", null);
  }

  /** Returns the builder of elements of float64. */
  public final DoubleBuilder doubles() {
    return elements.as(DoubleBuilder.class, "doubles", null);
  }

  /** Returns the builder of elements of decimal128 or decimal256. */
  public final DecimalBuilder decimals() {
    return elements.as(DecimalBuilder.class, "decimals", null);
  }

  /** Returns the builder of elements of utf8 or large_utf8. */
  public final Utf8Builder strings() {
    return elements.as(Utf8Builder.class, "strings", null);
  }

  /** Returns the builder of elements of binary or large_binary. */
  public final BinaryBuilder binaries() {
    return elements.as(BinaryBuilder.class, "binaries", null);
  }

  /** Returns the builder of elements of fixed_size_binary. */
  public final FixedSizeBinaryBuilder fixedSizeBinaries() {
    return elements.as(FixedSizeBinaryBuilder.class, "fixedSizeBinaries", null);
  }

  /** Returns the builder of elements of list or large_list. */
  public final ListBuilder lists() {
    return elements.as(ListBuilder.class, "lists", null);
  }

  /** Returns the builder of elements of fixed_size_list. */
  public final FixedSizeListBuilder fixedSizeLists() {
    return elements.as(FixedSizeListBuilder.class, "fixedSizeLists", null);
  }

  /** Returns the builder of elements of map. */
  public final MapBuilder maps() {
    return elements.as(MapBuilder.class, "maps", null);
  }

  /** Returns the builder of elements of struct. */
  public final StructBuilder structs() {
    return elements.as(StructBuilder.class, "structs", null);
  }

  /** Returns the builder of elements of dictionary. */
  public final DictionaryBuilder dictionaries() {
    return elements.as(DictionaryBuilder.class, "dictionaries", null);
  }

  /** Returns the builder of elements of the null type. */
  public final NullBuilder nulls() {
    return elements.as(NullBuilder.class, "nulls", null);
  }
}
