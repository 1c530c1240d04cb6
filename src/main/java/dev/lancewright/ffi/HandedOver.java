package dev.lancewright.ffi;

import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportedBatch;
import dev.lancewright.arrow.ImportedStream;
import java.util.function.LongConsumer;

/**
 * An Arrow struct that C code hands over: whatever has not taken or released it until the function
 * ends, does not.
 *
 * @param address of the struct, or 0 if there is none
 */
record HandedOver(long address, LongConsumer release) implements AutoCloseable {
  static HandedOver array(long address) {
    return new HandedOver(address, ImportedBatch::release);
  }

  static HandedOver schema(long address) {
    return new HandedOver(address, ArrowSchemas::release);
  }

  static HandedOver stream(long address) {
    return new HandedOver(address, ImportedStream::release);
  }

  /** Releases the struct, unless it was released before. */
  @Override
  public void close() {
    if (address != 0) {
      release.accept(address);
    }
  }
}
