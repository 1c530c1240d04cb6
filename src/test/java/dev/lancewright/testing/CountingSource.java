package dev.lancewright.testing;

import dev.lancewright.io.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A source that counts what is read from it, by one thread at a time. It gives no views. */
public final class CountingSource implements Source {
  private final Source source;
  private int reads;
  private long bytes;

  public CountingSource(Source source) {
    this.source = source;
  }

  /** Calls of {@link #read} so far. */
  public int reads() {
    return reads;
  }

  /** Bytes that were read so far, those read twice counted twice. */
  public long bytes() {
    return bytes;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public void read(long position, MemorySegment target) throws IOException {
    reads++;
    bytes += target.byteSize();
    source.read(position, target);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
