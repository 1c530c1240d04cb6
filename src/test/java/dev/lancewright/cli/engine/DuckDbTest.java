package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("restricted")
@Timeout(120)
class DuckDbTest {
  private DuckDb engine;

  @BeforeEach
  void open() throws IOException {
    engine = DuckDb.open();
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
  }

  @Test
  void missingFunctionsAreNamedWithTheReleaseThatHasThem() throws IOException {
    UnsatisfiedLinkError e =
        assertThrows(
            UnsatisfiedLinkError.class,
            () -> DuckDbApi.symbol(NativeLibrary.symbols(), "duckdb_no_such_function"));
    assertEquals(
        "DuckDB's library has no function 'duckdb_no_such_function'; put org.duckdb:duckdb_jdbc "
            + DuckDbApi.VERSION
            + " on the class path",
        e.getMessage());
    String version = engine.strings("SELECT version()").getFirst();
    assertTrue(("v" + DuckDbApi.VERSION).startsWith(version), version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "true                               | b",
        "1::TINYINT                         | c",
        "1::UTINYINT                        | C",
        "1::SMALLINT                        | s",
        "1::USMALLINT                       | S",
        "1::INTEGER                         | i",
        "1::UINTEGER                        | I",
        "1::BIGINT                          | l",
        "1::UBIGINT                         | L",
        "1::HUGEINT                         | d:38,0",
        "1::FLOAT                           | f",
        "1::DOUBLE                          | g",
        "1::DECIMAL(4, 1)                   | d:4,1,128",
        "1::DECIMAL(38, 3)                  | d:38,3,128",
        "'x'                                | u",
        "'x'::BLOB                          | z",
        "uuid()                             | u",
        "'a'::ENUM('a', 'b')                | C",
        "DATE '2020-01-01'                  | tdD",
        "TIME '12:00:00'                    | ttu",
        "TIMESTAMP '2020-01-01'             | tsu:",
        "'2020-01-01'::TIMESTAMP_S          | tss:",
        "'2020-01-01'::TIMESTAMP_MS         | tsm:",
        "'2020-01-01'::TIMESTAMP_NS         | tsn:",
        "'2020-01-01'::TIMESTAMPTZ          | tsu:UTC",
        "INTERVAL 1 DAY                     | tin",
        "[1, 2]                             | +l",
        "[1.0, 2.0]::FLOAT[2]               | +w:2",
        "{'a': 1}                           | +s",
        "MAP {'a': 1}                       | +m",
        "NULL                               | n"
      })
  void mapsTypesToArrow(String value, String format) throws IOException {
    try (QueryResult result = engine.query("SELECT " + value + " AS \"the name\"")) {
      MemorySegment schema = struct(MemorySegment.ofAddress(result.schemaAddress()), 72);
      assertEquals("+s", text(schema, 0));
      assertEquals(1, schema.get(JAVA_LONG, 32));
      MemorySegment column = struct(struct(schema.get(ADDRESS, 40), 8).get(ADDRESS, 0), 72);
      assertEquals(format, text(column, 0));
      assertEquals("the name", text(column, 8));
    }
  }

  @Test
  void namesTheItemsOfAllLists() throws IOException {
    String sql =
        """
        SELECT [[1]] AS lists, MAP {'a': ['b']} AS map, {'l': [{'l': 1}]} AS s,
          [{'a': 1}]::STRUCT(a INTEGER)[1] AS structs, [[1.5]::FLOAT[1]]::FLOAT[1][1] AS floats
        """;
    DataType text = DataType.utf8();
    DataType one = DataType.int32();
    Field number = Field.nullable("item", DataType.float32());
    Field numbers = Field.nullable("item", DataType.fixedSizeList(number, 1));
    Field entries =
        Field.required(
            "entries", struct(Field.required("key", text), Field.nullable("value", list(text))));
    try (QueryResult result = engine.query(sql)) {
      assertEquals(
          Schema.of(
              Field.nullable("lists", list(list(one))),
              Field.nullable("map", new DataType.MapOf(entries, false)),
              Field.nullable(
                  "s", struct(Field.nullable("l", list(struct(Field.nullable("l", one)))))),
              Field.nullable(
                  "structs",
                  DataType.fixedSizeList(
                      Field.nullable("item", struct(Field.nullable("a", one))), 1)),
              Field.nullable("floats", DataType.fixedSizeList(numbers, 1))),
          result.schema());
    }
  }

  private static DataType list(DataType item) {
    return DataType.list(Field.nullable("item", item));
  }

  private static DataType struct(Field... children) {
    return DataType.struct(children);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'101'::BIT                        | b             | BIT",
        "'12:00:00+02'::TIMETZ             | b             | TIME WITH TIME ZONE",
        "1::UHUGEINT                       | b             | UHUGEINT",
        "1::BIGNUM                         | b             | BIGNUM",
        "['12:00:00+02'::TIMETZ]           | b[]           | TIME WITH TIME ZONE",
        "['1'::BIT]::BIT[1]                | b[]           | BIT",
        "{'x': 1, 'y': [{'z': '1'::BIT}]}  | b.y[].z       | BIT",
        "MAP {1::UHUGEINT: 1}              | b.key         | UHUGEINT",
        "[MAP {1: {'a b': 1::BIGNUM}}]     | b[].value.a b | BIGNUM"
      })
  void refusesTypesThatWouldChangeOnTheWay(String value, String path, String type)
      throws IOException {
    IOException e =
        assertThrows(IOException.class, () -> engine.query("SELECT 1 AS a, " + value + " AS b"));
    assertEquals(
        "column '"
            + path
            + "' is of type "
            + type
            + ", whose values Arrow cannot hold; cast it, for example to VARCHAR",
        e.getMessage());
    assertEquals(List.of("still there"), engine.strings("SELECT 'still there'"));
  }

  @Test
  void castsTimeZonesInUtc() throws IOException {
    assertEquals(
        List.of("2020-01-01 22:00:00+00"),
        engine.strings("SELECT '2020-01-02 00:00:00+02'::TIMESTAMPTZ::VARCHAR"));
  }

  @Test
  void streamsRowsInOrder() throws IOException {
    int rows = 1_000_000;
    List<Long> values = longs("SELECT i FROM range(" + rows + ") t(i)");
    assertEquals(rows, values.size());
    for (int i = 0; i < rows; i++) {
      assertEquals(i, values.get(i));
    }
  }

  @Test
  void arraysOutliveTheResultAndTheDatabase() throws IOException {
    String text = "a string that is long enough";
    try (Arena arena = Arena.ofConfined();
        ImportMemory memory = new ImportMemory()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      ImportSchema schema;
      try (QueryResult result = engine.query("SELECT '" + text + "' AS s")) {
        schema = ImportSchema.read(result.schemaAddress());
        assertTrue(result.next(array.address()));
      }
      engine.close();
      try (ImportedBatch batch = ImportedBatch.take(array.address(), schema, _ -> true, memory)) {
        VariableWidthColumn column = (VariableWidthColumn) batch.batch().columns().getFirst();
        assertEquals(text.length(), column.offset(1) - column.offset(0));
        MemorySegment expected = MemorySegment.ofArray(text.getBytes(US_ASCII));
        assertEquals(-1, column.data().asSlice(column.offset(0), text.length()).mismatch(expected));
      }
    }
  }

  @Test
  void leavesTheArrayUntouchedAtTheEnd() throws IOException {
    try (QueryResult result = engine.query("SELECT 1 WHERE false");
        Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8).fill((byte) 7);
      assertFalse(result.next(array.address()));
      assertFalse(result.next(array.address()));
      assertEquals(
          -1, array.mismatch(arena.allocate(ImportedBatch.STRUCT_BYTES, 8).fill((byte) 7)));
    }
  }

  @Test
  void doesNotReleaseASchemaThatWasMovedAway() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment moved = arena.allocate(ArrowSchemas.STRUCT_BYTES, 8);
      try (QueryResult result = engine.query("SELECT 1 AS a")) {
        MemorySegment schema = struct(MemorySegment.ofAddress(result.schemaAddress()), 72);
        moved.copyFrom(schema);
        schema.set(ADDRESS, 56, MemorySegment.NULL);
      }
      assertEquals("+s", text(moved, 0));
      ArrowSchemas.release(moved.address());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELEC 1              | Parser Error: syntax error at or near \"SELEC\"",
        "SELECT * FROM nothing| Catalog Error: Table with name nothing does not exist!",
        "SELECT 1; SELECT 2   | Cannot prepare multiple statements at once!",
        "``                   | No statement to prepare!",
        "SELECT 'x'::INTEGER  | Could not convert string 'x' to INT32"
      })
  void reportsErrorsInDuckDbsWords(String sql, String text) throws IOException {
    IOException e = assertThrows(IOException.class, () -> longs(sql));
    assertTrue(e.getMessage().contains(text), e.getMessage());
    assertEquals(List.of("still there"), engine.strings("SELECT 'still there'"));
  }

  @Test
  void reportsAnErrorInTheMiddleOfTheRows() throws IOException {
    // DuckDB's threads run ahead of the rows that were fetched: the error is far enough.
    String sql = "SELECT (i || if(i = 19000000, 'bad', ''))::BIGINT FROM range(20000000) t(i)";
    long rows = 0;
    try (QueryResult result = engine.query(sql);
        Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      while (result.next(array.address())) {
        rows += array.get(JAVA_LONG, 0);
        ImportedBatch.release(array.address());
      }
      fail("no error after " + rows + " rows");
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("'19000000bad'"), e.getMessage());
      assertTrue(rows > 0 && rows <= 19_000_000, "rows: " + rows);
    }
  }

  @Test
  void interruptStopsARunningQueryAndAllLaterOnes() throws Exception {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      Future<List<Long>> running =
          executor.submit(() -> longs("SELECT max(hash(i))::BIGINT FROM range(1e15::BIGINT) t(i)"));
      while (!running.isDone()) {
        engine.interrupt();
        Thread.sleep(1);
      }
      ExecutionException e = assertThrows(ExecutionException.class, running::get);
      assertEquals(InterruptedIOException.class, e.getCause().getClass());
    }
    assertThrows(InterruptedIOException.class, () -> engine.query("SELECT 1"));
  }

  @Test
  void interruptStopsAStreamBetweenItsRows() throws IOException {
    try (QueryResult result = engine.query("SELECT i FROM range(10000000) t(i)");
        Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      assertTrue(result.next(array.address()));
      ImportedBatch.release(array.address());
      engine.interrupt();
      assertThrows(InterruptedIOException.class, () -> result.next(array.address()));
    }
  }

  @Test
  void tellsProgress() throws IOException {
    List<String> files = Collections.nCopies(10, "testdata/real/flights-200k.parquet");
    String sql = InputQuery.of(engine, files).sql();
    double last = 0;
    try (QueryResult result = engine.query(sql);
        Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      while (result.next(array.address())) {
        ImportedBatch.release(array.address());
        double progress = result.progress();
        assertTrue(progress == -1 || (progress >= last && progress <= 1), "progress " + progress);
        last = Math.max(last, progress);
      }
      assertTrue(last > 0.5, "last progress " + last);
      assertEquals(-1, result.progress());
    }
  }

  @Test
  void refusesASecondOpenResult() throws IOException {
    QueryResult result = engine.query("SELECT 1");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> engine.query("SELECT 2"));
    assertEquals(
        "the result of the previous query is still open; close it before the next query",
        e.getMessage());
    result.close();
    assertEquals(List.of("2"), engine.strings("SELECT '2'"));
  }

  @Test
  void closingTheDatabaseClosesTheOpenResult() throws IOException {
    QueryResult result = engine.query("SELECT i FROM range(10000000) t(i)");
    engine.close();
    engine.close();
    result.close();
    assertThrows(IllegalStateException.class, result::schemaAddress);
    assertThrows(IllegalStateException.class, () -> result.next(0));
    assertThrows(IllegalStateException.class, () -> engine.query("SELECT 1"));
    assertEquals(-1, result.progress());
    engine.interrupt();
  }

  @Test
  void sortsMoreThanFitsIntoItsMemory() throws IOException {
    engine.query("SET memory_limit = '100MB'").close();
    int rows = 3_000_000;
    List<Long> values =
        longs(
            "SELECT i FROM (SELECT i, repeat('x', 50) || i AS s FROM range("
                + rows
                + ") t(i)) ORDER BY hash(i), s");
    assertEquals(rows, values.size());
    assertEquals(rows, values.stream().distinct().count());
  }

  /** The values of a query with one BIGINT column. */
  private List<Long> longs(String sql) throws IOException {
    List<Long> values = new ArrayList<>();
    try (QueryResult result = engine.query(sql);
        Arena arena = Arena.ofConfined()) {
      MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
      while (result.next(array.address())) {
        long rows = array.get(JAVA_LONG, 0);
        MemorySegment column = struct(struct(array.get(ADDRESS, 48), 8).get(ADDRESS, 0), 80);
        MemorySegment buffer = struct(column.get(ADDRESS, 40), 16).getAtIndex(ADDRESS, 1);
        MemorySegment data = struct(buffer, rows * 8);
        for (long i = 0; i < rows; i++) {
          values.add(data.getAtIndex(JAVA_LONG, i));
        }
        ImportedBatch.release(array.address());
      }
    }
    return values;
  }

  private static MemorySegment struct(MemorySegment address, long bytes) {
    return address.reinterpret(bytes);
  }

  private static String text(MemorySegment struct, long offset) {
    return struct.get(ADDRESS, offset).reinterpret(1 << 10).getString(0);
  }
}
