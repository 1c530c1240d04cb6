package dev.lancewright.bench;

import dev.lancewright.LanceWriter;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.lance.file.LanceFileWriter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole files of the same in-memory batches, by this writer and by the reference. No fsync. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
// The reference starts slower, and the page cache is noisy: two forks show both.
@Fork(
    value = 2,
    jvmArgsAppend = {
      "--add-opens=java.base/java.nio=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED",
      "--add-modules=jdk.incubator.vector",
      "-Xmx1g"
    })
@State(Scope.Benchmark)
public class WriteBenchmark {
  private static final int BATCHES = 4;

  /** What is written: 768 floats a row, one int64, or a list of some int32, of the full range. */
  @Param({"embeddings", "int64", "lists"})
  private String data;

  @Param({"65536", "1024"})
  private int batchRows;

  @Param({"lancewright", "reference"})
  private String writer;

  private final RootAllocator allocator = new RootAllocator();
  private final List<VectorSchemaRoot> roots = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private Path directory;
  private Path file;

  @Setup
  public void makeBatches() throws IOException {
    directory = Files.createTempDirectory(Path.of("target"), "bench");
    file = directory.resolve("file.lance");
    Random random = new Random(42);
    int rows =
        switch (data) {
          case "int64" -> 8 << 20;
          case "lists" -> 4 << 20;
          default -> 65_536;
        };
    for (int i = 0; i < rows / batchRows; i++) {
      // A few distinct batches, so that the source is larger than the caches and set up quickly.
      if (i < BATCHES * 65_536 / batchRows) {
        addBatch(random);
      } else {
        roots.add(roots.get(i % (BATCHES * 65_536 / batchRows)));
        batches.add(batches.get(i % (BATCHES * 65_536 / batchRows)));
      }
    }
  }

  private void addBatch(Random random) {
    switch (data) {
      case "int64" -> addLongs(random);
      case "lists" -> addLists(random);
      default -> addEmbeddings(random);
    }
  }

  private void addLongs(Random random) {
    BigIntVector longs =
        new BigIntVector("x", FieldType.notNullable(new ArrowType.Int(64, true)), allocator);
    longs.allocateNew(batchRows);
    for (int i = 0; i < batchRows; i++) {
      longs.set(i, random.nextLong());
    }
    add(longs, fixed(DataType.int64(), batchRows, longs.getDataBuffer()));
  }

  private void addEmbeddings(Random random) {
    FixedSizeListVector lists =
        new FixedSizeListVector(
            "x", allocator, FieldType.notNullable(new ArrowType.FixedSizeList(768)), null);
    Float4Vector floats =
        lists
            .<Float4Vector>addOrGetVector(
                FieldType.notNullable(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)))
            .getVector();
    floats.allocateNew(batchRows * 768);
    for (int i = 0; i < batchRows * 768; i++) {
      floats.set(i, random.nextFloat() * 2 - 1);
    }
    floats.setValueCount(batchRows * 768);
    for (int i = 0; i < batchRows; i++) {
      lists.setNotNull(i);
    }
    DataType.FloatingPoint item = DataType.float32();
    add(
        lists,
        new FixedSizeListColumn(
            DataType.fixedSizeList(Field.required("item", item), 768),
            batchRows,
            null,
            fixed(item, batchRows * 768L, floats.getDataBuffer())));
  }

  private void addLists(Random random) {
    ListVector lists =
        new ListVector("x", allocator, FieldType.nullable(new ArrowType.List()), null);
    IntVector ints =
        lists
            .<IntVector>addOrGetVector(FieldType.notNullable(new ArrowType.Int(32, true)))
            .getVector();
    lists.allocateNew();
    ints.allocateNew(batchRows * 9);
    int items = 0;
    for (int i = 0; i < batchRows; i++) {
      if (random.nextInt(10) == 0) {
        lists.setNull(i);
        continue;
      }
      lists.startNewValue(i);
      int length = 1 + random.nextInt(9);
      for (int j = 0; j < length; j++) {
        ints.set(items++, random.nextInt());
      }
      lists.endValue(i, length);
    }
    lists.setValueCount(batchRows);
    DataType.Int item = DataType.int32();
    add(
        lists,
        new ListColumn(
            DataType.list(Field.required("item", item)),
            batchRows,
            new Bitmap(memory(lists.getValidityBuffer(), Bitmap.bytesFor(batchRows)), 0, batchRows),
            memory(lists.getOffsetBuffer(), 4L * (batchRows + 1)),
            fixed(item, items, ints.getDataBuffer())));
  }

  private void add(FieldVector vector, Column column) {
    vector.setValueCount(batchRows);
    roots.add(VectorSchemaRoot.of(vector));
    Field field = new Field("x", column.type(), column.validity() != null, Map.of());
    batches.add(Batch.of(Schema.of(field), column));
  }

  private static FixedWidthColumn fixed(DataType.FixedWidth type, long length, ArrowBuf buffer) {
    return new FixedWidthColumn(type, length, null, memory(buffer, length * type.byteWidth()));
  }

  @SuppressWarnings("restricted")
  private static MemorySegment memory(ArrowBuf buffer, long bytes) {
    return MemorySegment.ofAddress(buffer.memoryAddress()).reinterpret(bytes);
  }

  /** One file from first batch to publication. */
  @Benchmark
  @SuppressWarnings("try")
  public void write() throws Exception {
    if (writer.equals("lancewright")) {
      try (LanceWriter out = LanceWriter.builder(batches.getFirst().schema()).create(file)) {
        for (Batch batch : batches) {
          out.write(batch);
        }
        out.finish();
      }
    } else {
      try (LanceFileWriter out =
          LanceFileWriter.open(file.toString(), allocator, null, Optional.of("2.1"), Map.of())) {
        for (VectorSchemaRoot root : roots) {
          out.write(root);
        }
      }
    }
  }

  @TearDown(Level.Invocation)
  public void deleteFile() throws IOException {
    Files.deleteIfExists(file);
  }

  @TearDown
  public void freeBatches() throws IOException {
    roots.stream().distinct().forEach(VectorSchemaRoot::close);
    allocator.close();
    Files.deleteIfExists(directory);
  }
}
