package dev.lancewright.cli.engine;

import dev.lancewright.schema.Schema;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user says about inputs. What is not said is found out from the files.
 *
 * @param delimiter the text between two fields, or null
 * @param quote the character around quoted fields, empty if fields are never quoted, or null
 * @param header whether the first line has the names of the columns, or null
 * @param skipLines the number of lines before the header or the first row
 * @param nulls the texts that stand for null beside an empty field
 * @param types the types of columns, in DuckDB's words, by name
 * @param padLines whether lines with fewer fields than others end in nulls
 * @param ignoreErrors whether lines that cannot be read are left out
 * @param encoding the encoding of text, or null
 * @param unionByName whether inputs of different columns are combined
 * @param renames the names of columns by their names in the file, or by {@code #1}, {@code #2}
 * @param inputFormat the extension, such as {@code .csv}, of inputs that have none, or null
 * @param expected the columns that text is compared with, whose types it takes where that changes
 *     no value, since text does not say how wide numbers are; or null
 */
public record ReadOptions(
    String delimiter,
    String quote,
    Boolean header,
    int skipLines,
    List<String> nulls,
    Map<String, String> types,
    boolean padLines,
    boolean ignoreErrors,
    Charset encoding,
    boolean unionByName,
    Map<String, String> renames,
    String inputFormat,
    Schema expected) {
  /** The options of somebody who says nothing. */
  public static final ReadOptions NONE = builder().build();

  public ReadOptions {
    nulls = List.copyOf(nulls);
    types = Map.copyOf(types);
    renames = Map.copyOf(renames);
  }

  /** Returns the name of an option that is only for delimited text and was set, or null. */
  String ofDelimitedText() {
    Map<String, Boolean> set = new LinkedHashMap<>();
    set.put("--delimiter", delimiter != null);
    set.put("--quote", quote != null);
    set.put("--header", header != null);
    set.put("--skip-lines", skipLines > 0);
    set.put("--null", !nulls.isEmpty());
    set.put("--types", !types.isEmpty());
    set.put("--pad-lines", padLines);
    set.put("--ignore-errors", ignoreErrors);
    return set.keySet().stream().filter(set::get).findFirst().orElse(null);
  }

  /** Returns a builder of options that say nothing. */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects options; each field has the meaning of the component of its name. */
  public static final class Builder {
    public String delimiter;
    public String quote;
    public Boolean header;
    public int skipLines;
    public final List<String> nulls = new ArrayList<>();
    public final Map<String, String> types = new LinkedHashMap<>();
    public boolean padLines;
    public boolean ignoreErrors;
    public Charset encoding;
    public boolean unionByName;
    public final Map<String, String> renames = new LinkedHashMap<>();
    public String inputFormat;
    public Schema expected;

    private Builder() {}

    public ReadOptions build() {
      return new ReadOptions(
          delimiter,
          quote,
          header,
          skipLines,
          nulls,
          types,
          padLines,
          ignoreErrors,
          encoding,
          unionByName,
          renames,
          inputFormat,
          expected);
    }
  }
}
