package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import dev.lancewright.VerifySummary;
import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.InputQuery;
import dev.lancewright.cli.engine.QueryBatches;
import java.io.IOException;
import java.nio.file.Path;

/** Checks a file by itself, and against the input it was written from. */
final class Verification {
  private Verification() {}

  /**
   * Checks a file.
   *
   * @throws dev.lancewright.format.LanceFormatException if the file is invalid; the message names
   *     the first fault
   */
  static VerifyReport of(Path file, Interruption interruption) throws IOException {
    long start = System.nanoTime();
    try (LanceReader reader = LanceReader.open(file)) {
      interruption.onRequest(reader::close);
      return report(file, reader.verify(), start, false);
    }
  }

  /**
   * Checks a file, and compares all rows with those of a query.
   *
   * @throws IOException if the query fails, or if anything differs; the message names the first
   *     difference
   */
  static VerifyReport of(Path file, DuckDb engine, InputQuery query, Interruption interruption)
      throws IOException {
    long start = System.nanoTime();
    try (LanceReader reader = LanceReader.open(file);
        QueryBatches input = QueryBatches.start(engine, query.sql())) {
      interruption.onRequest(reader::close);
      Comparison comparison = new Comparison(file, reader, input, interruption);
      // First the checks that take no time: for mistakes in the query, and for different columns.
      comparison.checkSchemas();
      VerifySummary summary = reader.verify();
      interruption.check();
      // A file without rows that reading loses is not the same as its input.
      query.checkRows(comparison.checkRows());
      return report(file, summary, start, true);
    }
  }

  private static VerifyReport report(
      Path file, VerifySummary summary, long start, boolean sameAsInput) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new VerifyReport(file.toString(), summary, seconds, sameAsInput);
  }
}
