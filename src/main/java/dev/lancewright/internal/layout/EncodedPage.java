package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.internal.codec.EncodingMessage;
import java.util.List;

/**
 * A page that was put out.
 *
 * @param rows the number of rows of the file
 * @param nulls the number of nulls among the values
 * @param valueBytes the size of the values before they were encoded, see {@link Column#valueBytes}
 * @param layout its {@code PageLayout}
 * @param positions the positions of its buffers, from where the output began
 * @param sizes the sizes of its buffers in bytes, without padding
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
