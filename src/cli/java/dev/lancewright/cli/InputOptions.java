package dev.lancewright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.InputQuery;
import dev.lancewright.cli.engine.ReadOptions;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of commands that read inputs. */
final class InputOptions {
  private final ReadOptions.Builder options = ReadOptions.builder();

  @Option(
      names = "--delimiter",
      paramLabel = "TEXT",
      description = {
        "CSV: the text between two fields, such as ';' or '\\t'. Default: the one of , ; tab and |"
            + " that splits all lines evenly; a tab in .tsv files."
      })
  void delimiter(String text) {
    String delimiter = text.replace("\\t", "\t");
    int bytes = delimiter.getBytes(UTF_8).length;
    if (bytes == 0 || bytes > 4 || delimiter.matches(".*[\\r\\n\"].*")) {
      throw new TypeConversionException(
          "'" + text + "' is not a delimiter of 1 to 4 bytes, such as ';' or '\\t'");
    }
    options.delimiter = delimiter;
  }

  @Option(
      names = "--quote",
      paramLabel = "CHARACTER",
      description =
          "CSV: the character around fields, doubled within them, or none. Default: double quotes.")
  void quote(String text) {
    String quote = text.equals("none") ? "" : text;
    if (quote.length() > 1
        || (!quote.isEmpty() && (quote.charAt(0) < ' ' || quote.charAt(0) > '~'))) {
      throw new TypeConversionException("'" + text + "' is neither one ASCII character nor 'none'");
    }
    options.quote = quote;
  }

  @Option(
      names = "--header",
      negatable = true,
      description =
          "CSV: whether the first line has the names of the columns. Default: if it has words, but"
              + " no values.")
  void header(boolean header) {
    options.header = header;
  }

  @Option(
      names = "--skip-lines",
      paramLabel = "N",
      description = "CSV: leave out this many lines before the header.")
  void skipLines(int lines) {
    if (lines < 0) {
      throw new TypeConversionException("'" + lines + "' is less than 0");
    }
    options.skipLines = lines;
  }

  @Option(
      names = "--null",
      paramLabel = "TEXT",
      description = {
        "CSV: a text that stands for null unless it is quoted, such as NA; may be repeated. Fields"
            + " without any text are null anyway, and \"\" is an empty string; --null '' makes it"
            + " null, and the other texts too where they are quoted."
      })
  void nulls(List<String> texts) {
    options.nulls.clear();
    options.nulls.addAll(texts);
  }

  @Option(
      names = "--types",
      paramLabel = "COLUMN=TYPE",
      description = {
        "CSV: the type of a column, such as zip=VARCHAR or 'price=DECIMAL(10,2)'; may be repeated."
            + " Default: the type that all of its values have. Values that a type would change are"
            + " text, such as 007, or numbers of more digits than a double has."
      })
  void types(Map<String, String> types) {
    types.forEach(
        (column, type) -> {
          if (!InputQuery.isType(type)) {
            throw new TypeConversionException(
                "'" + type + "' is not a type; write BIGINT, DOUBLE, VARCHAR or DECIMAL(10,2)");
          }
        });
    options.types.putAll(types);
  }

  @Option(
      names = "--pad-lines",
      description =
          "CSV: fill lines that have fewer fields than others with nulls; columns without a name"
              + " are named by their number.")
  void padLines(boolean pad) {
    options.padLines = pad;
  }

  @Option(
      names = "--ignore-errors",
      description = "CSV: leave out lines that cannot be read, and say how many.")
  void ignoreErrors(boolean ignore) {
    options.ignoreErrors = ignore;
  }

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      converter = Encoding.class,
      description =
          "The encoding of text, such as windows-1252. Default: UTF-8, or UTF-16 with a byte order"
              + " mark.")
  void encoding(Charset encoding) {
    options.encoding = encoding;
  }

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description =
          "What an input is that has no extension, such as - for standard input: parquet, csv, tsv,"
              + " json or ndjson, but for the first also csv.gz and so on.")
  void inputFormat(String format) {
    if (!InputQuery.isInputName("." + format)) {
      throw new TypeConversionException(
          "'" + format + "' is not one of parquet, csv, tsv, json and ndjson");
    }
    options.inputFormat = "." + format;
  }

  @Option(
      names = "--union-by-name",
      description =
          "Combine inputs of different columns by name; a column that an input lacks is null"
              + " there.")
  void unionByName(boolean union) {
    options.unionByName = union;
  }

  @Option(
      names = "--rename",
      paramLabel = "OLD=NEW",
      description = {
        "Rename a column; may be repeated. OLD is its name in the input, or #1 for the first"
            + " column."
      })
  void renames(Map<String, String> renames) {
    options.renames.putAll(renames);
  }

  boolean isSet() {
    return !options.build().equals(ReadOptions.NONE);
  }

  /** Finds the rows of inputs. */
  InputQuery query(DuckDb engine, List<String> inputs) throws IOException {
    return InputQuery.of(engine, inputs, options.build());
  }

  /** Finds the rows of inputs that are compared with columns. */
  InputQuery query(DuckDb engine, List<String> inputs, Schema expected) throws IOException {
    options.expected = expected;
    return query(engine, inputs);
  }

  private static final class Encoding implements ITypeConverter<Charset> {
    @Override
    public Charset convert(String name) {
      try {
        return Charset.forName(name);
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        throw new TypeConversionException(
            "'" + name + "' is unknown; write a name such as windows-1252 or UTF-16LE");
      }
    }
  }
}
