package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.ArrowSchema;
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
   * The schema of the columns that a batch becomes. It is only borrowed: whoever owns it still has
   * to {@link #release} it.
   *
   * <p>Every type is represented. Those that {@link ImportSchema} converts appear as what they
   * become; arrays of them need the struct itself, or an {@code ImportSchema}, along with them.
   * Those that {@code DataType} has no form for become {@code DataType.Unsupported}, such as {@code
   * month_day_nano_interval}.
   *
   * @param address of a {@code struct ArrowSchema}
   * @throws IllegalArgumentException as {@link ImportSchema#read} does
   */
  public static Schema read(long address) {
    return ImportSchema.read(address).schema();
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
