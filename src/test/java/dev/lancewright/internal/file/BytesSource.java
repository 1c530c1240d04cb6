package dev.lancewright.internal.file;

import dev.lancewright.io.Source;
import java.lang.foreign.MemorySegment;

/** Bytes as a file. Fails the test that reads outside of them, as only unchecked offsets would. */
public final class BytesSource implements Source {
  private final String name;
  private final byte[] bytes;

  public BytesSource(String name, byte[] bytes) {
    this.name = name;
    this.bytes = bytes;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return bytes.length;
  }

  @Override
  public void read(long position, MemorySegment target) {
    if (position < 0 || target.byteSize() > bytes.length - position) {
      throw new AssertionError(
          "read of %d bytes at %d in a file of %d"
              .formatted(target.byteSize(), position, bytes.length));
    }
    MemorySegment.copy(MemorySegment.ofArray(bytes), position, target, 0, target.byteSize());
  }

  @Override
  public void close() {}
}
