package dev.lancewright.ffi;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.arrow.ImportedStream;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Does what the first file of a program does, as C code would, so that the JVM sees the classes
 * that this takes. {@code ffi/archive.sh} runs it to make an archive of them, by which a JVM starts
 * faster.
 */
final class FirstFile {
  private static final int ROWS = 1024;

  private FirstFile() {}

  /**
   * Writes a file and reads it back.
   *
   * @param arguments the path of the file
   */
  public static void main(String[] arguments) {
    NativeApi.table(NativeApi.ABI_VERSION);
    try (Arena arena = Arena.ofConfined()) {
      long path = arena.allocateFrom(Path.of(arguments[0]).toString()).address();
      MemorySegment text = arena.allocate(Failure.TEXT_BYTES);
      write(path, arena, text);
      read(path, arena, text);
    }
  }

  private static void write(long path, Arena arena, MemorySegment text) {
    Batch batch = batch();
    MemorySegment schema = arena.allocate(ArrowSchemas.STRUCT_BYTES, 8);
    MemorySegment array = arena.allocate(ImportedBatch.STRUCT_BYTES, 8);
    MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
    long options = arena.allocateFrom("overwrite=true").address();
    ArrowExport.exportSchema(batch.schema(), schema.address());
    ArrowExport.exportBatch(new OwnedBatch(batch, () -> {}), array.address());
    long error = text.address();
    check(WriterFunctions.open(path, schema.address(), options, handle.address(), error), text);
    long writer = handle.get(ValueLayout.JAVA_LONG, 0);
    check(WriterFunctions.write(writer, array.address(), 0, error), text);
    check(WriterFunctions.finish(writer, 0, error), text);
    check(WriterFunctions.close(writer, error), text);
  }

  private static Batch batch() {
    Schema schema =
        Schema.of(Field.required("id", DataType.int64()), Field.nullable("name", DataType.utf8()));
    long[] ids = new long[ROWS];
    int[] offsets = new int[ROWS + 1];
    for (int i = 0; i < ROWS; i++) {
      ids[i] = i * 7919L % 1000;
      offsets[i + 1] = 4 * (i + 1);
    }
    byte[] names = "name".repeat(ROWS).getBytes(StandardCharsets.UTF_8);
    return Batch.of(
        schema,
        new FixedWidthColumn(DataType.int64(), ROWS, null, MemorySegment.ofArray(ids)),
        new VariableWidthColumn(
            DataType.utf8(),
            ROWS,
            null,
            MemorySegment.ofArray(offsets),
            MemorySegment.ofArray(names)));
  }

  private static void read(long path, Arena arena, MemorySegment text) {
    MemorySegment handle = arena.allocate(ValueLayout.JAVA_LONG);
    MemorySegment stream = arena.allocate(ImportedStream.STRUCT_BYTES, 8);
    long error = text.address();
    check(ReaderFunctions.open(path, 0, handle.address(), error), text);
    long reader = handle.get(ValueLayout.JAVA_LONG, 0);
    check(ReaderFunctions.verify(reader, 0, error), text);
    check(ReaderFunctions.scan(reader, 0, stream.address(), error), text);
    ImportedStream.release(stream.address());
    check(ReaderFunctions.close(reader, error), text);
  }

  private static void check(int code, MemorySegment text) {
    if (code != Failure.OK) {
      throw new IllegalStateException(text.getString(0));
    }
  }
}
