package dev.lancewright.arrow;

import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;

/** Reads and releases {@code struct ArrowSchema} that other code exported. */
public final class ArrowSchemas {
  /**
   * Bytes of a {@code struct ArrowSchema}, at an address that is a multiple of a pointer's size.
   */
  public static final long STRUCT_BYTES = ArrowSchema.LAYOUT.byteSize();

  private ArrowSchemas() {}

  /**
   * The schema of a batch: the struct at {@code address} describes a struct type whose children are
   * the columns. It is only borrowed: whoever owns it still has to {@link #release} it.
   *
   * <p>Every type is represented. Those that {@code DataType} has no other form for become {@code
   * DataType.Unsupported}, such as {@code utf8_view}; the children of such a type are not read.
   *
   * @param address of a {@code struct ArrowSchema}
   * @throws IllegalArgumentException if the schema is malformed, was released, or has two columns
   *     of one name; the message names the column
   */
  public static Schema read(long address) {
    return SchemaImport.schema(MemorySegment.ofAddress(address));
  }

  /**
   * Calls the release callback of the struct at {@code address}; does nothing when it was released
   * before.
   *
   * @throws IllegalArgumentException if {@code address} is 0 or no multiple of 8
   */
  public static void release(long address) {
    ArrowSchema.at(MemorySegment.ofAddress(address), "the schema").release();
  }
}
