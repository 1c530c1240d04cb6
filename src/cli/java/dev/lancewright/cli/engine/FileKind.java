package dev.lancewright.cli.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The kinds of files, identified by their case-insensitive extensions. */
enum FileKind {
  /** Never compressed as a whole: Parquet compresses internally. */
  PARQUET("\\.parquet"),
  CSV("\\.csv(\\.gz|\\.zst)?"),
  TSV("\\.tsv(\\.gz|\\.zst)?"),
  JSON("\\.(json|ndjson|jsonl)(\\.gz|\\.zst)?");

  private static final Pattern DOCUMENT =
      Pattern.compile(".*\\.json(\\.gz|\\.zst)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Pattern name;

  FileKind(String extensions) {
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
}
