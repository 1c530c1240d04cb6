package dev.lancewright.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/** Compares what is written with what a stream holds. */
final class StreamComparison extends OutputStream {
  private final InputStream expected;
  private byte[] block = new byte[0];
  private boolean equal = true;

  StreamComparison(InputStream expected) {
    this.expected = expected;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (block.length < length) {
      block = new byte[length];
    }
    int read = expected.readNBytes(block, 0, length);
    equal &= Arrays.equals(bytes, offset, offset + length, block, 0, read);
  }

  /** Whether all bytes written are those of the stream, from its start to its end. */
  boolean isEqual() throws IOException {
    return equal && expected.read() == -1;
  }
}
