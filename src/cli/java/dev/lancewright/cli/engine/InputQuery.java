package dev.lancewright.cli.engine;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A query that reads all rows of some files, in the order in which the files were named. Files that
 * match a pattern are ordered by name.
 *
 * @param sql the query for {@link DuckDb#query}
 * @param files the files that it reads, which are unknown for a query written by the user
 * @param bytes the total size of the files
 * @param rows the total number of rows, as counted without the query, or -1 if it is unknown
 * @param lines the number of lines with rows, readable or not, if unreadable ones may be left out,
 *     or -1
 * @param note an explanation of how the rows were found if that may be surprising, or null
 */
public record InputQuery(
    String sql, List<String> files, long bytes, long rows, long lines, String note) {
  static final long UNKNOWN_ROWS = -1;
  private static final String STANDARD_INPUT = "-";
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://");
  private static final Pattern WILDCARD = Pattern.compile("[*?\\[]");

  public InputQuery {
    files = List.copyOf(files);
  }

  /**
   * Returns a query written by the user.
   *
   * @throws IOException if it is not one query that only reads, or invalid
   */
  public static InputQuery ofSql(DuckDb engine, String sql) throws IOException {
    engine.checkReads(sql);
    return new InputQuery(sql, List.of(), 0, UNKNOWN_ROWS, UNKNOWN_ROWS, null);
  }

  /**
   * Checks that all rows were read.
   *
   * @param read the number of rows that the query gave
   * @return a note on lines that were left out, as was asked for, or null
   * @throws IOException if rows were lost
   */
  public String checkRows(long read) throws IOException {
    if (lines >= 0) {
      return read == lines
          ? null
          : "%,d of %,d lines were left out (--ignore-errors)".formatted(lines - read, lines);
    }
    if (rows >= 0 && rows != read) {
      throw new IOException(
          "%s: there are %,d rows, but %,d were read; this should not happen: please report it"
              .formatted(String.join(", ", files), rows, read));
    }
    return null;
  }

  /** Does as {@link #of(DuckDb, List, ReadOptions)} for somebody who says nothing. */
  public static InputQuery of(DuckDb engine, List<String> inputs) throws IOException {
    return of(engine, inputs, ReadOptions.NONE);
  }

  /**
   * Finds files and the way to read them: {@code .parquet}, {@code .csv}, {@code .tsv}, {@code
   * .json}, {@code .ndjson} and {@code .jsonl}, all but the first also with {@code .gz} or {@code
   * .zst}.
   *
   * <p>All of a text file is looked at before DuckDB reads it: for its form, its types and the
   * number of its rows. Folders named {@code key=value} add a column.
   *
   * <p>If each file is a {@code .json} that holds a single object, and exactly one member of the
   * objects is an array of objects, such as {@code features} of a GeoJSON document, the rows are
   * the items of that array; the other members are omitted.
   *
   * @param inputs the inputs: paths, or patterns with {@code *}, {@code ?}, {@code [...]} and
   *     {@code **}. An existing path is taken literally, whatever characters it contains
   * @throws FileNotFoundException if there is no file for an input, which the message names
   * @throws IllegalArgumentException if there are no inputs, an input is a directory, an extension
   *     is not known, or the files are of several kinds
   * @throws IOException if DuckDB fails, for example since a file is not Parquet; the message is
   *     DuckDB's
   */
  public static InputQuery of(DuckDb engine, List<String> inputs, ReadOptions options)
      throws IOException {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("there are no input files");
    }
    List<String> files = new ArrayList<>();
    for (String input : inputs) {
      files.addAll(find(engine, input, options.inputFormat()));
    }
    FileKind kind = commonKind(files);
    if (kind.isDelimited()) {
      return CsvQuery.of(engine, files, kind, options);
    }
    String unfit = options.ofDelimitedText();
    if (unfit != null) {
      throw new IllegalArgumentException(
          "%s is for CSV, but '%s' is %s".formatted(unfit, files.getFirst(), kind));
    }
    if (kind == FileKind.JSON) {
      return JsonQuery.of(engine, files, options);
    }
    return ParquetQuery.of(engine, files, options);
  }

  static long bytes(List<String> files) throws IOException {
    long bytes = 0;
    for (String file : files) {
      bytes += Files.size(Path.of(file));
    }
    return bytes;
  }

  /** Returns whether a text may be a type of DuckDB, as {@link ReadOptions#types} has them. */
  public static boolean isType(String text) {
    return text.matches("[A-Za-z][A-Za-z0-9_ ]*(\\([0-9]+(, *[0-9]+)?\\))?(\\[[0-9]*\\])*");
  }

  /** Returns whether {@link #of} knows the extension of a file or pattern. */
  public static boolean isInputName(String file) {
    return FileKind.isKnown(file);
  }

  /**
   * Refuses what is elsewhere.
   *
   * @param what the role of the file, for messages
   * @throws IllegalArgumentException if a name has a scheme, such as {@code s3://}
   */
  public static void checkLocal(String what, String file) {
    if (SCHEME.matcher(file).lookingAt()) {
      throw new IllegalArgumentException(
          "%s '%s' is not a local file; %s"
              .formatted(
                  what,
                  ColumnNames.cut(file),
                  what.equals("input") ? "download it first" : "write a local one, and upload it"));
    }
  }

  private static List<String> find(DuckDb engine, String input, String format) throws IOException {
    checkLocal("input", input);
    boolean isUnnamed = format != null && !FileKind.isKnown(input) && exists(input);
    if (input.equals(STANDARD_INPUT) || isStream(input) || isUnnamed) {
      return List.of(keep(engine, input, format));
    }
    if (exists(input)) {
      if (Files.isDirectory(Path.of(input))) {
        throw new IllegalArgumentException(
            "input '%s' is a directory; name its files, for example '%s'"
                .formatted(input, Path.of(input) + "/*.parquet"));
      }
      return List.of(input);
    }
    List<String> files =
        engine.strings("SELECT file FROM glob(" + DuckDb.literal(input) + ") ORDER BY file");
    if (files.isEmpty()) {
      throw new FileNotFoundException(
          (WILDCARD.matcher(input).find()
                  ? "input '%s': no file matches the pattern"
                  : "input '%s': there is no such file")
              .formatted(input));
    }
    return files;
  }

  private static boolean isStream(String input) {
    return exists(input)
        && !Files.isRegularFile(Path.of(input))
        && !Files.isDirectory(Path.of(input));
  }

  /** Copies a stream, which can be read just once, to a temporary file. */
  private static String keep(DuckDb engine, String input, String format) throws IOException {
    if (format == null && !FileKind.isKnown(input)) {
      throw new IllegalArgumentException(
          "input '%s' has no extension that says what it is; pass --input-format, such as --input-format csv"
              .formatted(input));
    }
    String extension = format == null ? FileKind.of("input", input).extension() : format;
    Path copy = engine.temporaryFile(extension);
    try (InputStream in =
            input.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(input));
        OutputStream out = Files.newOutputStream(copy)) {
      in.transferTo(out);
    }
    return engine.name(copy, input.equals(STANDARD_INPUT) ? "standard input" : input);
  }

  private static boolean exists(String input) {
    try {
      return Files.exists(Path.of(input));
    } catch (InvalidPathException e) {
      // On Windows a pattern is not a valid path.
      return false;
    }
  }

  private static FileKind commonKind(List<String> files) {
    FileKind kind = FileKind.of("input", files.getFirst());
    for (String file : files) {
      if (FileKind.of("input", file) != kind) {
        throw new IllegalArgumentException(
            "input '%s' is %s, but '%s' is %s; all inputs must be of one kind"
                .formatted(files.getFirst(), kind, file, FileKind.of("input", file)));
      }
    }
    return kind;
  }

  /** Returns a pattern that matches only this file. */
  static String escape(String file) {
    // DuckDB interprets a leading ~ as the home folder.
    String exact = file.startsWith("~") ? Path.of(file).toAbsolutePath().toString() : file;
    String path = exact.replace(File.separatorChar, '/');
    if (!WILDCARD.matcher(path).find()) {
      return path;
    }
    if (path.indexOf('\\') >= 0) {
      throw new IllegalArgumentException(
          "input '%s': DuckDB cannot read a path with a backslash and one of * ? [; rename the file"
              .formatted(file));
    }
    return WILDCARD.matcher(path).replaceAll("[$0]");
  }
}
