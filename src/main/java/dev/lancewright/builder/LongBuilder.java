package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of 64 bits a value: int64, uint64, date64, time64, timestamp or duration. */
public final class LongBuilder extends FixedWidthBuilder {
  LongBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends a row.
   *
   * @param value of an unsigned column, the bits of the value, as {@link Long#parseUnsignedLong}
   *     returns them; of date64, the milliseconds since 1970-01-01, of whole days; of time64, the
   *     microseconds or nanoseconds since midnight; of a timestamp, how many of its units have
   *     passed since 1970-01-01T00:00, in UTC if it has a zone; of a duration, how many units it
   *     lasts
   */
  public void append(long value) {
    putLong(value);
  }

  @Override
  String accessor() {
    return "longs";
  }
}
