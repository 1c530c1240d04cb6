package dev.lancewright.testing;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.BoolBuilder;
import dev.lancewright.builder.ByteBuilder;
import dev.lancewright.builder.ColumnBuilder;
import dev.lancewright.builder.DecimalBuilder;
import dev.lancewright.builder.DictionaryBuilder;
import dev.lancewright.builder.DoubleBuilder;
import dev.lancewright.builder.FixedSizeBinaryBuilder;
import dev.lancewright.builder.FixedSizeListBuilder;
import dev.lancewright.builder.Float16Builder;
import dev.lancewright.builder.FloatBuilder;
import dev.lancewright.builder.IntBuilder;
import dev.lancewright.builder.ListBuilder;
import dev.lancewright.builder.LongBuilder;
import dev.lancewright.builder.MapBuilder;
import dev.lancewright.builder.NullBuilder;
import dev.lancewright.builder.ShortBuilder;
import dev.lancewright.builder.StructBuilder;
import dev.lancewright.builder.VariableWidthBuilder;
import dev.lancewright.column.Batch;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Rows of any type as plain objects, apart from the memory they lie in: null, {@link Boolean},
 * {@link ByteBuffer} for all other values, {@link List} for lists, maps and structs. Columns built
 * of them are compact: nothing lies beneath nulls, and dictionaries have each value once.
 */
public final class Rows implements AutoCloseable {
  private final BatchBuilder builder;
  private final IdentityHashMap<DictionaryBuilder, Map<Object, Long>> indices =
      new IdentityHashMap<>();
  private final int columns;

  /** What was built of the rows; null until it is asked for. */
  private Batch built;

  public Rows(Schema schema) {
    builder = new BatchBuilder(schema);
    columns = schema.fields().size();
  }

  /** Rows of one column. */
  public static Rows of(Field field, Object... values) {
    Rows rows = new Rows(Schema.of(field));
    for (Object value : values) {
      rows.append(rows.builder.column(0), value);
    }
    return rows;
  }

  /** A list that may hold nulls. */
  public static List<Object> list(Object... items) {
    return Arrays.asList(items);
  }

  /** Appends row {@code row} of each column of a batch. */
  public void append(Batch batch, long row) {
    for (int i = 0; i < columns; i++) {
      append(builder.column(i), value(batch.columns().get(i), row));
    }
  }

  /** Appends a row: a value for each column. */
  public void appendRow(Object... values) {
    for (int i = 0; i < columns; i++) {
      append(builder.column(i), values[i]);
    }
  }

  /** The rows appended, until {@link #close}; from then on none are appended. */
  public Batch batch() {
    if (built == null) {
      built = builder.build();
    }
    return built;
  }

  /** The first column. */
  public Column column() {
    return batch().columns().getFirst();
  }

  @Override
  public void close() {
    builder.close();
  }

  /** What a reader may see of a row. */
  public static Object value(Column column, long row) {
    if (column.isNull(row)) {
      return null;
    }
    return switch (column) {
      case NullColumn _ -> null;
      case BoolColumn bool -> bool.values().get(row);
      case FixedWidthColumn fixed ->
          bytes(fixed.values(), row * fixed.type().byteWidth(), fixed.type().byteWidth());
      case VariableWidthColumn text ->
          bytes(text.data(), text.offset(row), text.offset(row + 1) - text.offset(row));
      case FixedSizeListColumn list ->
          values(list.items(), row * list.type().size(), (row + 1) * list.type().size());
      case ListColumn list -> values(list.items(), list.offset(row), list.offset(row + 1));
      case DictionaryColumn dictionary -> value(dictionary.values(), dictionary.index(row));
      case StructColumn struct -> {
        List<Object> children = new ArrayList<>();
        struct.children().forEach(child -> children.add(value(child, row)));
        yield children;
      }
    };
  }

  private static List<Object> values(Column items, long from, long to) {
    List<Object> values = new ArrayList<>();
    LongStream.range(from, to).forEach(i -> values.add(value(items, i)));
    return values;
  }

  private static ByteBuffer bytes(MemorySegment segment, long from, long count) {
    return ByteBuffer.wrap(segment.asSlice(from, count).toArray(ValueLayout.JAVA_BYTE));
  }

  private void append(ColumnBuilder target, Object value) {
    if (built != null) {
      throw new IllegalStateException("the batch is built");
    }
    if (value == null) {
      target.appendNull();
      return;
    }
    switch (target) {
      case NullBuilder nothing -> nothing.appendNull();
      case BoolBuilder bool -> bool.append((boolean) value);
      case ByteBuilder numbers -> numbers.append(littleEndian(value, 1).get());
      case ShortBuilder numbers -> numbers.append(littleEndian(value, 2).getShort());
      case IntBuilder numbers -> numbers.append(littleEndian(value, 4).getInt());
      case LongBuilder numbers -> numbers.append(littleEndian(value, 8).getLong());
      case Float16Builder numbers -> numbers.appendBits(littleEndian(value, 2).getShort());
      case FloatBuilder numbers -> numbers.append(littleEndian(value, 4).getFloat());
      case DoubleBuilder numbers -> numbers.append(littleEndian(value, 8).getDouble());
      case DecimalBuilder decimals -> decimals.appendBytes(bytes(value, width(decimals)));
      case FixedSizeBinaryBuilder binaries -> binaries.append(bytes(value, width(binaries)));
      case VariableWidthBuilder text -> text.append(bytes(value, 0));
      case FixedSizeListBuilder list -> {
        ((List<?>) value).forEach(item -> append(list.elements(), item));
        list.appendList();
      }
      case ListBuilder list -> {
        ((List<?>) value).forEach(item -> append(list.elements(), item));
        list.appendList();
      }
      case MapBuilder map -> {
        for (Object entry : (List<?>) value) {
          append(map.column(0), ((List<?>) entry).get(0));
          append(map.column(1), ((List<?>) entry).get(1));
        }
        map.appendMap();
      }
      case StructBuilder struct -> {
        List<?> children = (List<?>) value;
        for (int i = 0; i < children.size(); i++) {
          append(struct.column(i), children.get(i));
        }
        struct.appendStruct();
      }
      case DictionaryBuilder dictionary -> {
        Map<Object, Long> known = indices.computeIfAbsent(dictionary, _ -> new HashMap<>());
        if (!known.containsKey(value)) {
          known.put(value, dictionary.elements().length());
          append(dictionary.elements(), value);
        }
        dictionary.append(known.get(value));
      }
    }
  }

  private static int width(ColumnBuilder fixed) {
    return ((DataType.FixedWidth) fixed.field().type()).byteWidth();
  }

  private static ByteBuffer littleEndian(Object value, int width) {
    return ByteBuffer.wrap(bytes(value, width)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Whole numbers may be written as such, and text as strings. */
  private static byte[] bytes(Object value, int width) {
    return switch (value) {
      case ByteBuffer buffer -> {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        yield bytes;
      }
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      case Number number -> {
        Bytes bytes = new Bytes(width);
        bytes.appendNumber(number.longValue(), width);
        yield bytes.toArray();
      }
      default -> throw new IllegalArgumentException(value.getClass() + " is no value");
    };
  }
}
