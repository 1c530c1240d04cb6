package dev.lancewright.arrow;

import dev.lancewright.internal.Require;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.CStrings;
import dev.lancewright.internal.cdata.Callbacks;
import dev.lancewright.internal.cdata.MovedStruct;
import dev.lancewright.internal.cdata.Structs;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A producer of batches, taken over by moving its C struct and released by {@link #close}. Used by
 * one thread at a time, but not always the same one.
 *
 * <p>After an {@link IOException} the stream can only be closed: the specification leaves open what
 * a failed producer does next.
 */
public final class ImportedStream implements AutoCloseable {
  /**
   * The size of a {@code struct ArrowArrayStream} in bytes; its address must be a multiple of a
   * pointer's size.
   */
  public static final long STRUCT_BYTES = ArrowArrayStream.LAYOUT.byteSize();

  private static final int MAX_ERROR_BYTES = 1 << 12;

  private enum State {
    OPEN,
    ENDED,
    FAILED,
    CLOSED
  }

  private final MovedStruct stream;
  private final ImportMemory memory = new ImportMemory();
  private State state = State.OPEN;
  private ImportSchema schema;

  private ImportedStream(MovedStruct stream) {
    this.stream = stream;
  }

  /**
   * Moves the stream out of {@code streamAddress}. The struct there is left marked as released, so
   * that its memory may be freed or reused at once.
   *
   * @param streamAddress the address of a {@code struct ArrowArrayStream} * @throws
   *     IllegalArgumentException if there is no stream, if it was released before, or if a callback
   *     is missing, in which case the stream is released
   */
  public static ImportedStream take(long streamAddress) {
    MovedStruct stream = new MovedStruct(streamAddress, ArrowArrayStream.LAYOUT, "the stream");
    ArrowArrayStream callbacks = new ArrowArrayStream(stream.members());
    if (Structs.isNull(callbacks.getSchema())
        || Structs.isNull(callbacks.getNext())
        || Structs.isNull(callbacks.getLastError())) {
      stream.release();
      throw new IllegalArgumentException(
          "the stream has a callback that is NULL; get_schema, get_next and get_last_error must be"
              + " set");
    }
    return new ImportedStream(stream);
  }

  /**
   * Releases a stream that was not taken; does nothing if there is none, or if it was taken or
   * released before.
   *
   * @param streamAddress the address of a {@code struct ArrowArrayStream}, or 0
   */
  public static void release(long streamAddress) {
    MovedStruct.releaseAt(streamAddress, ArrowArrayStream.LAYOUT, "the stream");
  }

  /**
   * Returns the schema of all batches, which the producer is asked for only once.
   *
   * @throws IOException if the producer fails; the message has its errno and its text
   * @throws IllegalArgumentException as {@link ImportSchema#read} does
   * @throws IllegalStateException if the stream failed before or is closed
   */
  public Schema schema() throws IOException {
    return importSchema().schema();
  }

  private ImportSchema importSchema() throws IOException {
    if (schema == null) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment out = arena.allocate(ArrowSchema.LAYOUT);
        call("get_schema", ArrowArrayStream::getSchema, out);
        try {
          schema = ImportSchema.read(out.address());
        } finally {
          ArrowSchemas.release(out.address());
        }
      }
    }
    return schema;
  }

  /**
   * Returns the next batch, which the caller must close, or null at the end. The batch does not
   * depend on the stream staying open.
   *
   * @param wanted the fields to import, as for {@link ImportedBatch#take}
   * @throws IOException if the producer fails; the message has its errno and its text
   * @throws IllegalArgumentException as {@link ImportedBatch#take} does; the batch is then
   *     released, and the next call returns the one after it
   * @throws IllegalStateException if the stream failed before or is closed
   */
  public ImportedBatch next(Predicate<Field> wanted) throws IOException {
    Require.nonNull(wanted, "wanted");
    ImportSchema batchSchema = importSchema();
    if (state == State.ENDED) {
      return null;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ArrowArray.LAYOUT);
      call("get_next", ArrowArrayStream::getNext, out);
      if (new ArrowArray(out).isReleased()) {
        state = State.ENDED;
        return null;
      }
      return ImportedBatch.take(out.address(), batchSchema, wanted, memory);
    }
  }

  /** Releases the stream. Batches that it returned stay valid. Idempotent. */
  @Override
  public void close() {
    state = State.CLOSED;
    memory.close();
    stream.release();
  }

  private void call(
      String name, Function<ArrowArrayStream, MemorySegment> callback, MemorySegment out)
      throws IOException {
    if (state != State.OPEN) {
      throw new IllegalStateException(
          state == State.CLOSED
              ? "the stream is closed"
              : "the stream failed before; it can only be closed");
    }
    String failure =
        stream.withNative(
            struct -> {
              ArrowArrayStream view = new ArrowArrayStream(struct);
              int errno = Callbacks.get(callback.apply(view), struct, out);
              return errno == 0
                  ? null
                  : "%s of the Arrow stream failed with errno %d: %s"
                      .formatted(name, errno, lastError(view));
            });
    if (failure != null) {
      state = State.FAILED;
      throw new IOException(failure);
    }
  }

  private static String lastError(ArrowArrayStream stream) {
    MemorySegment text = Callbacks.getText(stream.getLastError(), stream.struct());
    return Structs.isNull(text) ? "no message" : CStrings.readLeniently(text, MAX_ERROR_BYTES);
  }
}
