package dev.lancewright.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The bytes of a file, read at any position. Reading is safe from several threads. */
public interface Source extends Closeable {
  /** Returns a name for messages, such as the path. */
  String name();

  /** Returns the number of bytes. */
  long size();

  /**
   * Fills {@code target} with the bytes at {@code position}.
   *
   * @throws java.io.EOFException if the source ends before the last byte
   */
  void read(long position, MemorySegment target) throws IOException;

  /**
   * Returns the {@code bytes} bytes at {@code position} without copying, as a read-only segment
   * that all threads may use until the source is closed.
   *
   * @return the segment, or null if the source supports only {@link #read}
   * @throws java.io.EOFException if the source ends before the last byte
   */
  default MemorySegment view(long position, long bytes) throws IOException {
    return null;
  }
}
