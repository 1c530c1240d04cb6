package dev.lancewright.cli.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The kinds of files, identified by their case-insensitive extensions, and the way DuckDB reads
 * them.
 */
enum FileKind {
  /** Never compressed as a whole: Parquet compresses internally. */
  PARQUET("read_parquet", "\\.parquet"),
  CSV("read_csv", "\\.csv(\\.gz|\\.zst)?"),
  TSV("read_csv", "\\.tsv(\\.gz|\\.zst)?"),
  JSON("read_json", "\\.(json|ndjson|jsonl)(\\.gz|\\.zst)?");

  private static final Pattern DOCUMENT =
      Pattern.compile(".*\\.json(\\.gz|\\.zst)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  final String reader;
  private final Pattern name;

  FileKind(String reader, String extensions) {
    this.reader = reader;
    this.name = Pattern.compile(".*" + extensions, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** Returns whether the extension is known. */
  static boolean isKnown(String file) {
    return Arrays.stream(values()).anyMatch(kind -> kind.name.matcher(file).matches());
  }

  /**
   * Returns the kind of a file.
   *
   * @param what the role of the file, for messages
   * @throws IllegalArgumentException if the extension is not known
   */
  static FileKind of(String what, String file) {
    for (FileKind kind : values()) {
      if (kind.name.matcher(file).matches()) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "%s '%s': the extension is not known; it may be .parquet, or .csv, .tsv, .json, .ndjson or .jsonl, these also followed by .gz or .zst"
            .formatted(what, file));
  }

  /**
   * Returns whether the extension allows a file that is a single JSON value rather than one per
   * line.
   */
  static boolean isDocument(String file) {
    return DOCUMENT.matcher(file).matches();
  }

  /** Returns the end of names of uncompressed files of this kind. */
  String extension() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  boolean isDelimited() {
    return this == CSV || this == TSV;
  }

  /** Returns the arguments for reading files, each preceded by a comma. */
  String options() {
    // Keys missing from the sample would be dropped silently.
    return this == JSON ? ", sample_size = -1, maximum_sample_files = " + Integer.MAX_VALUE : "";
  }
}
