package dev.lancewright.reference;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The pieces of the canonical encoding of values ({@code lance-oracle-digest-v1}, described in
 * {@code testdata/reference/README.md}).
 */
final class CanonicalOutput implements AutoCloseable {
  private final DataOutputStream out;

  CanonicalOutput(OutputStream out) {
    this.out = new DataOutputStream(out);
  }

  /** A null, or with {@code present} the mark before the body of a value. */
  void mark(boolean present) throws IOException {
    out.writeBoolean(present);
  }

  void bool(boolean value) throws IOException {
    out.writeBoolean(value);
  }

  /** The number of bytes or elements that follow. */
  void count(long count) throws IOException {
    out.writeLong(Long.reverseBytes(count));
  }

  void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
