package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Asserts that the reference implementation reads from a file what was written to it. */
public final class ReferenceAssert {
  private ReferenceAssert() {}

  /** All of the file, in one scan; the schema is that of the first batch. */
  public static void assertReads(Path file, List<Batch> expected) throws IOException {
    assertReads(file, expected.getFirst().schema(), expected);
  }

  /** All of the file, in one scan. */
  public static void assertReads(Path file, Schema schema, List<Batch> expected)
      throws IOException {
    try (ReadResult actual = ReferenceReader.shared().read(file)) {
      assertEqual(schema, expected, actual);
    }
  }

  /** All of the file, in one scan that gives out at most {@code batchRows} rows at a time. */
  public static void assertReadsInBatches(Path file, List<Batch> expected, int batchRows)
      throws IOException {
    try (ReadResult actual = ReferenceReader.shared().read(file, batchRows)) {
      assertEqual(expected.getFirst().schema(), expected, actual);
    }
  }

  /** Rows {@code from} to {@code to}, the latter excluded, by random access. */
  public static void assertReadsRange(Path file, List<Batch> expected, int from, int to)
      throws IOException {
    try (ReadResult actual = ReferenceReader.shared().readRange(file, from, to)) {
      assertEqual(expected.getFirst().schema(), rows(expected, from, to), actual);
    }
  }

  static List<Batch> rows(List<Batch> batches, long from, long to) {
    List<Batch> rows = new ArrayList<>();
    long first = 0;
    for (Batch batch : batches) {
      long start = Math.max(from - first, 0);
      long end = Math.min(to - first, batch.rows());
      if (start < end) {
        rows.add(batch.slice(start, end - start));
      }
      first += batch.rows();
    }
    return rows;
  }

  /** Schema, metadata, number of rows and every value. */
  static void assertEqual(Schema schema, List<Batch> expected, ReadResult actual)
      throws IOException {
    Schema asRead = ReferenceSchemas.asRead(schema);
    assertSchema(
        ReferenceSchemas.withoutDictionaries(asRead),
        ReferenceSchemas.convert(actual.fileSchema()));
    assertSchema(asRead, ReferenceSchemas.convert(actual.batchSchema()));
    assertEquals(expected.stream().mapToLong(Batch::rows).sum(), actual.rows(), "rows");
    for (int i = 0; i < schema.fields().size(); i++) {
      assertColumn(schema.fields().get(i), i, expected, actual);
    }
  }

  private static void assertSchema(Schema expected, Schema actual) {
    assertEquals(expected.fields().size(), actual.fields().size(), "columns: " + actual.fields());
    for (int i = 0; i < expected.fields().size(); i++) {
      Field field = expected.fields().get(i);
      Field other = actual.fields().get(i);
      String what = "column " + i + " ('" + field.name() + "')";
      assertEquals(field.name(), other.name(), what + ": name");
      assertEquals(field.type(), other.type(), what + ": type");
      assertEquals(field.nullable(), other.nullable(), what + ": nullable");
      assertEquals(field.metadata(), other.metadata(), what + ": metadata");
    }
    assertEquals(expected.metadata(), actual.metadata(), "schema metadata");
  }

  /** Every value of column {@code index}. */
  static void assertColumn(Field field, int index, List<Batch> expected, ReadResult actual)
      throws IOException {
    List<Column> columns = expected.stream().map(batch -> batch.columns().get(index)).toList();
    if (!isEqual(columns, index, actual)) {
      failAtFirstDifference(field, columns, index, actual);
    }
  }

  private static boolean isEqual(List<Column> expected, int index, ReadResult actual)
      throws IOException {
    try (InputStream values = actual.column(index)) {
      StreamComparison comparison = new StreamComparison(values);
      CanonicalOutput out = new CanonicalOutput(comparison);
      for (Column column : expected) {
        for (long row = 0; row < column.length(); row++) {
          CanonicalEncoding.write(column, row, out);
        }
      }
      out.flush();
      return comparison.isEqual();
    }
  }

  private static void failAtFirstDifference(
      Field field, List<Column> expected, int index, ReadResult actual) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CanonicalOutput out = new CanonicalOutput(bytes);
    long row = 0;
    long position = 0;
    try (InputStream values = actual.column(index)) {
      for (Column column : expected) {
        for (long i = 0; i < column.length(); i++, row++) {
          bytes.reset();
          CanonicalEncoding.write(column, i, out);
          out.flush();
          byte[] value = bytes.toByteArray();
          if (!Arrays.equals(value, values.readNBytes(value.length))) {
            fail(
                "column '%s' (%s), row %d: %s"
                    .formatted(
                        field.name(),
                        field.type(),
                        row,
                        difference(field.type(), value, index, position, actual)));
          }
          position += value.length;
        }
      }
      fail("column '%s': bytes left over".formatted(field.name()));
    }
  }

  private static String difference(
      DataType type, byte[] expected, int index, long position, ReadResult actual)
      throws IOException {
    try (InputStream values = actual.column(index)) {
      values.skipNBytes(position);
      String wanted = CanonicalText.first(type, new ByteArrayInputStream(expected));
      String found = CanonicalText.first(type, values);
      int at = firstDifference(wanted, found);
      return "expected %s, but the reference reads %s"
          .formatted(excerpt(wanted, at), excerpt(found, at));
    }
  }

  private static int firstDifference(String a, String b) {
    int i = 0;
    while (i < Math.min(a.length(), b.length()) && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  private static String excerpt(String text, int around) {
    int start = Math.max(0, around - 100);
    int end = Math.min(text.length(), around + 100);
    return (start == 0 ? "" : "...")
        + text.substring(start, end)
        + (end == text.length() ? "" : "...");
  }
}
