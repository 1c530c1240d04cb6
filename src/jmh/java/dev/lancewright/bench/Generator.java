package dev.lancewright.bench;

import dev.lancewright.builder.BoolBuilder;
import dev.lancewright.builder.ColumnBuilder;
import dev.lancewright.builder.FixedSizeListBuilder;
import dev.lancewright.builder.FixedWidthBuilder;
import dev.lancewright.builder.ListBuilder;
import dev.lancewright.builder.StructBuilder;
import dev.lancewright.builder.VariableWidthBuilder;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Appends a row to a column at each call. */
@FunctionalInterface
interface Generator {
  void append(ColumnBuilder column);

  static Generator bytes(IntSupplier values) {
    return column -> column.as(FixedWidthBuilder.class).appendByte((byte) values.getAsInt());
  }

  static Generator ints(IntSupplier values) {
    return column -> column.as(FixedWidthBuilder.class).appendInt(values.getAsInt());
  }

  static Generator longs(LongSupplier values) {
    return column -> column.as(FixedWidthBuilder.class).appendLong(values.getAsLong());
  }

  static Generator floats(DoubleSupplier values) {
    return column -> column.as(FixedWidthBuilder.class).appendFloat((float) values.getAsDouble());
  }

  static Generator doubles(DoubleSupplier values) {
    return column -> column.as(FixedWidthBuilder.class).appendDouble(values.getAsDouble());
  }

  /** Decimals of 128 bits from their unscaled values, none of which is negative. */
  static Generator decimals(LongSupplier values) {
    byte[] decimal = new byte[16];
    return column -> {
      long value = values.getAsLong();
      for (int i = 0; i < Long.BYTES; i++) {
        decimal[i] = (byte) (value >>> (8 * i));
      }
      column.as(FixedWidthBuilder.class).appendBytes(decimal);
    };
  }

  static Generator booleans(BooleanSupplier values) {
    return column -> column.as(BoolBuilder.class).append(values.getAsBoolean());
  }

  static Generator text(Supplier<String> values) {
    return column -> column.as(VariableWidthBuilder.class).append(values.get());
  }

  static Generator binary(Supplier<byte[]> values) {
    return column -> column.as(VariableWidthBuilder.class).append(values.get());
  }

  static Generator vectors(int size, Generator item) {
    return column -> {
      FixedSizeListBuilder list = column.as(FixedSizeListBuilder.class);
      for (int i = 0; i < size; i++) {
        item.append(list.items());
      }
      list.appendList();
    };
  }

  static Generator lists(IntSupplier lengths, Generator item) {
    return column -> {
      ListBuilder list = column.as(ListBuilder.class);
      for (int i = lengths.getAsInt(); i > 0; i--) {
        item.append(list.items());
      }
      list.appendList();
    };
  }

  static Generator structs(Generator... children) {
    return column -> {
      StructBuilder struct = column.as(StructBuilder.class);
      for (int i = 0; i < children.length; i++) {
        children[i].append(struct.child(i));
      }
      struct.appendStruct();
    };
  }

  /** Nulls instead of {@code percent} % of the values. */
  static Generator withNulls(int percent, RandomGenerator random, Generator values) {
    return column -> {
      if (random.nextInt(100) < percent) {
        column.appendNull();
      } else {
        values.append(column);
      }
    };
  }
}
