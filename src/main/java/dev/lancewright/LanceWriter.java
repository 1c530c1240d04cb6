package dev.lancewright;

import dev.lancewright.WriterGuard.State;
import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.arrow.ImportedStream;
import dev.lancewright.column.Batch;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.NewerFormatException;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.file.SchemaCheck;
import dev.lancewright.io.Durability;
import dev.lancewright.io.FileChannelSink;
import dev.lancewright.io.Sink;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Writes one Lance file from batches of columns.
 *
 * <pre>{@code
 * try (LanceWriter writer = LanceWriter.builder(schema).create(Path.of("trips.lance"))) {
 *   writer.write(batch);
 *   WriteSummary summary = writer.finish();
 * }
 * }</pre>
 *
 * <p>A file becomes visible with {@link #finish} and not before; {@link #close} without it leaves
 * nothing behind. Every batch is checked whole before the first byte of it is taken: one that is
 * refused with an {@link IllegalArgumentException} leaves the writer as it was. After an {@link
 * IOException} the writer can only be closed.
 *
 * <p>{@code write} copies what it keeps: the caller's memory is not referenced after it returns.
 * Rows wait in memory until they fill a page of their column.
 *
 * <p>A writer may be used by several threads, but by one at a time; two at once get an {@link
 * IllegalStateException}. It starts no threads; {@link Builder#executor} lets it use others.
 */
public final class LanceWriter implements AutoCloseable {
  /** The versions of the format that can be written. */
  public static final List<FormatVersion> FORMAT_VERSIONS =
      List.of(FormatVersion.V2_1, FormatVersion.V2_2);

  private static final Cleaner CLEANER = Cleaner.create();

  private final WriterGuard guard = new WriterGuard();
  private final WriterResources resources;
  private final Cleaner.Cleanable cleanable;
  private final OpenFile file;

  private LanceWriter(OpenFile.Options options, Schema schema, Sink sink) {
    this.resources = new WriterResources(sink);
    this.cleanable = CLEANER.register(this, resources);
    this.file = new OpenFile(options, schema, sink, resources.pool(), guard);
    resources.setPages(file.pages());
  }

  /** Starts a writer for files of one schema. */
  public static Builder builder(Schema schema) {
    return new Builder(Require.nonNull(schema, "schema"));
  }

  /** Starts a writer that takes its schema from the first batch. */
  public static Builder lazy() {
    return new Builder(null);
  }

  /**
   * Writes the rows of a batch. Its columns are found by name, in any order; others are ignored.
   *
   * @throws IllegalArgumentException naming column and row, if the batch does not fit the file; the
   *     writer is then as before
   * @throws IOException if the sink fails
   */
  public void write(Batch batch) throws IOException {
    Require.nonNull(batch, "batch");
    try (WriterGuard.Turn _ = guard.enter()) {
      file.write(batch);
    }
  }

  /**
   * Writes the rows of a struct array of the Arrow C Data Interface whose children are the file's
   * columns in order, and lie in memory as the types of its schema say.
   *
   * <p>The array is taken over: it is released exactly once, whatever happens.
   *
   * @param arrayAddress the address of a {@code struct ArrowArray}
   * @return the number of rows written
   * @throws IllegalArgumentException as for {@link #write}, or if the array is not well-formed
   * @throws IllegalStateException if the schema is not known yet
   * @throws IOException if the sink fails
   */
  public long writeArrow(long arrayAddress) throws IOException {
    try (WriterGuard.Turn _ = guard.enter()) {
      if (!file.hasSchema()) {
        throw new IllegalStateException(
            "the schema is not known before the first batch; give the array's schema as well");
      }
      return importAndWrite(arrayAddress, file.importSchema());
    } finally {
      ImportedBatch.release(arrayAddress);
    }
  }

  /**
   * Writes the rows of a struct array of the Arrow C Data Interface, whose columns are found by
   * name; for many arrays of one schema, which is read once.
   *
   * <p>The array is taken over: it is released exactly once, whatever happens.
   *
   * @param arrayAddress the address of a {@code struct ArrowArray}
   * @param importSchema the schema of the array, with all its columns
   * @return the number of rows written
   * @throws IllegalArgumentException as for {@link #write}, or if the array is not well-formed
   * @throws IOException if the sink fails
   */
  public long writeArrow(long arrayAddress, ImportSchema importSchema) throws IOException {
    try (WriterGuard.Turn _ = guard.enter()) {
      return importAndWrite(arrayAddress, Require.nonNull(importSchema, "importSchema"));
    } finally {
      ImportedBatch.release(arrayAddress);
    }
  }

  /**
   * Writes the rows of a struct array of the Arrow C Data Interface, whose columns are found by
   * name.
   *
   * <p>Array and schema are taken over: each is released exactly once, whatever happens.
   *
   * @param arrayAddress the address of a {@code struct ArrowArray}
   * @param schemaAddress the address of its {@code struct ArrowSchema}
   * @return the number of rows written
   * @throws IllegalArgumentException as for {@link #write}, or if the structs are not well-formed
   * @throws IOException if the sink fails
   */
  public long writeArrow(long arrayAddress, long schemaAddress) throws IOException {
    try (WriterGuard.Turn _ = guard.enter()) {
      return importAndWrite(arrayAddress, ImportSchema.read(schemaAddress));
    } finally {
      try {
        ImportedBatch.release(arrayAddress);
      } finally {
        ArrowSchemas.release(schemaAddress);
      }
    }
  }

  private long importAndWrite(long arrayAddress, ImportSchema importSchema) throws IOException {
    try (ImportedBatch batch =
        ImportedBatch.take(arrayAddress, importSchema, file::takes, resources.imports())) {
      return file.write(batch.batch());
    }
  }

  /**
   * Writes all batches of a stream of the Arrow C Stream Interface.
   *
   * <p>The stream is taken over: it and its arrays are released exactly once, whatever happens.
   *
   * @param streamAddress the address of a {@code struct ArrowArrayStream}
   * @return the number of rows written
   * @throws IOException if the stream reports an error, or the sink fails
   */
  public long writeArrowStream(long streamAddress) throws IOException {
    try (WriterGuard.Turn _ = guard.enter();
        ImportedStream stream = ImportedStream.take(streamAddress)) {
      if (!file.hasSchema()) {
        file.setSchema(stream.schema());
      }
      long written = 0;
      for (ImportedBatch next = stream.next(file::takes);
          next != null;
          next = stream.next(file::takes)) {
        try (ImportedBatch batch = next) {
          written += file.write(batch.batch());
        }
      }
      return written;
    } finally {
      ImportedStream.release(streamAddress);
    }
  }

  /** Adds an entry to the schema's metadata in the file; the last value of a key counts. */
  public void addSchemaMetadata(String key, String value) {
    Require.nonNull(key, "key");
    Require.nonNull(value, "value");
    try (WriterGuard.Turn _ = guard.enter()) {
      file.addSchemaMetadata(key, value);
    }
  }

  /**
   * Writes a buffer that belongs to the file as a whole, such as an index or a note.
   *
   * @param bytes the content, which is copied
   * @return the index of the buffer, from 1 on: buffer 0 is the schema
   * @throws IOException if the sink fails
   */
  public int addGlobalBuffer(MemorySegment bytes) throws IOException {
    Require.nonNull(bytes, "bytes");
    try (WriterGuard.Turn _ = guard.enter()) {
      return file.addGlobalBuffer(bytes);
    }
  }

  /** Returns the number of bytes written so far, including padding but not buffered rows. */
  public long position() {
    return file.position();
  }

  /** Returns the number of bytes of the rows that are buffered until they fill a page. */
  public long bufferedBytes() {
    return file.bufferedBytes();
  }

  /**
   * Returns how often a call had to wait, or to encode pages itself, because the executor was by
   * more than {@link Builder#maxBytesInFlight}; 0 without an executor.
   */
  public long waits() {
    return file.pages().waits();
  }

  /** Returns the number of off-heap bytes that the writer holds. */
  public long retainedBytes() {
    return resources.retainedBytes();
  }

  /**
   * Flushes buffered rows, ends the file and publishes it.
   *
   * @throws IllegalStateException if the schema is not known, because no batch was written and none
   *     was given to the builder
   * @throws IOException if the file could not be completed; close the writer then
   */
  public WriteSummary finish() throws IOException {
    try (WriterGuard.Turn _ = guard.enter()) {
      WriteSummary summary = file.finish();
      resources.publish();
      cleanable.clean();
      guard.set(State.FINISHED);
      return summary;
    }
  }

  /**
   * Frees everything. Without {@link #finish} before, the rows are discarded and no file appears.
   * Idempotent.
   */
  @Override
  public void close() throws IOException {
    try (WriterGuard.Turn _ = guard.claim()) {
      if (guard.state() != State.FINISHED) {
        guard.set(State.CLOSED);
        resources.discard();
      }
      cleanable.clean();
    }
  }

  /** Collects the options of a writer. One builder may create several writers. */
  public static final class Builder {
    private static final long DEFAULT_MAX_BYTES_IN_FLIGHT = 32 << 20;

    private final Schema schema;
    private FormatVersion version = FormatVersion.V2_2;
    private CompressionProfile profile = CompressionProfile.BALANCED;
    private CompressionParams compression = CompressionParams.NONE;
    private long dataCacheBytes;
    private Durability durability = Durability.NONE;
    private boolean overwrite;
    private Executor executor;
    private long maxBytesInFlight = DEFAULT_MAX_BYTES_IN_FLIGHT;

    private Builder(Schema schema) {
      this.schema = schema;
    }

    /**
     * Sets the version of the format, 2.2 (the default) or 2.1, which older readers read as well.
     *
     * @throws IllegalArgumentException if the version is not one of {@link #FORMAT_VERSIONS}
     */
    public Builder formatVersion(FormatVersion version) {
      if (!FORMAT_VERSIONS.contains(Require.nonNull(version, "version"))) {
        throw new IllegalArgumentException(
            "format version %s cannot be written; 2.1 and 2.2 can".formatted(version));
      }
      this.version = version;
      return this;
    }

    /**
     * Sets the profile of all columns that have no settings of their own, {@code BALANCED} by
     * default.
     */
    public Builder profile(CompressionProfile profile) {
      this.profile = Require.nonNull(profile, "profile");
      return this;
    }

    /**
     * Sets how columns and types are compressed, nothing in particular by default. Settings in the
     * metadata of a field need no call, and override these.
     */
    public Builder compression(CompressionParams compression) {
      this.compression = Require.nonNull(compression, "compression");
      return this;
    }

    /**
     * Sets how many bytes of rows are buffered in all, divided over the columns of the file, which
     * are the leaves of the schema; 2 MiB for each of them by default. A column writes a page when
     * it has its share.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder dataCacheBytes(long bytes) {
      this.dataCacheBytes = Require.positive(bytes, "dataCacheBytes");
      return this;
    }

    /**
     * Sets how durable a file made by {@link #create(Path)} is when it is finished, {@code NONE} by
     * default.
     */
    public Builder durability(Durability durability) {
      this.durability = Require.nonNull(durability, "durability");
      return this;
    }

    /**
     * Sets who encodes pages; by default the thread that writes does. With an executor, {@code
     * write} checks and copies its rows, and hands over the pages that they complete. These are
     * written to the sink in order, by one thread at a time, which may be any of the executor's.
     * The file is the same, byte by byte.
     *
     * <p>The executor may be shared, may run tasks on the thread that hands them over, and may
     * reject or drop them: when too many pages are in flight, and at the end, the thread that
     * writes encodes what nobody has begun. It is not shut down. What fails in a task surfaces in
     * the next call, as an {@link IOException} with its cause.
     */
    public Builder executor(Executor executor) {
      this.executor = Require.nonNull(executor, "executor");
      return this;
    }

    /**
     * Sets how many bytes of rows may be on their way through an executor, 32 MiB by default. A
     * {@code write} that goes beyond encodes pages itself, or waits while others do; {@link
     * LanceWriter#waits} counts that. Encoded pages that wait for their turn take memory in
     * addition, up to as much again.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder maxBytesInFlight(long bytes) {
      this.maxBytesInFlight = Require.positive(bytes, "maxBytesInFlight");
      return this;
    }

    /** Sets whether {@link #create(Path)} may replace an existing file, false by default. */
    public Builder overwrite(boolean overwrite) {
      this.overwrite = overwrite;
      return this;
    }

    /**
     * Creates a writer of the file {@code path}, which appears when it is finished.
     *
     * @throws NewerFormatException if a later version of the format could hold the schema
     * @throws IllegalArgumentException naming the column, if a file cannot hold the schema, or if a
     *     setting of compression has a value that is not allowed
     * @throws IOException if the file cannot be created
     */
    public LanceWriter create(Path path) throws IOException {
      Require.nonNull(path, "path");
      check();
      return writer(FileChannelSink.create(path, durability, overwrite));
    }

    /**
     * Creates a writer into {@code sink}, which the writer publishes or discards. If this throws,
     * the sink is still the caller's to discard.
     *
     * @throws NewerFormatException if a later version of the format could hold the schema
     * @throws IllegalArgumentException naming the column, if a file cannot hold the schema, or if a
     *     setting of compression has a value that is not allowed
     */
    public LanceWriter create(Sink sink) {
      Require.nonNull(sink, "sink");
      check();
      return writer(sink);
    }

    private LanceWriter writer(Sink sink) {
      return new LanceWriter(
          new OpenFile.Options(
              version, profile, compression, dataCacheBytes, executor, maxBytesInFlight),
          schema,
          sink);
    }

    private void check() {
      compression.check(version);
      if (schema != null) {
        SchemaCheck.check(schema, version);
      }
    }
  }
}
