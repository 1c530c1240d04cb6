package dev.lancewright;

import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.arrow.ImportedStream;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.NewerFormatException;
import dev.lancewright.internal.check.BatchCheck;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.file.BatchWriter;
import dev.lancewright.internal.file.ColumnWriter;
import dev.lancewright.internal.file.ContainerWriter;
import dev.lancewright.internal.file.SchemaCheck;
import dev.lancewright.internal.file.SchemaDescriptor;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.io.Durability;
import dev.lancewright.io.FileChannelSink;
import dev.lancewright.io.Sink;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

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
 * IllegalStateException}. It starts no threads.
 */
public final class LanceWriter implements AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private enum State {
    OPEN,
    FINISHED,
    FAILED,
    CLOSED
  }

  private final FormatVersion version;
  private final CompressionProfile profile;
  private final CompressionParams compression;
  private final long dataCacheBytes;
  private final Resources resources;
  private final Cleaner.Cleanable cleanable;
  private final ContainerWriter container;
  private final Map<String, String> addedMetadata = new TreeMap<>();
  private final AtomicReference<Thread> user = new AtomicReference<>();

  private State state = State.OPEN;
  private Schema schema;
  private ImportSchema arraySchema;
  private BatchCheck check;
  private BatchWriter table;
  private long rows;

  private LanceWriter(Builder options, Sink sink) {
    this.version = options.version;
    this.profile = options.profile;
    this.compression = options.compression;
    this.dataCacheBytes = options.dataCacheBytes;
    this.resources = new Resources(new PagePool(), sink);
    this.cleanable = CLEANER.register(this, resources);
    this.container = new ContainerWriter(sink, version, resources.pool);
    if (options.schema != null) {
      setSchema(options.schema);
    }
  }

  /** A writer for files of one schema. */
  public static Builder builder(Schema schema) {
    return new Builder(Objects.requireNonNull(schema, "schema"));
  }

  /** A writer whose first batch gives the schema. */
  public static Builder lazy() {
    return new Builder(null);
  }

  private void setSchema(Schema fileSchema) {
    schema = fileSchema;
    arraySchema = ImportSchema.of(fileSchema);
    check = new BatchCheck(fileSchema);
    table = new BatchWriter(fileSchema, this::options, dataCacheBytes, resources.pool, container);
  }

  private CodecOptions options(LeafPath leaf) {
    return new CodecOptions(version, profile, compression.resolve(leaf.fields()));
  }

  /**
   * Writes the rows of a batch. Its columns are found by name, in any order; others are ignored.
   *
   * @throws IllegalArgumentException naming column and row, if the batch does not fit the file; the
   *     writer is then as before
   * @throws IOException if the sink fails
   */
  public void write(Batch batch) throws IOException {
    enter();
    try {
      writeBatch(batch);
    } finally {
      exit();
    }
  }

  private void writeBatch(Batch batch) throws IOException {
    if (schema == null) {
      SchemaCheck.check(batch.schema(), version);
      new BatchCheck(batch.schema()).select(batch);
      setSchema(batch.schema());
    }
    try {
      List<Column> columns = check.select(batch);
      if (batch.rows() > 0) {
        take(columns, batch.rows());
      }
    } finally {
      check.forget();
    }
  }

  private void take(List<Column> columns, long count) throws IOException {
    long total = Math.addExact(rows, count);
    state = State.FAILED;
    table.write(columns, count);
    rows = total;
    state = State.OPEN;
  }

  /**
   * Writes the rows of a struct array of the Arrow C Data Interface whose children are the file's
   * columns in order, and lie in memory as the types of its schema say.
   *
   * <p>The array is taken over: it is released exactly once, whatever happens.
   *
   * @param arrayAddress of a {@code struct ArrowArray}
   * @throws IllegalArgumentException as for {@link #write}, or if the array is not well-formed
   * @throws IllegalStateException if the schema is not known yet
   */
  public void writeArrow(long arrayAddress) throws IOException {
    try {
      enter();
      try {
        if (schema == null) {
          throw new IllegalStateException(
              "the schema is not known before the first batch; give the array's schema as well");
        }
        importAndWrite(arrayAddress, arraySchema);
      } finally {
        exit();
      }
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
   * @param arrayAddress of a {@code struct ArrowArray}
   * @throws IllegalArgumentException as for {@link #write}, or if the array is not well-formed
   */
  public void writeArrow(long arrayAddress, ImportSchema importSchema) throws IOException {
    try {
      enter();
      try {
        importAndWrite(arrayAddress, importSchema);
      } finally {
        exit();
      }
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
   * @param arrayAddress of a {@code struct ArrowArray}
   * @param schemaAddress of its {@code struct ArrowSchema}
   * @throws IllegalArgumentException as for {@link #write}, or if the structs are not well-formed
   */
  public void writeArrow(long arrayAddress, long schemaAddress) throws IOException {
    try {
      enter();
      try {
        importAndWrite(arrayAddress, ImportSchema.read(schemaAddress));
      } finally {
        exit();
      }
    } finally {
      try {
        ImportedBatch.release(arrayAddress);
      } finally {
        ArrowSchemas.release(schemaAddress);
      }
    }
  }

  private void importAndWrite(long arrayAddress, ImportSchema importSchema) throws IOException {
    try (ImportedBatch batch =
        ImportedBatch.take(arrayAddress, importSchema, this::isWritten, resources.imports)) {
      writeBatch(batch.batch());
    }
  }

  /**
   * Writes all batches of a stream of the Arrow C Stream Interface.
   *
   * <p>The stream is taken over: it and its arrays are released exactly once, whatever happens.
   *
   * @param streamAddress of a {@code struct ArrowArrayStream}
   * @return rows written
   * @throws IOException if the stream reports an error, or the sink fails
   */
  public long writeArrowStream(long streamAddress) throws IOException {
    try {
      enter();
      try (ImportedStream stream = ImportedStream.take(streamAddress)) {
        return writeStream(stream);
      } finally {
        exit();
      }
    } finally {
      ImportedStream.release(streamAddress);
    }
  }

  private long writeStream(ImportedStream stream) throws IOException {
    if (schema == null) {
      Schema streamSchema = stream.schema();
      SchemaCheck.check(streamSchema, version);
      setSchema(streamSchema);
    }
    long before = rows;
    for (ImportedBatch next = stream.next(this::isWritten);
        next != null;
        next = stream.next(this::isWritten)) {
      try (ImportedBatch batch = next) {
        writeBatch(batch.batch());
      }
    }
    return rows - before;
  }

  private boolean isWritten(Field field) {
    return check == null || check.knows(field.name());
  }

  /** Adds an entry to the schema's metadata in the file; the last value of a key counts. */
  public void addSchemaMetadata(String key, String value) {
    enter();
    try {
      addedMetadata.put(key, value);
    } finally {
      exit();
    }
  }

  /**
   * Writes a buffer that belongs to the file as a whole.
   *
   * @return its index, from 1 on: buffer 0 is the schema
   */
  public int addGlobalBuffer(MemorySegment bytes) throws IOException {
    enter();
    try {
      state = State.FAILED;
      int index = container.addGlobalBuffer(bytes);
      state = State.OPEN;
      return index;
    } finally {
      exit();
    }
  }

  /** Bytes of the file so far, padding included, rows that still wait not. */
  public long position() {
    return container.output().position();
  }

  /** Bytes of the rows that wait for pages. */
  public long bufferedBytes() {
    return table == null ? 0 : table.bufferedBytes();
  }

  /** Bytes of off-heap memory that the writer holds. */
  public long retainedBytes() {
    return resources.pool.retainedBytes() + resources.imports.retainedBytes();
  }

  /**
   * Writes what waits, ends the file and publishes it.
   *
   * @throws IllegalStateException if the schema is not known because there was no batch
   * @throws IOException if the file could not be completed; close the writer then
   */
  public WriteSummary finish() throws IOException {
    enter();
    try {
      if (schema == null) {
        throw new IllegalStateException(
            "there is no schema to write: no batch came, and none was given to the builder");
      }
      state = State.FAILED;
      table.flush();
      Schema stored = new Schema(schema.fields(), mergedMetadata());
      container.finish(SchemaDescriptor.encode(stored, rows), table.metadata());
      resources.publish();
      cleanable.clean();
      state = State.FINISHED;
      return summary();
    } finally {
      exit();
    }
  }

  private Map<String, String> mergedMetadata() {
    Map<String, String> merged = new TreeMap<>(schema.metadata());
    merged.putAll(addedMetadata);
    return merged;
  }

  private WriteSummary summary() {
    int[] ids = SchemaDescriptor.leafIds(schema);
    List<WriteSummary.Column> columns = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      ColumnWriter column = table.columns().get(i);
      columns.add(
          new WriteSummary.Column(
              column.path().name(),
              column.path().leaf().type(),
              ids[i],
              i,
              column.pages(),
              column.encodings(),
              column.nulls(),
              column.bytesIn(),
              column.bytesOut()));
    }
    return new WriteSummary(version, rows, position(), columns);
  }

  /** Drops everything: no file appears. Does nothing after {@link #finish}. */
  public void abort() throws IOException {
    close();
  }

  /** Frees everything; without {@link #finish} before, no file appears. Idempotent. */
  @Override
  public void close() throws IOException {
    claim();
    try {
      if (state != State.FINISHED) {
        state = State.CLOSED;
        resources.discard();
      }
      cleanable.clean();
    } finally {
      exit();
    }
  }

  private void enter() {
    claim();
    if (state != State.OPEN) {
      exit();
      throw new IllegalStateException(
          switch (state) {
            case FINISHED -> "the file is finished; write another one with a new writer";
            case FAILED -> "the writer failed before and can only be closed";
            default -> "the writer is closed";
          });
    }
  }

  private void claim() {
    Thread current = Thread.currentThread();
    if (!user.compareAndSet(null, current)) {
      throw new IllegalStateException(
          "the writer is in use by thread '%s'; one thread at a time may use it"
              .formatted(user.get() == null ? "?" : user.get().getName()));
    }
  }

  private void exit() {
    user.set(null);
  }

  /** What a writer must give back; known to the cleaner, so it must not know the writer. */
  private static final class Resources implements Runnable {
    private static final System.Logger LOGGER = System.getLogger(LanceWriter.class.getName());

    private final PagePool pool;
    private final ImportMemory imports = new ImportMemory();
    private final Sink sink;
    private final Throwable created = new Throwable("created here");
    private boolean ended;

    Resources(PagePool pool, Sink sink) {
      this.pool = pool;
      this.sink = sink;
    }

    void publish() throws IOException {
      sink.publish();
      ended = true;
    }

    void discard() throws IOException {
      ended = true;
      sink.discard();
    }

    /** Runs once: after the end, or when a writer was dropped without one. */
    @Override
    public void run() {
      try {
        if (!ended) {
          LOGGER.log(
              System.Logger.Level.WARNING, "a LanceWriter was dropped without close", created);
          sink.discard();
        }
      } catch (IOException e) {
        LOGGER.log(System.Logger.Level.WARNING, "a dropped LanceWriter left a file behind", e);
      } finally {
        pool.close();
        imports.close();
      }
    }
  }

  /** Options of a writer; may be used for several. */
  public static final class Builder {
    private final Schema schema;
    private FormatVersion version = FormatVersion.V2_1;
    private CompressionProfile profile = CompressionProfile.BALANCED;
    private CompressionParams compression = CompressionParams.NONE;
    private long dataCacheBytes;
    private Durability durability = Durability.NONE;
    private boolean overwrite;

    private Builder(Schema schema) {
      this.schema = schema;
    }

    /**
     * The version of the format: 2.1, which it is if not set, or 2.2.
     *
     * @throws IllegalArgumentException for a version that is not written
     */
    public Builder formatVersion(FormatVersion version) {
      if (version != FormatVersion.V2_1 && version != FormatVersion.V2_2) {
        throw new IllegalArgumentException(
            "format version %s cannot be written; 2.1 and 2.2 can".formatted(version));
      }
      this.version = version;
      return this;
    }

    /** What the writer aims for where nothing else is said; balanced if not set. */
    public Builder profile(CompressionProfile profile) {
      this.profile = Objects.requireNonNull(profile, "profile");
      return this;
    }

    /**
     * Settings for columns and types. Those in a field's metadata count without this, and override
     * it.
     */
    public Builder compression(CompressionParams compression) {
      this.compression = Objects.requireNonNull(compression, "compression");
      return this;
    }

    /**
     * Bytes that may wait for pages, divided over the columns of the file, which are the leaves of
     * the schema; 8 MiB for each of them if not set. A column writes a page when it has its share.
     */
    public Builder dataCacheBytes(long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException("dataCacheBytes is positive, but was " + bytes);
      }
      this.dataCacheBytes = bytes;
      return this;
    }

    /** How durable a file made by {@link #create(Path)} is when finished; none if not set. */
    public Builder durability(Durability durability) {
      this.durability = durability;
      return this;
    }

    /** Whether {@link #create(Path)} may replace a file; not if not set. */
    public Builder overwrite(boolean overwrite) {
      this.overwrite = overwrite;
      return this;
    }

    /**
     * A writer of the file {@code path}, which appears when it is finished.
     *
     * @throws NewerFormatException if a later version of the format could hold the schema
     * @throws IllegalArgumentException naming the column, if a file cannot hold the schema, or if a
     *     setting of compression has a value that is not allowed
     */
    public LanceWriter create(Path path) throws IOException {
      check();
      return new LanceWriter(this, FileChannelSink.create(path, durability, overwrite));
    }

    /**
     * A writer into {@code sink}, which the writer publishes or discards. If this throws, the sink
     * is still the caller's to discard.
     *
     * @throws NewerFormatException if a later version of the format could hold the schema
     * @throws IllegalArgumentException naming the column, if a file cannot hold the schema, or if a
     *     setting of compression has a value that is not allowed
     */
    public LanceWriter create(Sink sink) {
      check();
      return new LanceWriter(this, sink);
    }

    private void check() {
      compression.check(version);
      if (schema != null) {
        SchemaCheck.check(schema, version);
      }
    }
  }
}
