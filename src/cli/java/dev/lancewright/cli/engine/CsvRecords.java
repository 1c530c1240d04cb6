package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits delimited text into records and fields, as RFC 4180 says and DuckDB does: quotes within
 * quotes are doubled, spaces around quotes do not count, and lines end with {@code \n}, {@code
 * \r\n} or {@code \r}. It counts what DuckDB is to read, so that nothing is lost unnoticed.
 */
final class CsvRecords implements AutoCloseable {
  private static final int FIRST_BUFFER = 1 << 16;
  private static final int LARGEST_RECORD = Integer.MAX_VALUE - 16;
  private static final int NO_QUOTE = -2;

  private final InputStream in;
  private final byte[] delimiter;
  private final int quote;

  private byte[] buffer = new byte[FIRST_BUFFER];
  private int position;
  private int limit;
  private boolean ended;

  private int start;
  private int fields;
  private int[] bounds = new int[64];
  private boolean[] quoted = new boolean[32];
  private String fault;
  private long line = 1;
  private long firstLine;
  private long longest;
  private int lineEnds;

  /**
   * Creates a splitter.
   *
   * @param in UTF-8 text, which this closes; a byte order mark is left out
   * @param quote the character around quoted fields, or an empty string
   */
  CsvRecords(InputStream in, String delimiter, String quote) throws IOException {
    this.in = in;
    this.delimiter = delimiter.getBytes(UTF_8);
    this.quote = quote.isEmpty() ? NO_QUOTE : quote.charAt(0);
    skipByteOrderMark();
  }

  private void skipByteOrderMark() throws IOException {
    if (peek() == 0xEF && peekAt(1) == 0xBB && peekAt(2) == 0xBF) {
      position += 3;
    }
  }

  /** Skips lines, whatever they hold. */
  void skipLines(int count) throws IOException {
    for (int i = 0; i < count && peek() >= 0; i++) {
      start = position;
      for (int c = peek(); c >= 0 && !isLineEnd(c); c = peek()) {
        position++;
      }
      endLine();
    }
  }

  /** Goes to the next record; returns false at the end. */
  boolean next() throws IOException {
    start = position;
    fields = 0;
    fault = null;
    firstLine = line;
    if (peek() < 0) {
      return false;
    }
    field();
    while (isDelimiter()) {
      position += delimiter.length;
      field();
    }
    longest = Math.max(longest, position - start);
    endLine();
    return true;
  }

  private void field() throws IOException {
    int from = position - start;
    boolean inQuotes = skipToQuote();
    int first = position - start;
    if (inQuotes) {
      quotedField();
    } else {
      unquotedField();
      first = from;
    }
    add(first, position - start, inQuotes);
    if (inQuotes) {
      afterQuote();
    }
  }

  /** Skips spaces if a quote follows them; returns whether one does. */
  private boolean skipToQuote() throws IOException {
    int spaces = 0;
    while (peekAt(spaces) == ' ') {
      spaces++;
    }
    if (peekAt(spaces) != quote) {
      return false;
    }
    position += spaces;
    return true;
  }

  private void unquotedField() throws IOException {
    for (int c = peek(); c >= 0 && !isLineEnd(c) && !isDelimiter(); c = peek()) {
      position++;
    }
  }

  /** Reads up to and including the closing quote. */
  private void quotedField() throws IOException {
    position++;
    for (int c = peek(); ; c = peek()) {
      if (c < 0) {
        fault = "has a quote that nothing closes";
        return;
      }
      position++;
      if (c == '\n' || (c == '\r' && peek() != '\n')) {
        line++;
      } else if (c == quote) {
        if (peek() != quote) {
          return;
        }
        position++;
      }
    }
  }

  private void afterQuote() throws IOException {
    while (peek() == ' ' && !isDelimiter()) {
      position++;
    }
    int c = peek();
    if (c >= 0 && !isLineEnd(c) && !isDelimiter()) {
      fault = "has text after a closing quote";
      unquotedField();
    }
  }

  private void add(int from, int to, boolean inQuotes) {
    if (fields == quoted.length) {
      quoted = Arrays.copyOf(quoted, 2 * fields);
      bounds = Arrays.copyOf(bounds, 4 * fields);
    }
    bounds[2 * fields] = from;
    bounds[2 * fields + 1] = to;
    quoted[fields] = inQuotes;
    fields++;
  }

  private static boolean isLineEnd(int c) {
    return c == '\n' || c == '\r';
  }

  private boolean isDelimiter() throws IOException {
    for (int i = 0; i < delimiter.length; i++) {
      if (peekAt(i) != (delimiter[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private void endLine() throws IOException {
    int c = peek();
    if (c < 0) {
      return;
    }
    position++;
    line++;
    boolean both = c == '\r' && peek() == '\n';
    if (both) {
      position++;
    }
    lineEnds |= both ? 4 : c == '\r' ? 2 : 1;
  }

  private int peek() throws IOException {
    return position < limit || fill(1) ? buffer[position] & 0xFF : -1;
  }

  private int peekAt(int offset) throws IOException {
    return position + offset < limit || fill(offset + 1) ? buffer[position + offset] & 0xFF : -1;
  }

  /** Reads until the buffer has so many bytes from the position on, if there are so many. */
  private boolean fill(int bytes) throws IOException {
    while (!ended && limit - position < bytes) {
      if (limit == buffer.length) {
        makeRoom();
      }
      int read = in.read(buffer, limit, buffer.length - limit);
      ended = read < 0;
      limit += Math.max(read, 0);
    }
    return limit - position >= bytes;
  }

  private void makeRoom() throws IOException {
    if (start >= buffer.length / 2) {
      System.arraycopy(buffer, start, buffer, 0, limit - start);
    } else if (buffer.length == LARGEST_RECORD) {
      throw new IOException(
          "line %d: the record takes more than 2 GiB; is a quote not closed?".formatted(firstLine));
    } else {
      byte[] larger = new byte[(int) Math.min(2L * buffer.length, LARGEST_RECORD)];
      System.arraycopy(buffer, start, larger, 0, limit - start);
      buffer = larger;
    }
    position -= start;
    limit -= start;
    start = 0;
  }

  /** Returns the number of fields of the record. */
  int fields() {
    return fields;
  }

  /** Returns the number of the record's first line, from 1. */
  long line() {
    return firstLine;
  }

  /** Returns what is wrong with the record's quotes, as in "has ...", or null. */
  String fault() {
    return fault;
  }

  /** Returns whether the record is an empty line. */
  boolean isEmptyLine() {
    return fields == 1 && !quoted[0] && bounds[0] == bounds[1];
  }

  boolean isQuoted(int field) {
    return quoted[field];
  }

  /** Returns the bytes that hold the record, valid until the next one. */
  byte[] bytes() {
    return buffer;
  }

  /** Returns where a field begins in {@link #bytes}, without its quotes. */
  int from(int field) {
    return start + bounds[2 * field] + (quoted[field] ? 1 : 0);
  }

  /** Returns where a field ends in {@link #bytes}, without its quotes. */
  int to(int field) {
    int from = from(field);
    int to = start + bounds[2 * field + 1];
    return quoted[field] && to > from && buffer[to - 1] == quote ? to - 1 : to;
  }

  /** Returns the text of a field. */
  String text(int field) {
    String text = new String(buffer, from(field), to(field) - from(field), UTF_8);
    String one = Character.toString(Math.max(quote, 0));
    return quoted[field] ? text.replace(one + one, one) : text;
  }

  /** Returns the beginning of the record as it is in the file, for messages. */
  String beginning(int characters) {
    int end = start + (fields == 0 ? 0 : bounds[2 * fields - 1]);
    int bytes = Math.min(end - start, 4 * characters);
    String text = new String(buffer, start, bytes, UTF_8).replaceAll("\\R", " ");
    return text.length() > characters || bytes < end - start
        ? text.substring(0, Math.min(text.length(), characters)) + "..."
        : text;
  }

  /** Returns the number of bytes of the longest record so far. */
  long longest() {
    return longest;
  }

  /** Returns whether lines ended in different ways so far. */
  boolean hasMixedLineEnds() {
    return Integer.bitCount(lineEnds) > 1;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
