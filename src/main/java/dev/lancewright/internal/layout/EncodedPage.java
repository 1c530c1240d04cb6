package dev.lancewright.internal.layout;

import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import java.util.List;

/**
 * A page that was put out.
 *
 * @param positions of its buffers in the file
 * @param sizes of its buffers in bytes, without padding
 */
public record EncodedPage(long rows, PageLayout layout, List<Long> positions, List<Long> sizes) {
  public EncodedPage {
    positions = List.copyOf(positions);
    sizes = List.copyOf(sizes);
  }

  /** Bytes of all buffers. */
  public long bytes() {
    long bytes = 0;
    for (long size : sizes) {
      bytes += size;
    }
    return bytes;
  }
}
