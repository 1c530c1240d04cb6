package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lancewright.LanceReader;
import dev.lancewright.RowRange;
import dev.lancewright.Scan;
import dev.lancewright.Taker;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Asserts that our reader reads from a file what was written to it. */
public final class ReadAssert {
  private ReadAssert() {}

  /** All columns and rows, and the schema. */
  public static void assertScans(LanceReader reader, List<Batch> expected, int batchRows)
      throws IOException {
    assertScans(reader, expected, new RowRange(0, reader.rows()), batchRows);
  }

  /** All columns of a range of rows, and the schema. */
  public static void assertScans(
      LanceReader reader, List<Batch> expected, RowRange range, int batchRows) throws IOException {
    Schema schema = ReferenceSchemas.asRead(expected.getFirst().schema());
    assertEquals(schema, reader.schema(), "schema");
    List<String> names = schema.fields().stream().map(Field::name).toList();
    Expected rows = new Expected(expected);
    try (Scan scan = reader.scan().columns(names).rows(range).batchRows(batchRows).open()) {
      assertEquals(schema, scan.schema(), "schema of batches");
      long row = range.from();
      for (Batch batch = scan.next(); batch != null; batch = scan.next()) {
        rows.assertEqual(
            LongStream.range(row, row + batch.rows()).toArray(), batch, "scanned by " + batchRows);
        row += batch.rows();
      }
      assertEquals(range.end(), row, "rows");
    }
  }

  /** All columns of some rows. */
  public static void assertTakes(LanceReader reader, List<Batch> expected, long... numbers)
      throws IOException {
    try (Taker taker = reader.taker().open()) {
      new Expected(expected).assertEqual(numbers, taker.take(numbers), "taken");
    }
  }

  /** Rows that were written. */
  private static final class Expected {
    private final List<Batch> batches;
    private final long[] firsts;
    private final ByteArrayOutputStream wanted = new ByteArrayOutputStream();
    private final ByteArrayOutputStream found = new ByteArrayOutputStream();

    Expected(List<Batch> batches) {
      this.batches = batches.stream().filter(batch -> batch.rows() > 0).toList();
      this.firsts = new long[this.batches.size()];
      for (int i = 1; i < firsts.length; i++) {
        firsts[i] = firsts[i - 1] + this.batches.get(i - 1).rows();
      }
    }

    void assertEqual(long[] numbers, Batch actual, String how) throws IOException {
      assertEquals(numbers.length, actual.rows(), "rows of a batch");
      for (int i = 0; i < actual.columns().size(); i++) {
        if (!isEqual(numbers, 0, numbers.length, i, actual.columns().get(i))) {
          int row = 0;
          while (isEqual(numbers, row, row + 1, i, actual.columns().get(i))) {
            row++;
          }
          Field field = actual.schema().fields().get(i);
          fail("%s: column %s, row %d differs".formatted(how, field, numbers[row]));
        }
      }
    }

    private boolean isEqual(long[] numbers, int from, int to, int column, Column actual)
        throws IOException {
      wanted.reset();
      found.reset();
      CanonicalOutput wantedOut = new CanonicalOutput(wanted);
      CanonicalOutput foundOut = new CanonicalOutput(found);
      for (int i = from; i < to; i++) {
        int place = Arrays.binarySearch(firsts, numbers[i]);
        int batch = place >= 0 ? place : -place - 2;
        CanonicalEncoding.write(
            batches.get(batch).columns().get(column), numbers[i] - firsts[batch], wantedOut);
        CanonicalEncoding.write(actual, i, foundOut);
      }
      wantedOut.flush();
      foundOut.flush();
      return Arrays.equals(wanted.toByteArray(), found.toByteArray());
    }
  }
}
