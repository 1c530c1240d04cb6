package dev.lancewright.internal.layout;

import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.memory.StagedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Where encoders put a page: remembers where each of its buffers begins and how long it is. */
public final class PageOutput {
  private static final int MAX_BUFFERS = 4;

  private final StagedOutput output;
  private final long[] positions = new long[MAX_BUFFERS];
  private final long[] sizes = new long[MAX_BUFFERS];
  private int count;

  /** Pages put out to {@code output}, which is at an aligned position. */
  public PageOutput(StagedOutput output) {
    this.output = output;
  }

  /**
   * Begins the buffer that the page's layout knows by {@code index}. Buffers may come in any order.
   *
   * @return where its bytes go, until {@link #end}
   */
  StagedOutput begin(int index) {
    positions[index] = output.position();
    count = Math.max(count, index + 1);
    return output;
  }

  /** Ends the buffer {@code index} and pads it. */
  void end(int index) throws IOException {
    sizes[index] = output.position() - positions[index];
    output.align();
  }

  /** Ends the page that consists of all buffers since the last call. */
  EncodedPage endPage(PageContent content, EncodingMessage layout) {
    EncodedPage page =
        new EncodedPage(
            content.levels().rows(),
            content.nulls(),
            content.values().valueBytes(),
            layout,
            boxed(positions),
            boxed(sizes));
    count = 0;
    return page;
  }

  private List<Long> boxed(long[] numbers) {
    List<Long> boxed = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      boxed.add(numbers[i]);
    }
    return boxed;
  }
}
