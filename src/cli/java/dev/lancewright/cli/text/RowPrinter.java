package dev.lancewright.cli.text;

import dev.lancewright.column.Batch;

/** Prints rows in one format. */
public interface RowPrinter {
  /** Prints all rows of a batch, or keeps what it needs of them. */
  void print(Batch batch);

  /** Prints what was kept. */
  default void finish() {}
}
