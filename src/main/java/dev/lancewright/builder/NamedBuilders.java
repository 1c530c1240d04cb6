package dev.lancewright.builder;

/**
 * Columns that are found by name: those of a batch, the children of structs, and the keys and
 * values of maps.
 *
 * <p>Each method returns the builder of one column, the same at every call, and is for the types
 * that it names. It throws an {@link IllegalArgumentException} if there is no column with that
 * name, or if the column is of another type; the message says which method to call instead.
 */
public sealed interface NamedBuilders permits BatchBuilder, StructBuilder, MapBuilder {
  /**
   * Returns the builder of a column of any type.
   *
   * @throws IllegalArgumentException if there is no column with that name
   */
  ColumnBuilder column(String name);

  /**
   * Returns the builder of a column of any type, by its position.
   *
   * @throws IndexOutOfBoundsException if there is no such column
   */
  ColumnBuilder column(int index);

  /** Returns the builder of a column of bool. */
  default BoolBuilder booleans(String name) {
    return column(name).as(BoolBuilder.class, "booleans", name);
  }

  /** Returns the builder of a column of int8 or uint8. */
  default ByteBuilder bytes(String name) {
    return column(name).as(ByteBuilder.class, "bytes", name);
  }

  /** Returns the builder of a column of int16 or uint16. */
  default ShortBuilder shorts(String name) {
    return column(name).as(ShortBuilder.class, "shorts", name);
  }

  /** Returns the builder of a column of int32, uint32, date32 or time32. */
  default IntBuilder ints(String name) {
    return column(name).as(IntBuilder.class, "ints", name);
  }

  /** Returns the builder of a column of int64, uint64, date64, time64, timestamp or duration. */
  default LongBuilder longs(String name) {
    return column(name).as(LongBuilder.class, "longs", name);
  }

  /** Returns the builder of a column of float16. */
  default Float16Builder float16s(String name) {
    return column(name).as(Float16Builder.class, "float16s", name);
  }

  /** Returns the builder of a column of float32. */
  default FloatBuilder floats(String name) {
    return column(name).as(FloatBuilder.class, "floats", name);
  }

  /** Returns the builder of a column of float64. */
  default DoubleBuilder doubles(String name) {
    return column(name).as(DoubleBuilder.class, "doubles", name);
  }

  /** Returns the builder of a column of decimal128 or decimal256. */
  default DecimalBuilder decimals(String name) {
    return column(name).as(DecimalBuilder.class, "decimals", name);
  }

  /** Returns the builder of a column of utf8 or large_utf8. */
  default Utf8Builder strings(String name) {
    return column(name).as(Utf8Builder.class, "strings", name);
  }

  /** Returns the builder of a column of binary or large_binary. */
  default BinaryBuilder binaries(String name) {
    return column(name).as(BinaryBuilder.class, "binaries", name);
  }

  /** Returns the builder of a column of fixed_size_binary. */
  default FixedSizeBinaryBuilder fixedSizeBinaries(String name) {
    return column(name).as(FixedSizeBinaryBuilder.class, "fixedSizeBinaries", name);
  }

  /** Returns the builder of a column of list or large_list. */
  default ListBuilder lists(String name) {
    return column(name).as(ListBuilder.class, "lists", name);
  }

  /** Returns the builder of a column of fixed_size_list. */
  default FixedSizeListBuilder fixedSizeLists(String name) {
    return column(name).as(FixedSizeListBuilder.class, "fixedSizeLists", name);
  }

  /** Returns the builder of a column of map. */
  default MapBuilder maps(String name) {
    return column(name).as(MapBuilder.class, "maps", name);
  }

  /** Returns the builder of a column of struct. */
  default StructBuilder structs(String name) {
    return column(name).as(StructBuilder.class, "structs", name);
  }

  /** Returns the builder of a column of dictionary. */
  default DictionaryBuilder dictionaries(String name) {
    return column(name).as(DictionaryBuilder.class, "dictionaries", name);
  }

  /** Returns the builder of a column of the null type. */
  default NullBuilder nulls(String name) {
    return column(name).as(NullBuilder.class, "nulls", name);
  }
}
