package dev.lancewright.io;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Bytes of a file, read at any position. Reading is safe from several threads. */
public interface Source extends Closeable {
  /** A name for messages, such as the path. */
  String name();

  /** Bytes in all. */
  long size();

  /**
   * Fills {@code target} with the bytes from {@code position} on.
   *
   * @throws java.io.EOFException if the source ends before
   */
  void read(long position, MemorySegment target) throws IOException;

  /**
   * The {@code bytes} bytes from {@code position} on where they lie, without a copy: a read-only
   * segment for any thread, which is valid until the source is closed.
   *
   * @return null if the source can only be {@linkplain #read read}
   * @throws java.io.EOFException if the source ends before
   */
  default MemorySegment view(long position, long bytes) throws IOException {
    return null;
  }
}
