package dev.lancewright.bench;

import dev.lancewright.builder.BinaryBuilder;
import dev.lancewright.builder.BoolBuilder;
import dev.lancewright.builder.ByteBuilder;
import dev.lancewright.builder.ColumnBuilder;
import dev.lancewright.builder.DecimalBuilder;
import dev.lancewright.builder.DoubleBuilder;
import dev.lancewright.builder.FixedSizeListBuilder;
import dev.lancewright.builder.FloatBuilder;
import dev.lancewright.builder.IntBuilder;
import dev.lancewright.builder.ListBuilder;
import dev.lancewright.builder.LongBuilder;
import dev.lancewright.builder.StructBuilder;
import dev.lancewright.builder.Utf8Builder;
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
    return column -> ((ByteBuilder) column).append((byte) values.getAsInt());
  }

  static Generator ints(IntSupplier values) {
    return column -> ((IntBuilder) column).append(values.getAsInt());
  }

  static Generator longs(LongSupplier values) {
    return column -> ((LongBuilder) column).append(values.getAsLong());
  }

  static Generator floats(DoubleSupplier values) {
    return column -> ((FloatBuilder) column).append((float) values.getAsDouble());
  }

  static Generator doubles(DoubleSupplier values) {
    return column -> ((DoubleBuilder) column).append(values.getAsDouble());
  }

  /** Decimals from their unscaled values. */
  static Generator decimals(LongSupplier values) {
    return column -> ((DecimalBuilder) column).appendUnscaled(values.getAsLong());
  }

  static Generator booleans(BooleanSupplier values) {
    return column -> ((BoolBuilder) column).append(values.getAsBoolean());
  }

  static Generator text(Supplier<String> values) {
    return column -> ((Utf8Builder) column).append(values.get());
  }

  static Generator binary(Supplier<byte[]> values) {
    return column -> ((BinaryBuilder) column).append(values.get());
  }

  static Generator vectors(int size, Generator item) {
    return column -> {
      FixedSizeListBuilder list = (FixedSizeListBuilder) column;
      for (int i = 0; i < size; i++) {
        item.append(list.elements());
      }
      list.appendList();
    };
  }

  static Generator lists(IntSupplier lengths, Generator item) {
    return column -> {
      ListBuilder list = (ListBuilder) column;
      for (int i = lengths.getAsInt(); i > 0; i--) {
        item.append(list.elements());
      }
      list.appendList();
    };
  }

  static Generator structs(Generator... children) {
    return column -> {
      StructBuilder struct = (StructBuilder) column;
      for (int i = 0; i < children.length; i++) {
        children[i].append(struct.column(i));
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
