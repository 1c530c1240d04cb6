package dev.lancewright.packaging;

import dev.lancewright.LanceReader;
import dev.lancewright.LanceWriter;
import dev.lancewright.WriteSummary;
import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a file and reads it back, with all libraries that the module requires. {@link JarsIT} runs
 * it in a JVM that has the library on its module path; it uses exported packages alone.
 */
final class ModularProgram {
  private static final int ROWS = 10_000;

  private ModularProgram() {}

  /** Prints the encodings, and how many rows were read and found to be right. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    DataType.Int type = new DataType.Int(64, true);
    Schema schema = Schema.of(Field.required("zstd", type), Field.required("lz4", type));
    CompressionParams compression =
        CompressionParams.builder()
            .column("zstd", with(CompressionScheme.ZSTD))
            .column("lz4", with(CompressionScheme.LZ4))
            .build();
    try (Arena arena = Arena.ofConfined();
        LanceWriter writer = LanceWriter.builder(schema).compression(compression).create(file)) {
      MemorySegment values = arena.allocate(ROWS * (long) Long.BYTES, Long.BYTES);
      for (int i = 0; i < ROWS; i++) {
        values.setAtIndex(ValueLayout.JAVA_LONG, i, i % 1000);
      }
      FixedWidthColumn column = new FixedWidthColumn(type, ROWS, null, values);
      writer.write(new Batch(schema, List.of(column, column), ROWS));
      WriteSummary summary = writer.finish();
      summary.columns().forEach(written -> System.out.println(written.encodings()));
    }
    try (LanceReader reader = LanceReader.open(file)) {
      System.out.println(reader.verify().rows() + " rows");
    }
    System.out.println("module " + LanceWriter.class.getModule().getName());
  }

  private static FieldCompression with(CompressionScheme scheme) {
    return FieldCompression.builder().compression(scheme).build();
  }
}
