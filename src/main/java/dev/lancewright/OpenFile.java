package dev.lancewright;

import dev.lancewright.WriterGuard.State;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.check.BatchCheck;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.file.BatchWriter;
import dev.lancewright.internal.file.ContainerWriter;
import dev.lancewright.internal.file.PageWriter;
import dev.lancewright.internal.file.SchemaCheck;
import dev.lancewright.internal.file.SchemaDescriptor;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.io.Sink;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * A file that is being written: its schema, once that is known, and the rows so far. While bytes
 * are on their way, the guard says that the writer failed, which it has if they do not arrive.
 */
final class OpenFile {
  /**
   * What a writer was asked for.
   *
   * @param executor null if pages are encoded by whoever writes
   */
  record Options(
      FormatVersion version,
      CompressionProfile profile,
      CompressionParams compression,
      long dataCacheBytes,
      Executor executor,
      long maxBytesInFlight) {
    CodecOptions codec(LeafPath leaf) {
      return new CodecOptions(version, profile, compression.resolve(leaf.fields()));
    }
  }

  private final Options options;
  private final WriterGuard guard;
  private final PagePool pool;
  private final ContainerWriter container;
  private final PageWriter pages;
  private final Map<String, String> addedMetadata = new TreeMap<>();

  /** Null until the schema is known, as are the next three. */
  private Schema schema;

  private ImportSchema importSchema;
  private BatchCheck check;
  private BatchWriter writer;
  private long rows;

  /**
   * @param schema the schema of the file, which was checked; null if it is not known yet
   * @param sink takes the bytes, and stays the caller's to publish or discard
   * @param pool gives the memory of rows that wait, and stays the caller's to close
   */
  OpenFile(Options options, Schema schema, Sink sink, PagePool pool, WriterGuard guard) {
    this.options = options;
    this.guard = guard;
    this.pool = pool;
    this.container = new ContainerWriter(sink, options.version, pool);
    this.pages =
        options.executor == null
            ? PageWriter.direct(container)
            : PageWriter.concurrent(container, options.executor, options.maxBytesInFlight);
    if (schema != null) {
      setSchema(schema, new BatchCheck(schema));
    }
  }

  /** Returns what encodes the pages, for whoever gives up what a writer holds. */
  PageWriter pages() {
    return pages;
  }

  boolean hasSchema() {
    return schema != null;
  }

  /** Returns how arrays lie in memory that have the file's columns in order. */
  ImportSchema importSchema() {
    return importSchema;
  }

  /** Says whether a column of a batch goes into the file. */
  boolean takes(Field field) {
    return check == null || check.knows(field.name());
  }

  /**
   * Sets the schema of a file that has none yet.
   *
   * @throws IllegalArgumentException if the file cannot hold it
   */
  void setSchema(Schema fileSchema) {
    SchemaCheck.check(fileSchema, options.version);
    setSchema(fileSchema, new BatchCheck(fileSchema));
  }

  private void setSchema(Schema fileSchema, BatchCheck batchCheck) {
    schema = fileSchema;
    importSchema = ImportSchema.of(fileSchema);
    check = batchCheck;
    writer = new BatchWriter(fileSchema, options::codec, options.dataCacheBytes, pool, pages);
  }

  /**
   * Writes a batch, whose schema becomes that of the file if it has none yet.
   *
   * @return the number of rows written
   * @throws IllegalArgumentException if the batch does not fit; the file is then as before
   */
  long write(Batch batch) throws IOException {
    BatchCheck batchCheck = check;
    if (!hasSchema()) {
      SchemaCheck.check(batch.schema(), options.version);
      batchCheck = new BatchCheck(batch.schema());
    }
    try {
      List<Column> columns = batchCheck.select(batch);
      if (!hasSchema()) {
        setSchema(batch.schema(), batchCheck);
      }
      if (batch.rows() > 0) {
        write(columns, batch.rows());
      }
      return batch.rows();
    } finally {
      batchCheck.forget();
    }
  }

  private void write(List<Column> columns, long count) throws IOException {
    long total = Math.addExact(rows, count);
    guard.set(State.FAILED);
    writer.write(columns, count);
    rows = total;
    guard.set(State.OPEN);
  }

  void addSchemaMetadata(String key, String value) {
    addedMetadata.put(key, value);
  }

  int addGlobalBuffer(MemorySegment bytes) throws IOException {
    guard.set(State.FAILED);
    pages.flush();
    int index = container.addGlobalBuffer(bytes);
    guard.set(State.OPEN);
    return index;
  }

  long position() {
    return pages.position();
  }

  long bufferedBytes() {
    return writer == null ? 0 : writer.bufferedBytes();
  }

  /**
   * Writes what waits and ends the file.
   *
   * @throws IllegalStateException if the schema is not known
   */
  WriteSummary finish() throws IOException {
    if (!hasSchema()) {
      throw new IllegalStateException(
          "there is no schema to write: no batch came, and none was given to the builder");
    }
    guard.set(State.FAILED);
    writer.flush();
    Map<String, String> metadata = new TreeMap<>(schema.metadata());
    metadata.putAll(addedMetadata);
    Schema stored = new Schema(schema.fields(), metadata);
    container.finish(SchemaDescriptor.encode(stored, rows), writer.metadata());
    return new WriteSummary(options.version, rows, position(), writtenColumns());
  }

  private List<WriteSummary.Column> writtenColumns() {
    int[] ids = SchemaDescriptor.leafIds(schema);
    return IntStream.range(0, ids.length)
        .mapToObj(i -> WriteSummary.Column.of(writer.columns().get(i), ids[i], i))
        .toList();
  }
}
