package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The type that all JSON values of a place have: numbers, strings, booleans, objects or arrays.
 * Values of different kinds at one place stay JSON.
 */
final class JsonType {
  static final String JSON = "JSON";

  /** Objects with more members at one place hold data in their names, and become maps. */
  private static final int MOST_MEMBERS = 200;

  private static final int MOST_DEPTH = 200;

  private CsvType numbers = CsvType.EMPTY;
  private CsvType strings = CsvType.EMPTY;
  private boolean booleans;
  private long objects;
  private Map<String, JsonType> members;
  private JsonType items;
  private long arrays;
  private long itemCount;

  /** Takes note of the next value, and goes past it. */
  void read(JsonReader in) throws IOException {
    read(in, 0);
  }

  private void read(JsonReader in, int depth) throws IOException {
    if (depth > MOST_DEPTH) {
      throw new IOException("values are nested more than %d deep".formatted(MOST_DEPTH));
    }
    switch (in.peek()) {
      case NULL -> in.nextNull();
      case BOOLEAN -> {
        in.skipValue();
        booleans = true;
      }
      case NUMBER -> {
        String number = in.nextString();
        byte[] text = (number.equals("-0") ? "0" : number).getBytes(UTF_8);
        numbers = CsvType.of(numbers, CsvType.of(text, 0, text.length));
      }
      case STRING -> strings = CsvType.of(strings, ofString(in.nextString()));
      case BEGIN_ARRAY -> readArray(in, depth);
      default -> readObject(in, depth);
    }
  }

  private static CsvType ofString(String text) {
    byte[] bytes = text.length() > 40 ? new byte[0] : text.getBytes(UTF_8);
    CsvType type = CsvType.of(bytes, 0, bytes.length);
    return switch (type) {
      case DATE, TIME, TIMESTAMP, TIMESTAMP_NS, TIMESTAMPTZ -> type;
      default -> CsvType.TEXT;
    };
  }

  private void readArray(JsonReader in, int depth) throws IOException {
    arrays++;
    items = items == null ? new JsonType() : items;
    in.beginArray();
    while (in.hasNext()) {
      itemCount++;
      items.read(in, depth + 1);
    }
    in.endArray();
  }

  private void readObject(JsonReader in, int depth) throws IOException {
    objects++;
    members = members == null ? new LinkedHashMap<>() : members;
    in.beginObject();
    while (in.hasNext()) {
      String name = in.nextName();
      members.computeIfAbsent(name, _ -> new JsonType()).read(in, depth + 1);
    }
    in.endObject();
  }

  /** Adds the values of another place. */
  void add(JsonType other) {
    numbers = CsvType.of(numbers, other.numbers);
    strings = CsvType.of(strings, other.strings);
    booleans |= other.booleans;
    objects += other.objects;
    arrays += other.arrays;
    itemCount += other.itemCount;
    if (other.items != null) {
      items = items == null ? new JsonType() : items;
      items.add(other.items);
    }
    if (other.members != null) {
      members = members == null ? new LinkedHashMap<>() : members;
      other.members.forEach(
          (name, type) -> members.computeIfAbsent(name, _ -> new JsonType()).add(type));
    }
  }

  /** Returns the members of objects, or null if there is no object. */
  Map<String, JsonType> members() {
    return members;
  }

  /** Returns the type of the items of arrays, or null if there is no array. */
  JsonType items() {
    return items;
  }

  long arrays() {
    return arrays;
  }

  long itemCount() {
    return itemCount;
  }

  /** Returns whether all values, of which there is one at least, are objects. */
  boolean isOfObjects(long values) {
    return objects == values && values > 0;
  }

  /** Returns whether values of different kinds are at this place. */
  boolean isMixed() {
    int kinds = (numbers == CsvType.EMPTY ? 0 : 1) + (strings == CsvType.EMPTY ? 0 : 1);
    kinds += (booleans ? 1 : 0) + (members == null ? 0 : 1) + (items == null ? 0 : 1);
    return kinds > 1;
  }

  /** Returns whether numbers are here that no type of numbers holds as they are. */
  boolean hasTextOfNumbers() {
    return !isMixed() && numbers == CsvType.TEXT;
  }

  /**
   * Returns the type in DuckDB.
   *
   * @param path the path of the place, for messages
   * @throws IOException if names of an object differ in case alone
   */
  String sql(String path) throws IOException {
    if (isMixed()) {
      return JSON;
    }
    if (items != null) {
      return items.sql(path + "[]") + "[]";
    }
    if (members != null) {
      return members.size() > MOST_MEMBERS ? map(path) : struct(path);
    }
    if (booleans) {
      return "BOOLEAN";
    }
    return (numbers == CsvType.EMPTY ? strings : numbers).sql;
  }

  private String map(String path) throws IOException {
    JsonType values = new JsonType();
    members.values().forEach(values::add);
    return "MAP(VARCHAR, %s)".formatted(values.isMixed() ? JSON : values.sql(path + ".value"));
  }

  private String struct(String path) throws IOException {
    if (members.isEmpty()) {
      return JSON;
    }
    List<String> names = List.copyOf(members.keySet());
    List<String> distinct = ColumnNames.distinct(names);
    StringBuilder struct = new StringBuilder("STRUCT(");
    for (int i = 0; i < names.size(); i++) {
      String below = path + "." + names.get(i);
      if (!Objects.equals(names.get(i), distinct.get(i)) || names.get(i).isEmpty()) {
        throw new IOException(
            ("member '%s' has the name of another one but for its case, or none, which DuckDB"
                 + " cannot read; rename it in the input, or read it as JSON in a query with --sql")
                .formatted(ColumnNames.cut(below)));
      }
      struct.append(i == 0 ? "" : ", ").append(DuckDb.identifier(names.get(i))).append(' ');
      struct.append(members.get(names.get(i)).sql(below));
    }
    return struct.append(')').toString();
  }

  /** Returns the paths of places that become text or JSON since no other type fits their values. */
  void findUntyped(String path, List<String> found) {
    if (isMixed() || hasTextOfNumbers()) {
      found.add(path);
      return;
    }
    if (items != null) {
      items.findUntyped(path + "[]", found);
    }
    if (members != null) {
      members.forEach((name, type) -> type.findUntyped(path + "." + name, found));
    }
  }

  /** Whether a value may follow: JSON readers do not tell the end of text otherwise. */
  static boolean hasValue(JsonReader in) throws IOException {
    return in.peek() != JsonToken.END_DOCUMENT;
  }
}
