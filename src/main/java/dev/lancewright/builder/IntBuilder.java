package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/** Builds a column of 32-bit values: int32, uint32, date32 or time32. */
public final class IntBuilder extends FixedWidthBuilder {
  IntBuilder(String name, Field field, DataType.FixedWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends a row.
   *
   * @param value the value: for an unsigned column, its bits, as returned by {@link
   *     Integer#parseUnsignedInt}; for date32, the days since 1970-01-01, as returned by {@link
   *     java.time.LocalDate#toEpochDay}; for time32, the seconds or milliseconds since midnight
   */
  public void append(int value) {
    putInt(value);
  }

  @Override
  String accessor() {
    return "ints";
  }
}
