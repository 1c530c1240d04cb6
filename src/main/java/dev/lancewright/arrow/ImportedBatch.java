package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.function.Predicate;

/**
 * A batch in memory of an Arrow producer, taken over by its C struct and given back by {@link
 * #close}. Used by one thread at a time, which need not always be the same.
 */
public final class ImportedBatch implements AutoCloseable {
  /** Bytes of a {@code struct ArrowArray}, at an address that is a multiple of a pointer's size. */
  public static final long STRUCT_BYTES = ArrowArray.LAYOUT.byteSize();

  private final MovedStruct array;
  private final Batch batch;
  private boolean closed;

  private ImportedBatch(MovedStruct array, Batch batch) {
    this.array = array;
    this.batch = batch;
  }

  /**
   * Moves the array out of {@code arrayAddress} and views its columns. The struct there is left
   * marked as released, so that its memory may be freed or used again at once.
   *
   * <p>Whatever is thrown, an array that was found is released, exactly once.
   *
   * @param arrayAddress of a {@code struct ArrowArray} of a struct type: one child for each field
   *     of {@code schema}, in its order
   * @param wanted the fields to import; arrays of the others are not looked at, whatever their type
   * @throws IllegalArgumentException if there is no array, if it was released before, if it
   *     contradicts itself or the schema, or if a wanted field has a type that cannot be imported:
   *     a nested type other than a fixed-size list of values of fixed width, a dictionary, or an
   *     unsupported type. The message names the column
   */
  public static ImportedBatch take(long arrayAddress, Schema schema, Predicate<Field> wanted) {
    MovedStruct array = new MovedStruct(arrayAddress, ArrowArray.LAYOUT, "the array");
    try {
      return new ImportedBatch(
          array, ArrayImport.batch(new ArrowArray(array.members()), schema, wanted));
    } catch (Throwable e) {
      array.release();
      throw e;
    }
  }

  /**
   * Releases an array that was not taken; does nothing if there is none, or if it was taken or
   * released before.
   *
   * @param arrayAddress of a {@code struct ArrowArray}, or 0
   */
  public static void release(long arrayAddress) {
    MovedStruct.releaseAt(arrayAddress, ArrowArray.LAYOUT, "the array");
  }

  /**
   * The wanted columns, in the schema's order. They are views of the producer's memory: neither the
   * batch nor anything made from it without a copy may be read after {@link #close}.
   *
   * @throws IllegalStateException if closed
   */
  public Batch batch() {
    if (closed) {
      throw new IllegalStateException("the imported batch is closed, its memory is released");
    }
    return batch;
  }

  /** Releases the array. Idempotent. */
  @Override
  public void close() {
    closed = true;
    array.release();
  }
}
