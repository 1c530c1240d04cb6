package dev.lancewright.arrow;

import dev.lancewright.internal.Require;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;

/**
 * Fills C structs of the Arrow C Data Interface and the Arrow C Stream Interface for other code to
 * consume: schemas, batches without a copy, and streams of them.
 *
 * <p>A consumer may move each struct, and each child of one, and must release what it has, from any
 * thread. Releasing a struct for a second time, or a call to a stream that was released, does
 * nothing or gives an error.
 *
 * <p>Buffers are those of the columns, except for these, which are copied: buffers on the Java
 * heap; bits that do not start with a whole byte; buffers whose address is no multiple of what one
 * value takes, up to 16 bytes, which consumers in Rust require. Bitmaps without a null are left out
 * and {@code null_count} is exact: one pass over the bitmap spares the consumer its own.
 *
 * <p>Thread-safe.
 */
public final class ArrowExport {
  private ArrowExport() {}

  /**
   * Fills the struct at {@code schemaAddress}: a struct type whose children are the fields.
   *
   * @param schemaAddress of memory for a {@code struct ArrowSchema}, of any content; nothing is
   *     written there if an exception is thrown
   * @throws IllegalArgumentException if no struct can be there, or if a type has no form in Arrow;
   *     the message names the column
   */
  public static void exportSchema(Schema schema, long schemaAddress) {
    Require.nonNull(schema, "schema");
    SchemaExport.into(ArrowSchema.at(MemorySegment.ofAddress(schemaAddress), "the schema"), schema);
  }

  /**
   * Fills the struct at {@code arrayAddress}: a struct array with one child for each column. Takes
   * the batch over: its release runs when the consumer has released the array and all children that
   * it moved out, or, if the export fails, before this throws.
   *
   * <p>What {@code release} throws in a thread of the consumer goes to that thread's handler of
   * uncaught exceptions.
   *
   * @param arrayAddress of memory for a {@code struct ArrowArray}, of any content; nothing is
   *     written there if an exception is thrown
   * @throws IllegalArgumentException if no struct can be there, or if the first or last offset of a
   *     column lies outside of its values; the message names the column
   */
  public static void exportBatch(OwnedBatch batch, long arrayAddress) {
    Require.nonNull(batch, "batch");
    ArrayExport.into(MemorySegment.ofAddress(arrayAddress), batch, batch.batch().schema());
  }

  /**
   * Fills the struct at {@code streamAddress}. Takes the source over: it is closed when the
   * consumer releases the stream, or, if the export fails, before this throws. Batches may outlive
   * the stream.
   *
   * <p>What the source throws becomes an errno and the text of the stream's last error: {@code
   * ENOMEM} for want of memory, {@code EINVAL} for {@link IllegalArgumentException}, {@link
   * IllegalStateException} and batches of other fields than the schema's, {@code EIO} for all else.
   * After an error the stream gives no more batches. What closing throws goes to the consumer's
   * thread's handler of uncaught exceptions.
   *
   * @param streamAddress of memory for a {@code struct ArrowArrayStream}, of any content; nothing
   *     is written there if an exception is thrown
   * @throws IllegalArgumentException if no struct can be there, or if a type has no form in Arrow;
   *     the message names the column
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
