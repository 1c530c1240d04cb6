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
  static VerifyReport of(Path file, Interruption interruption) throws IOException {
    long start = System.nanoTime();
    try (LanceReader reader = LanceReader.open(file)) {
      interruption.onRequest(reader::close);
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
    try (LanceReader reader = LanceReader.open(file);
        QueryBatches input = QueryBatches.start(engine, sql)) {
      interruption.onRequest(reader::close);
      Comparison comparison = new Comparison(file, reader, input, interruption);
      // First what takes no time to find: a query with a mistake, columns that are others.
      comparison.checkSchemas();
      VerifySummary summary = reader.verify();
      interruption.check();
      comparison.checkRows();
      return report(file, summary, start, true);
    }
  }

  private static VerifyReport report(
      Path file, VerifySummary summary, long start, boolean sameAsInput) {
    double seconds = (System.nanoTime() - start) / 1e9;
    return new VerifyReport(file.toString(), summary, seconds, sameAsInput);
  }
}
