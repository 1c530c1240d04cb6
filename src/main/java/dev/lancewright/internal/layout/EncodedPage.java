package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.internal.codec.EncodingMessage;
import java.util.List;

/**
 * A page that was put out.
 *
 * @param rows of the table
 * @param nulls of the values
 * @param valueBytes of the values before they were encoded, see {@link Column#valueBytes}
 * @param layout its {@code PageLayout}
 * @param positions of its buffers in the file
 * @param sizes of its buffers in bytes, without padding
 */
public record EncodedPage(
    long rows,
    long nulls,
    long valueBytes,
    EncodingMessage layout,
    List<Long> positions,
    List<Long> sizes) {
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
