package dev.lancewright.cli.engine;

import java.util.List;

/**
 * What is in a file of delimited text, after all of it was looked at.
 *
 * @param skipLines the number of lines before the header or the first row
 * @param names the names of the columns as they are in the file
 * @param types the types that all rows have
 * @param records the number of rows
 * @param faulty the number of records that cannot be read, which are not in {@code records}
 * @param emptyLines the number of empty lines between rows of several columns, which are no rows
 * @param longest the number of bytes of the longest record
 * @param mixedLineEnds whether lines end in different ways
 */
record CsvFile(
    TextFile text,
    String delimiter,
    String quote,
    boolean header,
    int skipLines,
    List<String> names,
    List<CsvType> types,
    long records,
    long faulty,
    long emptyLines,
    long longest,
    boolean mixedLineEnds) {
  CsvFile {
    names = List.copyOf(names);
    types = List.copyOf(types);
  }

  /** Returns whether DuckDB reads another file with the same arguments, but for types. */
  boolean isLike(CsvFile other) {
    return delimiter.equals(other.delimiter)
        && quote.equals(other.quote)
        && header == other.header
        && skipLines == other.skipLines
        && mixedLineEnds == other.mixedLineEnds
        && names.equals(other.names);
  }
}
