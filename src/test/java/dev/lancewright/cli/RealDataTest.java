package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.arrow.ArrowSchemas;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The engine's reading of real files and the reference's reading of our output, value by value. */
class RealDataTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "airports.csv, 3376, channel",
    "birdstrikes.csv, 10000, channel",
    "seattle-weather.csv, 1461, mapped",
    "flights-200k.parquet, 200000, channel",
    "flights-200k.parquet, 200000, mapped"
  })
  void theReferenceReadsWhatTheInputHolds(String name, long rows, String sink) throws IOException {
    String input = Path.of("testdata", "real", name).toString();
    Path output = folder.resolve("out.lance");
    assertEquals(
        rows,
        CommandRun.json(
                "write", "--json", "--sink", sink, "--data-cache-bytes", "512K", input, output)
            .get("rows")
            .getAsLong());

    List<ImportedBatch> imported = new ArrayList<>();
    try (DuckDb engine = DuckDb.open();
        QueryResult result = engine.query(InputQuery.of(engine, List.of(input)).sql());
        Arena arena = Arena.ofConfined()) {
      Schema schema = ArrowSchemas.read(result.schemaAddress());
      MemorySegment array = arena.allocate(80, 8);
      while (result.next(array.address())) {
        imported.add(
            ImportedBatch.take(
                array.address(), ImportSchema.of(schema), field -> true, new ImportMemory()));
      }
      List<Batch> expected = imported.stream().map(ImportedBatch::batch).toList();
      assertEquals(rows, expected.stream().mapToLong(Batch::rows).sum());
      ReferenceAssert.assertReads(output, schema, expected);
    } finally {
      imported.forEach(ImportedBatch::close);
    }
  }
}
