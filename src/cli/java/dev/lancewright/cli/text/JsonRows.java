package dev.lancewright.cli.text;

import com.google.gson.stream.JsonWriter;
import dev.lancewright.column.Batch;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Prints rows as JSON objects, one per line. Numbers that most JSON readers would change are
 * strings: integers beyond 2^53, decimals of more than 15 digits, and floats that are not finite.
 */
public final class JsonRows implements RowPrinter {
  /** The maximum size up to which doubles hold all integers. */
  private static final BigInteger MOST = BigInteger.ONE.shiftLeft(53);

  /** The maximum number of digits of decimals that a double preserves. */
  private static final int DIGITS = 15;

  private final PrintWriter out;

  public JsonRows(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void print(Batch batch) {
    for (long row = 0; row < batch.rows(); row++) {
      long current = row;
      out.print(text(json -> writeObject(json, batch.schema().fields(), batch.columns(), current)));
      out.print('\n');
    }
  }

  @Override
  public void finish() {
    out.flush();
  }

  /** Returns a value as JSON text. */
  static String value(Column column, long row) {
    return text(json -> write(json, column, row));
  }

  private interface Writing {
    void to(JsonWriter json) throws IOException;
  }

  private static String text(Writing writing) {
    StringWriter text = new StringWriter();
    try {
      JsonWriter json = new JsonWriter(text);
      writing.to(json);
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a string cannot be written to", e);
    }
    return text.toString();
  }

  private static void write(JsonWriter json, Column column, long row) throws IOException {
    if (column.isNull(row)) {
      json.nullValue();
      return;
    }
    switch (column) {
      case BoolColumn bool -> json.value(bool.values().get(row));
      case FixedWidthColumn fixed when isNumber(fixed, row) ->
          json.jsonValue(ValueText.of(fixed, row));
      case DictionaryColumn dictionary -> write(json, dictionary.values(), dictionary.index(row));
      case StructColumn struct ->
          writeObject(json, struct.type().children(), struct.children(), row);
      case FixedSizeListColumn list -> {
        long size = list.type().size();
        writeArray(json, list.items(), row * size, (row + 1) * size);
      }
      case ListColumn list when list.type() instanceof DataType.MapOf -> writeMap(json, list, row);
      case ListColumn list ->
          writeArray(json, list.items(), list.offset(row), list.offset(row + 1));
      default -> json.value(ValueText.of(column, row));
    }
  }

  private static boolean isNumber(FixedWidthColumn column, long row) {
    return switch (column.type()) {
      case DataType.Int type ->
          type.bitWidth() < Long.SIZE
              || ValueText.integer(column, type, row).abs().compareTo(MOST) <= 0;
      case DataType.FloatingPoint _ -> Double.isFinite(ValueText.toDouble(column, row));
      case DataType.Decimal _ -> isShort(ValueText.decimal(column, row));
      default -> false;
    };
  }

  private static boolean isShort(BigDecimal decimal) {
    return Math.max(decimal.precision(), decimal.scale()) <= DIGITS && decimal.scale() >= 0;
  }

  private static void writeObject(
      JsonWriter json, List<Field> fields, List<Column> columns, long row) throws IOException {
    json.beginObject();
    for (int i = 0; i < columns.size(); i++) {
      json.name(fields.get(i).name());
      write(json, columns.get(i), row);
    }
    json.endObject();
  }

  private static void writeArray(JsonWriter json, Column items, long from, long to)
      throws IOException {
    json.beginArray();
    for (long i = from; i < to; i++) {
      write(json, items, i);
    }
    json.endArray();
  }

  /** Writes a map as an object, with the text of the keys. */
  private static void writeMap(JsonWriter json, ListColumn map, long row) throws IOException {
    List<Column> entries = ((StructColumn) map.items()).children();
    json.beginObject();
    for (long i = map.offset(row); i < map.offset(row + 1); i++) {
      json.name(ValueText.of(entries.getFirst(), i));
      write(json, entries.getLast(), i);
    }
    json.endObject();
  }
}
