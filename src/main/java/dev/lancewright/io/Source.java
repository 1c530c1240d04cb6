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
}
