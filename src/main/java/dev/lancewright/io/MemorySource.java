package dev.lancewright.io;

import dev.lancewright.internal.Require;
import java.io.EOFException;
import java.lang.foreign.MemorySegment;

/**
 * Bytes in memory that remains the caller's.
 *
 * @param name the name for messages
 * @param bytes the bytes, which must be accessible to every thread that reads
 */
public record MemorySource(String name, MemorySegment bytes) implements Source {
  public MemorySource {
    Require.nonNull(name, "name");
    Require.nonNull(bytes, "bytes");
  }

  @Override
  public long size() {
    return bytes.byteSize();
  }

  @Override
  public void read(long position, MemorySegment target) throws EOFException {
    Sources.checkRange(this, position, Require.nonNull(target, "target").byteSize());
    MemorySegment.copy(bytes, position, target, 0, target.byteSize());
  }

  /** {@inheritDoc} Closing the source does not invalidate it; freeing the caller's memory does. */
  @Override
  public MemorySegment view(long position, long bytes) throws EOFException {
    Sources.checkRange(this, position, bytes);
    return this.bytes.asSlice(position, bytes).asReadOnly();
  }

  /** Does nothing. */
  @Override
  public void close() {}
}
