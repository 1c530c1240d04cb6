package dev.lancewright.arrow;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Fills the structs that an exported stream returns. Used by one thread at a time. */
interface StreamProducer extends AutoCloseable {
  /** Fills an ArrowSchema that is all zeros. */
  void schema(MemorySegment struct) throws IOException;

  /** Fills an ArrowArray that is all zeros, or leaves it unchanged at the end. */
  void next(MemorySegment struct) throws IOException;

  @Override
  void close() throws IOException;
}
