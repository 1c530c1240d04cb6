package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Looks at all of a file of delimited text before DuckDB reads it, so that what is guessed about it
 * holds for each line, and what cannot be read is refused by line. Its count of the rows is what
 * DuckDB's rows are checked against.
 */
final class CsvScan {
  private static final String DEFAULT_QUOTE = "\"";

  private final TextFile text;
  private final ReadOptions options;
  private final String delimiter;
  private final String quote;
  private final Set<String> nulls;
  private final CharsetDecoder decoder = UTF_8.newDecoder();

  private List<String> first;
  private List<CsvType> firstTypes;
  private long firstLine;
  private int width;
  private CsvType[] types = {};
  private long records;
  private long faulty;
  private long emptyLines;

  private CsvScan(TextFile text, FileKind kind, ReadOptions options) throws IOException {
    this.text = text;
    this.options = options;
    nulls = Set.copyOf(options.nulls());
    quote = options.quote() == null ? DEFAULT_QUOTE : options.quote();
    delimiter =
        options.delimiter() != null
            ? options.delimiter()
            : kind == FileKind.TSV ? "\t" : CsvDelimiter.of(text, quote, options.skipLines());
  }

  /**
   * Looks at a file.
   *
   * @throws IOException if the file is empty, or a line is not like the others; the message names
   *     the line and the options that help
   */
  static CsvFile of(TextFile text, FileKind kind, ReadOptions options) throws IOException {
    CsvScan scan = new CsvScan(text, kind, options);
    try (CsvRecords records = new CsvRecords(text.open(), scan.delimiter, scan.quote)) {
      return scan.read(records);
    }
  }

  private CsvFile read(CsvRecords in) throws IOException {
    in.skipLines(options.skipLines());
    int leading = readFirst(in);
    while (in.next()) {
      if (width > 1 && in.isEmptyLine()) {
        emptyLines++;
      } else if (isReadable(in)) {
        records++;
        readTypes(in);
      }
    }
    boolean header = options.header() == null ? guessHeader() : options.header();
    if (!header) {
      records++;
      for (int i = 0; i < first.size(); i++) {
        types[i] = CsvType.of(types[i], firstTypes.get(i));
      }
    }
    return new CsvFile(
        text,
        delimiter,
        quote,
        header,
        options.skipLines() + leading,
        names(header),
        List.of(types),
        records,
        faulty,
        emptyLines,
        in.longest(),
        in.hasMixedLineEnds());
  }

  /** Reads the first record; returns the number of empty lines before it. */
  private int readFirst(CsvRecords in) throws IOException {
    int leading = 0;
    do {
      if (!in.next()) {
        throw new IOException(
            "%s: there is no header and no row%s"
                .formatted(
                    text.name(),
                    options.skipLines() > 0 ? " after the lines to skip" : ": the file is empty"));
      }
      leading++;
    } while (in.isEmptyLine());
    if (in.fault() != null) {
      throw refused(in, in.fault());
    }
    firstLine = in.line();
    width = in.fields();
    types = new CsvType[width];
    firstTypes = new ArrayList<>();
    first = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      checkEncoding(in, i);
      types[i] = CsvType.EMPTY;
      first.add(in.text(i));
      firstTypes.add(type(in, i));
    }
    return leading - 1;
  }

  private boolean isReadable(CsvRecords in) throws IOException {
    int fields = in.fields();
    String fault = in.fault();
    if (fault == null && options.padLines()) {
      widen(fields);
    } else if (fault == null && fields != width) {
      fault =
          "has %s, but line %d has %d (delimiter '%s')"
              .formatted(
                  fields == 1 ? "1 field" : fields + " fields",
                  firstLine,
                  width,
                  CsvDelimiter.shown(delimiter));
    }
    if (fault == null) {
      return true;
    }
    if (!options.ignoreErrors()) {
      throw refused(in, fault);
    }
    faulty++;
    return false;
  }

  private IOException refused(CsvRecords in, String fault) {
    String remedy =
        in.fault() != null
            ? "--quote if quotes are others or none, --ignore-errors to leave such lines out"
            : "--skip-lines N if the header is further down, --delimiter if it is another,"
                + " --pad-lines to fill short lines with nulls, --ignore-errors to leave such lines"
                + " out";
    return new IOException(
        "%s: line %d %s: %s; pass %s"
            .formatted(text.name(), in.line(), fault, in.beginning(60), remedy));
  }

  private void widen(int fields) {
    if (fields > width) {
      CsvType[] wider = new CsvType[fields];
      System.arraycopy(types, 0, wider, 0, width);
      Arrays.fill(wider, width, fields, CsvType.EMPTY);
      types = wider;
      width = fields;
    }
  }

  private void readTypes(CsvRecords in) throws IOException {
    for (int i = 0; i < in.fields(); i++) {
      if (types[i] != CsvType.TEXT) {
        types[i] = CsvType.of(types[i], type(in, i));
      }
      if (types[i] == CsvType.TEXT) {
        checkEncoding(in, i);
      }
    }
  }

  private CsvType type(CsvRecords in, int field) {
    int from = in.from(field);
    int to = in.to(field);
    if (from == to && !in.isQuoted(field)) {
      return CsvType.EMPTY;
    }
    if (!nulls.isEmpty()
        && (!in.isQuoted(field) || nulls.contains(""))
        && nulls.contains(in.text(field))) {
      return CsvType.EMPTY;
    }
    return CsvType.of(in.bytes(), from, to);
  }

  private void checkEncoding(CsvRecords in, int field) throws IOException {
    byte[] bytes = in.bytes();
    int to = in.to(field);
    for (int i = in.from(field); i < to; i++) {
      if (bytes[i] < 0) {
        try {
          decoder.decode(ByteBuffer.wrap(bytes, i, to - i));
        } catch (CharacterCodingException e) {
          throw new IOException(
              ("%s: line %d, field %d is not UTF-8: '%s'; name the encoding of the file, such as"
                      + " --encoding windows-1252")
                  .formatted(text.name(), in.line(), field + 1, ColumnNames.cut(in.text(field))),
              e);
        }
        return;
      }
    }
  }

  /**
   * Tells whether the first record has the names: all its fields are words, or one is a word where
   * all others are numbers or times.
   */
  private boolean guessHeader() throws IOException {
    int value = -1;
    boolean isSure = false;
    for (int i = 0; i < first.size(); i++) {
      CsvType here = firstTypes.get(i);
      if (here == CsvType.TEXT) {
        isSure |= types[i] != CsvType.TEXT && types[i] != CsvType.EMPTY;
      } else if (here != CsvType.EMPTY && here != CsvType.NOT_FINITE) {
        value = value < 0 ? i : value;
      }
    }
    if (value >= 0 && !isSure) {
      throw new IOException(
          ("%s: line %d may have the names of the columns or be a row, since '%s' is a value; pass"
                  + " --header or --no-header")
              .formatted(text.name(), firstLine, ColumnNames.cut(first.get(value))));
    }
    return true;
  }

  private List<String> names(boolean header) {
    List<String> names = new ArrayList<>(header ? first : List.of());
    for (int i = names.size(); i < width; i++) {
      names.add("column" + i);
    }
    return names;
  }
}
