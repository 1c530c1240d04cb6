package dev.lancewright.cli.engine;

import java.util.Arrays;
import java.util.regex.Pattern;

/** What a file holds, told by its extension in any case, and how DuckDB reads it. */
enum FileKind {
  /** Not packed: Parquet compresses inside. */
  PARQUET("read_parquet", "\\.parquet"),
  CSV("read_csv", "\\.csv(\\.gz|\\.zst)?"),
  TSV("read_csv", "\\.tsv(\\.gz|\\.zst)?"),
  JSON("read_json", "\\.(json|ndjson|jsonl)(\\.gz|\\.zst)?");

  /**
   * Up to this size of all files, types are told from all rows. Reading everything twice would cost
   * too much for larger ones.
   */
  private static final long WHOLLY_SAMPLED_BYTES = 16 << 20;

  /** Of all files together, since a value that does not fit its column's type is an error. */
  private static final int SAMPLED_ROWS = 204_800;

  /** Of each file: DuckDB's default. */
  private static final int SAMPLED_ROWS_OF_FILE = 20_480;

  private static final Pattern DOCUMENT =
      Pattern.compile(".*\\.json(\\.gz|\\.zst)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  final String reader;
  private final Pattern name;

  FileKind(String reader, String extensions) {
    this.reader = reader;
    this.name = Pattern.compile(".*" + extensions, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  /** Whether the extension is known. */
  static boolean isKnown(String file) {
    return Arrays.stream(values()).anyMatch(kind -> kind.name.matcher(file).matches());
  }

  /**
   * @param what the file is, for messages
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

  /** Whether the extension allows for a file that is one JSON value instead of one a line. */
  static boolean isDocument(String file) {
    return DOCUMENT.matcher(file).matches();
  }

  /** Arguments for the reader of so many files, each argument with a comma before it. */
  String options(int files, long bytes) {
    int sample =
        bytes <= WHOLLY_SAMPLED_BYTES ? -1 : Math.max(SAMPLED_ROWS_OF_FILE, SAMPLED_ROWS / files);
    return switch (this) {
      case PARQUET -> "";
      case CSV -> ", sample_size = " + sample;
      case TSV -> ", delim = '\t', sample_size = " + sample;
      // Keys that are not in the sample would be dropped silently.
      case JSON -> ", sample_size = -1, maximum_sample_files = " + Integer.MAX_VALUE;
    };
  }
}
