package dev.lancewright.testing;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.BoolBuilder;
import dev.lancewright.builder.ColumnBuilder;
import dev.lancewright.builder.DictionaryBuilder;
import dev.lancewright.builder.FixedSizeListBuilder;
import dev.lancewright.builder.FixedWidthBuilder;
import dev.lancewright.builder.ListBuilder;
import dev.lancewright.builder.NullBuilder;
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

  /** The rows appended, until {@link #close}. */
  public Batch batch() {
    return builder.build();
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
    if (value == null) {
      target.appendNull();
      return;
    }
    switch (target) {
      case NullBuilder nothing -> nothing.appendNull();
      case BoolBuilder bool -> bool.append((boolean) value);
      case FixedWidthBuilder fixed ->
          fixed.appendBytes(bytes(value, ((DataType.FixedWidth) fixed.field().type()).byteWidth()));
      case VariableWidthBuilder text -> text.append(bytes(value, 0));
      case FixedSizeListBuilder list -> {
        ((List<?>) value).forEach(item -> append(list.items(), item));
        list.appendList();
      }
      case ListBuilder list -> {
        ((List<?>) value).forEach(item -> append(list.items(), item));
        list.appendList();
      }
      case StructBuilder struct -> {
        List<?> children = (List<?>) value;
        for (int i = 0; i < children.size(); i++) {
          append(struct.child(i), children.get(i));
        }
        struct.appendStruct();
      }
      case DictionaryBuilder dictionary -> {
        Map<Object, Long> known = indices.computeIfAbsent(dictionary, _ -> new HashMap<>());
        if (!known.containsKey(value)) {
          known.put(value, dictionary.dictionary().length());
          append(dictionary.dictionary(), value);
        }
        dictionary.append(known.get(value));
      }
    }
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
