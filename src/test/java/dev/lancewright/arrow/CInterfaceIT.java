package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.reference.ReferenceAssert;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.BatchList;
import dev.lancewright.testing.CLibrary;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import dev.lancewright.testing.Weight;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What C code hands over, through {@code liblancewright}: random tables as streams, which the
 * reference reads back, and arrays that contradict themselves. Needs a C compiler.
 */
class CInterfaceIT {
  private static final int FILES = Integer.getInteger("c.files", 250);
  private static final int MOST_VALUES = 20_000;
  private static final int BAD_ARGUMENT = -1;

  private static CLibrary library;

  @TempDir Path folder;

  @BeforeAll
  static void startTheLibrary() throws IOException, InterruptedException {
    Optional<String> compiler = CLibrary.compiler();
    assumeTrue(compiler.isPresent(), "there is no C compiler, so the C interface is not tested");
    library = CLibrary.start(compiler.get());
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void theReferenceReadsRandomStreams(FormatVersion version) throws IOException {
    for (long seed = 0; seed < FILES; seed++) {
      Path file = folder.resolve(seed + ".lance");
      try (Arena arena = Arena.ofConfined()) {
        writeAndRead(seed, version, file, arena);
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError("format %s, seed %d: %s".formatted(version, seed, e), e);
      }
      Files.delete(file);
    }
  }

  private static void writeAndRead(long seed, FormatVersion version, Path file, Arena arena)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Schema schema = new RandomSchemas(version).schema(random.nextLong());
    int most = Math.max(2, MOST_VALUES / Weight.of(schema));
    List<Integer> sizes = List.of(1 + random.nextInt(most), random.nextInt(most));
    List<Batch> batches =
        RandomColumns.varied(random.nextLong(), MOST_VALUES).batches(schema, sizes, arena);
    BatchList source = new BatchList(schema, batches);
    long stream = arena.allocate(ArrowArrayStream.LAYOUT).address();
    ArrowExport.exportStream(source, stream);
    long writer = open(file, "format-version=" + version, arena);
    long rows = arena.allocate(ValueLayout.JAVA_LONG).address();
    ok(library.call("lw_write_stream", writer, stream, rows));
    ok(library.call("lw_finish", writer, 0));
    ok(library.call("lw_writer_close", writer));
    assertEquals(2, source.released(), "releases of batches");
    assertEquals(1, source.closed(), "releases of the stream");
    ReferenceAssert.assertReads(file, schema, batches);
  }

  @ParameterizedTest
  @MethodSource({
    "dev.lancewright.arrow.MalformedArrayTest#batches",
    "dev.lancewright.arrow.MalformedArrayTest#fixedWidth",
    "dev.lancewright.arrow.MalformedArrayTest#boolsAndNulls",
    "dev.lancewright.arrow.MalformedArrayTest#strings",
    "dev.lancewright.arrow.MalformedArrayTest#fixedSizeLists",
    "dev.lancewright.arrow.MalformedArrayTest#lists",
    "dev.lancewright.arrow.MalformedArrayTest#maps",
    "dev.lancewright.arrow.MalformedArrayTest#structs",
    "dev.lancewright.arrow.MalformedArrayTest#fixedSizeListsOfLists",
    "dev.lancewright.arrow.MalformedArrayTest#dictionaries",
    "dev.lancewright.arrow.MalformedArrayTest#stringViews",
    "dev.lancewright.arrow.MalformedArrayTest#listViews",
    "dev.lancewright.arrow.MalformedArrayTest#listsOfViews",
    "dev.lancewright.arrow.MalformedArrayTest#runs",
    "dev.lancewright.arrow.MalformedArrayTest#runsOfText",
    "dev.lancewright.arrow.MalformedArrayTest#decimals"
  })
  void malformedArraysAreRefused(MalformedArrayTest.Case malformed) {
    ImportSchema schema = RandomBatches.schemaOf(malformed.layout(), true);
    List<Object> rows = malformed.rows();
    try (ArrowProducer export = new ArrowProducer();
        Arena arena = Arena.ofConfined()) {
      long array = export.array(schema, List.of(rows), rows.size(), ArrowProducer.Shape.PLAIN);
      malformed.damage().accept(array);
      long writer = open(folder.resolve("malformed.lance"), "overwrite=true", arena);

      assertEquals(BAD_ARGUMENT, library.call("lw_write", writer, array, export.schema(schema)));
      assertEquals(malformed.message(), library.lastError());
      export.assertAllReleasedOnce();
      ok(library.call("lw_writer_close", writer));
    }
  }

  /** Opens a writer that takes its schema from what is written first. */
  private static long open(Path file, String options, Arena arena) {
    MemorySegment writer = arena.allocate(ValueLayout.JAVA_LONG);
    ok(
        library.call(
            "lw_writer_open",
            arena.allocateFrom(file.toString()).address(),
            0,
            arena.allocateFrom(options).address(),
            writer.address()));
    return writer.get(ValueLayout.JAVA_LONG, 0);
  }

  private static void ok(int code) {
    assertEquals(0, code, library::lastError);
  }
}
