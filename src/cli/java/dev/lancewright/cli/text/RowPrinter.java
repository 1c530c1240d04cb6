package dev.lancewright.cli.text;

import dev.lancewright.column.Batch;

/** Prints rows in one format. */
public interface RowPrinter {
  /** Prints all rows of a batch, or keeps what it needs for {@link #finish}. */
  void print(Batch batch);

  /** Prints any rows that were kept. */
  default void finish() {}
}
