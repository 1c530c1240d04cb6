package dev.lancewright.arrow;

import dev.lancewright.internal.Require;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;

/**
 * Fills C structs of the Arrow C Data Interface and the Arrow C Stream Interface for other code to
 * consume: schemas, batches without copying, and streams of batches.
 *
 * <p>A consumer may move each struct, and each child of one, and must release those it owns, from
 * any thread. Releasing a struct a second time, or calling a released stream, does nothing or
 * returns an error.
 *
 * <p>Buffers are those of the columns, except for the following, which are copied: buffers on the
 * Java heap, bitmaps that do not start on a byte boundary, and buffers whose address is not a
 * multiple of the size of a value, up to 16 bytes, as consumers in Rust require. Validity bitmaps
 * without nulls are omitted, and {@code null_count} is exact: one pass over the bitmap spares the
 * consumer its own.
 *
 * <p>Thread-safe.
 */
public final class ArrowExport {
  private ArrowExport() {}

  /**
   * Fills the struct at {@code schemaAddress}: a struct type whose children are the fields.
   *
   * @param schemaAddress the address of memory for a {@code struct ArrowSchema}, with any contents;
   *     nothing is written there if an exception is thrown
   * @throws IllegalArgumentException if the address cannot be that of a struct, or if a type has no
   *     form in Arrow; the message names the column
   */
  public static void exportSchema(Schema schema, long schemaAddress) {
    Require.nonNull(schema, "schema");
    SchemaExport.into(ArrowSchema.at(MemorySegment.ofAddress(schemaAddress), "the schema"), schema);
  }

  /**
   * Fills the struct at {@code arrayAddress}: a struct array with one child for each column. Takes
   * over the batch: its release runs once the consumer has released the array and all children that
   * it moved out, or, if the export fails, before this method throws.
   *
   * <p>Exceptions of {@code release} in a thread of the consumer go to that thread's uncaught
   * exception handler.
   *
   * @param arrayAddress the address of memory for a {@code struct ArrowArray}, with any contents;
   *     nothing is written there if an exception is thrown
   * @throws IllegalArgumentException if the address cannot be that of a struct, or if the first or
   *     last offset of a column lies outside its values; the message names the column
   */
  public static void exportBatch(OwnedBatch batch, long arrayAddress) {
    Require.nonNull(batch, "batch");
    ArrayExport.into(MemorySegment.ofAddress(arrayAddress), batch, batch.batch().schema());
  }

  /**
   * Fills the struct at {@code streamAddress}. Takes over the source: it is closed when the
   * consumer releases the stream, or, if the export fails, before this method throws. Batches may
   * outlive the stream.
   *
   * <p>Exceptions of the source become an errno and the text of the stream's last error: {@code
   * ENOMEM} if memory is exhausted, {@code EINVAL} for {@link IllegalArgumentException}, {@link
   * IllegalStateException} and batches whose fields are not the schema's, {@code EIO} for all
   * others. After an error the stream returns no more batches. Exceptions on closing go to the
   * uncaught exception handler of the consumer's thread.
   *
   * @param streamAddress the address of memory for a {@code struct ArrowArrayStream}, with any
   *     contents; nothing is written there if an exception is thrown
   * @throws IllegalArgumentException if the address cannot be that of a struct, or if a type has no
   *     form in Arrow; the message names the column
   */
  public static void exportStream(BatchSource source, long streamAddress) {
    Require.nonNull(source, "source");
    try {
      MemorySegment address = MemorySegment.ofAddress(streamAddress);
      StreamExport.into(ArrowArrayStream.at(address, "the stream"), new BatchStream(source));
    } catch (Throwable e) {
      try {
        source.close();
      } catch (Throwable suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }
}
