package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is in a file of JSON, after all of it was looked at.
 *
 * @param text the text, or a copy of its rows
 * @param format how DuckDB calls the form of the text
 * @param type the type of the rows
 * @param rows the number of rows
 * @param longest a bound on the number of bytes of a value that is not the item of an array
 * @param rowsOf the member whose items are the rows, or null
 * @param leftOut the members beside it
 */
record JsonFile(
    TextFile text,
    String format,
    JsonType type,
    long rows,
    long longest,
    String rowsOf,
    List<String> leftOut) {
  private static final String ARRAY = "array";

  /** What readers may have read ahead when a value ends. */
  private static final int READ_AHEAD = 1 << 16;

  JsonFile {
    leftOut = List.copyOf(leftOut);
  }

  /** Counts the bytes and lines that were read. */
  private static final class Counter extends FilterInputStream {
    private long bytes;
    private long lines;
    private boolean inLine;

    Counter(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int read = super.read(target, from, length);
      for (int i = from; i < from + read; i++) {
        if (target[i] == '\n') {
          inLine = false;
        } else if (!inLine && target[i] > ' ') {
          inLine = true;
          lines++;
        }
      }
      bytes += Math.max(0, read);
      return read;
    }
  }

  /**
   * Looks at a file.
   *
   * @throws IOException if the file has no rows, or is not JSON
   */
  static JsonFile of(TextFile text) throws IOException {
    JsonType all = new JsonType();
    long values = 0;
    long longest = 0;
    try (Counter counter = new Counter(text.open());
        JsonReader in = reader(counter)) {
      while (hasNext(in)) {
        long before = counter.bytes;
        all.read(in);
        values++;
        longest = Math.max(longest, counter.bytes - before);
      }
      if (values == 0) {
        throw new IOException("there is no row: the file is empty");
      }
      boolean isLines = counter.lines == values;
      JsonFile file =
          new JsonFile(
              text,
              isLines ? "newline_delimited" : "unstructured",
              all,
              values,
              longest + READ_AHEAD,
              null,
              List.of());
      return values == 1 && all.arrays() == 1 ? file.ofItems() : file;
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s: the text is not UTF-8; name its encoding with --encoding".formatted(text.name()), e);
    } catch (MalformedJsonException | EOFException e) {
      throw new IOException(
          "%s: value %d is not JSON: %s"
              .formatted(text.name(), values + 1, e.getMessage().replaceAll("\\n.*", "")),
          e);
    } catch (IOException e) {
      throw e.getMessage() != null && e.getMessage().startsWith(text.name())
          ? e
          : new IOException(text.name() + ": " + e.getMessage(), e);
    }
  }

  private static boolean hasNext(JsonReader in) throws IOException {
    try {
      return JsonType.hasValue(in);
    } catch (EOFException e) {
      return false; // There was no value at all.
    }
  }

  private static JsonReader reader(InputStream in) {
    JsonReader reader =
        new JsonReader(
            new BufferedReader(
                new InputStreamReader(
                    in, UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT))));
    reader.setStrictness(Strictness.LENIENT); // It allows several values; DuckDB is strict.
    return reader;
  }

  private JsonFile ofItems() throws IOException {
    if (type.itemCount() == 0) {
      throw new IOException("there is no row: the array is empty");
    }
    return new JsonFile(text, ARRAY, type.items(), type.itemCount(), longest, null, List.of());
  }

  /** Returns the only member of the only object that is an array of objects, or null. */
  String wrapped() {
    if (rows != 1
        || format.equals(ARRAY)
        || !type.isOfObjects(1)
        || !FileKind.isDocument(text.path())) {
      return null;
    }
    List<String> arrays = new ArrayList<>();
    for (Map.Entry<String, JsonType> member : type.members().entrySet()) {
      JsonType items = member.getValue().items();
      if (items != null && items.isOfObjects(member.getValue().itemCount())) {
        arrays.add(member.getKey());
      }
    }
    return arrays.size() == 1 ? arrays.getFirst() : null;
  }

  /**
   * Copies the items of the {@link #wrapped} member to a file with a row in each line, so that
   * DuckDB need not hold all of them at once.
   */
  JsonFile unwrapped(DuckDb engine) throws IOException {
    String member = wrapped();
    JsonType items = type.members().get(member).items();
    List<String> others = new ArrayList<>(type.members().keySet());
    others.remove(member);
    Path copy = engine.temporaryFile(".ndjson");
    long size = 0;
    try (JsonReader in = reader(text.open());
        Writer out = Files.newBufferedWriter(copy)) {
      in.beginObject();
      while (in.hasNext()) {
        if (!in.nextName().equals(member)) {
          in.skipValue();
          continue;
        }
        in.beginArray();
        while (in.hasNext()) {
          StringBuilderWriter line = new StringBuilderWriter();
          copy(in, new JsonWriter(line));
          out.append(line.text).append('\n');
          size = Math.max(size, 3L * line.text.length());
        }
        in.endArray();
      }
    }
    return new JsonFile(
        new TextFile(text.name(), engine.name(copy, text.name())),
        "newline_delimited",
        items,
        type.members().get(member).itemCount(),
        size + READ_AHEAD,
        member,
        others);
  }

  private static final class StringBuilderWriter extends Writer {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void write(char[] buffer, int from, int length) {
      text.append(buffer, from, length);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static void copy(JsonReader in, JsonWriter out) throws IOException {
    int depth = 0;
    do {
      JsonToken token = in.peek();
      switch (token) {
        case BEGIN_ARRAY -> {
          in.beginArray();
          out.beginArray();
          depth++;
        }
        case END_ARRAY -> {
          in.endArray();
          out.endArray();
          depth--;
        }
        case BEGIN_OBJECT -> {
          in.beginObject();
          out.beginObject();
          depth++;
        }
        case END_OBJECT -> {
          in.endObject();
          out.endObject();
          depth--;
        }
        case NAME -> out.name(in.nextName());
        case STRING -> out.value(in.nextString());
        case NUMBER -> out.jsonValue(in.nextString());
        case BOOLEAN -> out.value(in.nextBoolean());
        default -> {
          in.nextNull();
          out.nullValue();
        }
      }
    } while (depth > 0);
    out.flush();
  }
}
