package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;

/** Reads and releases {@code struct ArrowSchema} that other code exported. */
public final class ArrowSchemas {
  /**
   * The size of a {@code struct ArrowSchema} in bytes; its address must be a multiple of a
   * pointer's size.
   */
  public static final long STRUCT_BYTES = ArrowSchema.LAYOUT.byteSize();

  private ArrowSchemas() {}

  /**
   * Returns the schema of the columns that a batch becomes. The struct is only borrowed: its owner
   * must still {@link #release} it.
   *
   * <p>Every type is represented. Those that {@link ImportSchema} converts appear as the resulting
   * types; importing arrays of them needs the struct itself, or an {@code ImportSchema}. Those that
   * {@code DataType} cannot represent become {@code DataType.Unsupported}, such as {@code
   * month_day_nano_interval}.
   *
   * @param address the address of a {@code struct ArrowSchema}
   * @throws IllegalArgumentException as {@link ImportSchema#read} does
   */
  public static Schema read(long address) {
    return ImportSchema.read(address).schema();
  }

  /**
   * Calls the release callback of the struct at {@code address}; does nothing if it was released
   * before.
   *
   * @throws IllegalArgumentException if {@code address} is 0 or not a multiple of 8
   */
  public static void release(long address) {
    ArrowSchema.at(MemorySegment.ofAddress(address), "the schema").release();
  }
}
