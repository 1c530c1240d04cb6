package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.cli.engine.DuckDb;
import dev.lancewright.cli.engine.InputQuery;
import dev.lancewright.cli.engine.QueryResult;
import dev.lancewright.column.Batch;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The engine's reading of real files and the reference's reading of our output, value by value. */
class RealDataTest {
  /** Nulls at each depth, empty lists, and strings of very different lengths. */
  private static final String NESTED =
      """
      SELECT
        i AS id,
        CASE WHEN i % 11 <> 0 THEN
          {'n': i // 3, 'text': CASE WHEN i % 7 <> 0 THEN repeat('é', i % 40) END} END AS struct,
        CASE WHEN i % 5 <> 0 THEN
          list_transform(range(i % 4), lambda x: CASE WHEN x <> 2 THEN x * i END) END AS list,
        CASE WHEN i % 13 <> 0 THEN list_transform(range(i % 3), lambda x: CASE WHEN i % 17 <> 0 THEN
          {'x': x, 'tags': list_transform(range(x * i % 5), lambda y: 'tag ' || y), 'none': NULL} END)
          END AS list_of_structs,
        [[i, NULL], [], NULL][: i % 4] AS lists
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "airports.csv, 3376, channel",
    "birdstrikes.csv, 10000, channel",
    "seattle-weather.csv, 1461, mapped",
    "earthquakes.json, 1707, channel",
    "flights-200k.parquet, 200000, channel",
    "flights-200k.parquet, 200000, mapped"
  })
  void theReferenceReadsWhatTheInputHolds(String name, long rows, String sink) throws IOException {
    String input = Path.of("testdata", "real", name).toString();
    assertReads(write("--sink", sink, "--data-cache-bytes", "512K", input), input(input), rows);
  }

  @Test
  void theReferenceReadsNestedParquet() throws IOException {
    String parquet = folder.resolve("nested.parquet").toString();
    String map =
        "CASE WHEN i % 5 <> 0 THEN MAP(range(i % 3), list_transform(range(i % 3), lambda x: [i,"
            + " x])) END";
    copy(NESTED + ", " + map + " AS map FROM range(20000) t(i)", parquet);
    assertReads(
        write("--format-version", "2.2", "--data-cache-bytes", "512K", parquet),
        input(parquet),
        20000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "2.2"})
  void theReferenceReadsWhatAQueryGives(String version) throws IOException {
    String sql =
        NESTED
            + """
            ,
              CASE WHEN i % 7 <> 0 THEN
                (['red', 'green', 'blue'][1 + i % 3])::ENUM('blue', 'green', 'red') END AS enum,
              [(['a', 'b'][1 + i % 2])::ENUM('a', 'b')] AS enums,
              CASE WHEN i % 3 <> 0 THEN [i, NULL, i * 2]::INTEGER[3] END AS vector,
              [[i, 1], [2, 3], [4, NULL]]::FLOAT[2][3] AS matrix,
              ('{"a": ' || i || '}')::JSON AS json
            FROM range(5000) t(i)
            """;
    assertReads(write("--format-version", version, "--sql", sql), _ -> sql, 5000);
  }

  private Path write(String... arguments) {
    Path output = folder.resolve("out.lance");
    List<Object> words = new ArrayList<>(List.of("write", "--quiet"));
    words.addAll(List.of(arguments));
    words.add(output);
    assertEquals("", CommandRun.output(words.toArray()));
    return output;
  }

  /** A query, which may read what its engine keeps in temporary files. */
  private interface Query {
    String in(DuckDb engine) throws IOException;
  }

  private static Query input(String file) {
    return engine -> InputQuery.of(engine, List.of(file)).sql();
  }

  /** Writes the result of a query to a Parquet file. */
  static void copy(String sql, String parquet) throws IOException {
    try (DuckDb engine = DuckDb.open();
        QueryResult result = engine.query("COPY (%s) TO '%s'".formatted(sql, parquet));
        Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      while (result.next(array.address())) {
        ImportedBatch.release(array.address());
      }
    }
  }

  private static void assertReads(Path file, Query sql, long rows) throws IOException {
    List<ImportedBatch> imported = new ArrayList<>();
    try (DuckDb engine = DuckDb.open();
        QueryResult result = engine.query(sql.in(engine));
        Arena arena = Arena.ofConfined()) {
      Schema schema = result.schema();
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      while (result.next(array.address())) {
        imported.add(
            ImportedBatch.take(
                array.address(), ImportSchema.of(schema), field -> true, new ImportMemory()));
      }
      List<Batch> expected = imported.stream().map(ImportedBatch::batch).toList();
      assertEquals(rows, expected.stream().mapToLong(Batch::rows).sum());
      ReferenceAssert.assertReads(file, schema, expected);
    } finally {
      imported.forEach(ImportedBatch::close);
    }
  }
}
