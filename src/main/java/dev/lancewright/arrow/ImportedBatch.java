package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.MovedStruct;
import dev.lancewright.schema.Field;
import java.util.function.Predicate;

/**
 * A batch in the memory of an Arrow producer, taken over by moving its C struct and released by
 * {@link #close}. Used by one thread at a time, but not always the same one.
 */
public final class ImportedBatch implements AutoCloseable {
  /**
   * The size of a {@code struct ArrowArray} in bytes; its address must be a multiple of a pointer's
   * size.
   */
  public static final long STRUCT_BYTES = ArrowArray.LAYOUT.byteSize();

  private final MovedStruct array;
  private final BatchMemory memory;
  private final Batch batch;
  private boolean closed;

  private ImportedBatch(MovedStruct array, BatchMemory memory, Batch batch) {
    this.array = array;
    this.memory = memory;
    this.batch = batch;
  }

  /**
   * Moves the array out of {@code arrayAddress} and views its columns. The struct there is left
   * marked as released, so that its memory may be freed or reused at once.
   *
   * <p>If an exception is thrown, an array that was found is released, exactly once.
   *
   * @param arrayAddress the address of a {@code struct ArrowArray} of a struct type: one child for
   *     each field of {@code schema}, in its order, with the layout that the schema's C struct
   *     described
   * @param wanted the fields to import; arrays of the others are ignored, whatever their type
   * @param memory the memory for conversions; it may be closed before the batch
   * @throws IllegalArgumentException if there is no array, if it was released before, if it
   *     contradicts itself or the schema, or if a wanted field has an unsupported type. The message
   *     names the column
   */
  public static ImportedBatch take(
      long arrayAddress, ImportSchema schema, Predicate<Field> wanted, ImportMemory memory) {
    MovedStruct array = new MovedStruct(arrayAddress, ArrowArray.LAYOUT, "the array");
    BatchMemory converted = new BatchMemory(memory);
    try {
      Require.nonNull(schema, "schema");
      Require.nonNull(wanted, "wanted");
      Require.nonNull(memory, "memory");
      ArrowArray members = new ArrowArray(array.members());
      Batch batch = ArrayImport.batch(members, schema, wanted, converted);
      return new ImportedBatch(array, converted, batch);
    } catch (Throwable e) {
      release(array, converted);
      throw e;
    }
  }

  /**
   * Releases an array that was not taken; does nothing if there is none, or if it was taken or
   * released before.
   *
   * @param arrayAddress the address of a {@code struct ArrowArray}, or 0
   */
  public static void release(long arrayAddress) {
    MovedStruct.releaseAt(arrayAddress, ArrowArray.LAYOUT, "the array");
  }

  /**
   * Returns the wanted columns, in the schema's order. They are views of the producer's memory, or
   * of the memory for conversions: neither the batch nor anything derived from it without copying
   * may be read after {@link #close}.
   *
   * @throws IllegalStateException if closed
   */
  public Batch batch() {
    if (closed) {
      throw new IllegalStateException("the imported batch is closed, its memory is released");
    }
    return batch;
  }

  /** Releases the array and the memory of converted values. Idempotent. */
  @Override
  public void close() {
    closed = true;
    release(array, memory);
  }

  private static void release(MovedStruct array, BatchMemory memory) {
    try {
      memory.release();
    } finally {
      array.release();
    }
  }
}
