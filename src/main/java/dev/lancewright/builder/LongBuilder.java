package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of 64-bit values: int64, uint64, date64, time64, timestamp or duration. */
public final class LongBuilder extends FixedWidthBuilder {
  LongBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends a row.
   *
   * @param value the value: for an unsigned column, its bits, as returned by {@link
   *     Long#parseUnsignedLong}; for date64, the milliseconds since 1970-01-01, in whole days; for
   *     time64, the microseconds or nanoseconds since midnight; for a timestamp, the number of its
   *     units since 1970-01-01T00:00, in UTC if it has a zone; for a duration, the number of its
   *     units
   */
  public void append(long value) {
    putLong(value);
  }

  @Override
  String accessor() {
    return "longs";
  }
}
