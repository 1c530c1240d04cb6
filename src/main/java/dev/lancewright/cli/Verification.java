package dev.lancewright.cli;

import dev.lancewright.LanceReader;
import dev.lancewright.VerifySummary;
import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.QueryBatches;
import java.io.IOException;
import java.nio.file.Path;

/** Checks a file by itself, and against what it was written from. */
final class Verification {
  private Verification() {}

  /**
   * @throws dev.lancewright.format.LanceFormatException naming the first fault
   */
  static VerifyReport of(Path file) throws IOException {
    long start = System.nanoTime();
    try (LanceReader reader = LanceReader.open(file)) {
      return report(file, reader.verify(), start, false);
    }
  }

  /**
   * Also compares all rows with those of a query.
   *
   * @throws IOException naming the first difference; also if the query fails
   */
  static VerifyReport of(Path file, DuckDb engine, String sql, Interruption interruption)
      throws IOException {
    long start = System.nanoTime();
    try (LanceReader reader = LanceReader.open(file)) {
      VerifySummary summary = reader.verify();
      interruption.check();
      try (QueryBatches input = QueryBatches.start(engine, sql)) {
        new Comparison(file, reader, input, interruption).run();
      }
      return report(file, summary, start, true);
    }
  }

  private static VerifyReport report(
      Path file, VerifySummary summary, long start, boolean sameAsInput) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new VerifyReport(file.toString(), summary, seconds, sameAsInput);
  }
}
