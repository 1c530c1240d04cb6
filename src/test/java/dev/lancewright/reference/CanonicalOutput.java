package dev.lancewright.reference;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.arrow.memory.ArrowBuf;

/**
 * The pieces of the canonical encoding of values ({@code lance-oracle-digest-v1}, described in
 * {@code testdata/reference/README.md}). They reach the stream with {@link #flush}, or earlier.
 */
final class CanonicalOutput implements AutoCloseable {
  private final OutputStream out;
  private final byte[] buffer = new byte[1 << 14];
  private int size;

  CanonicalOutput(OutputStream out) {
    this.out = out;
  }

  /** A null, or with {@code present} the mark before the body of a value. */
  void mark(boolean present) throws IOException {
    bool(present);
  }

  void bool(boolean value) throws IOException {
    reserve(1);
    buffer[size++] = (byte) (value ? 1 : 0);
  }

  /** The number of bytes or elements that follow. */
  void count(long count) throws IOException {
    reserve(8);
    for (int shift = 0; shift < 64; shift += 8) {
      buffer[size++] = (byte) (count >> shift);
    }
  }

  void bytes(MemorySegment source, long offset, long count) throws IOException {
    for (long done = 0; done < count; ) {
      int part = reserveUpTo(count - done);
      MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset + done, buffer, size, part);
      size += part;
      done += part;
    }
  }

  void bytes(ArrowBuf source, long offset, long count) throws IOException {
    for (long done = 0; done < count; ) {
      int part = reserveUpTo(count - done);
      source.getBytes(offset + done, buffer, size, part);
      size += part;
      done += part;
    }
  }

  void flush() throws IOException {
    out.write(buffer, 0, size);
    size = 0;
  }

  @Override
  public void close() throws IOException {
    try (out) {
      flush();
    }
  }

  private void reserve(int count) throws IOException {
    if (count > buffer.length - size) {
      flush();
    }
  }

  /** Makes room for at least one byte, and says for how many of {@code count}. */
  private int reserveUpTo(long count) throws IOException {
    reserve(1);
    return (int) Math.min(count, buffer.length - size);
  }
}
