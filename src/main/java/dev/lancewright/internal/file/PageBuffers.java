package dev.lancewright.internal.file;

import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.layout.PageInput;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.io.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The buffers of a column's pages, one page at a time: views of the source where it has some, else
 * windows that are read. A window that goes on where the one before ended is twice as large, up to
 * a limit, so that a few rows cost little and many rows few reads.
 */
final class PageBuffers implements PageInput {
  private static final long FIRST_WINDOW_BYTES = 128 << 10;

  private final Source source;
  private final long maxWindowBytes;
  private final PagePool pool;
  private final List<Window> windows = new ArrayList<>();
  private List<Extent> extents = List.of();

  /** What has been read of a buffer. */
  private static final class Window {
    final AppendBuffer bytes;
    MemorySegment view;
    long from;
    long size;
    long next;

    Window(PagePool pool) {
      bytes = new AppendBuffer(pool);
    }
  }

  /**
   * @param maxWindowBytes that are read ahead at most; 0 to read only what is asked for
   */
  PageBuffers(Source source, long maxWindowBytes, PagePool pool) {
    this.source = source;
    this.maxWindowBytes = maxWindowBytes;
    this.pool = pool;
  }

  /** Turns to a page. */
  void open(List<Extent> buffers) throws IOException {
    extents = buffers;
    while (windows.size() < buffers.size()) {
      windows.add(new Window(pool));
    }
    for (int i = 0; i < buffers.size(); i++) {
      Window window = windows.get(i);
      MemorySegment view = source.view(buffers.get(i).position(), buffers.get(i).size());
      window.view = view != null && view.isNative() ? view : null;
      window.from = 0;
      window.size = 0;
      window.next = 0;
    }
  }

  @Override
  public int buffers() {
    return extents.size();
  }

  @Override
  public long size(int buffer) {
    return extents.get(buffer).size();
  }

  @Override
  public MemorySegment read(int buffer, long from, long bytes) throws IOException {
    long size = size(buffer);
    if (from < 0 || bytes < 0 || bytes > size - from) {
      throw new LanceFormatException(
          "%d bytes from byte %d on of page buffer %d, which has %d"
              .formatted(bytes, from, buffer, size));
    }
    Window window = windows.get(buffer);
    if (window.view != null) {
      return window.view.asSlice(from, bytes);
    }
    if (from < window.from || from + bytes > window.from + window.size) {
      fill(window, extents.get(buffer), from, bytes);
    }
    return window.bytes.block().asSlice(from - window.from, bytes);
  }

  private void fill(Window window, Extent extent, long from, long bytes) throws IOException {
    boolean goesOn = window.size > 0 && from <= window.from + window.size && from >= window.from;
    window.next =
        goesOn
            ? Math.min(window.next * 2, maxWindowBytes)
            : Math.min(FIRST_WINDOW_BYTES, maxWindowBytes);
    long wanted = Math.min(Math.max(bytes, window.next), extent.size() - from);
    window.size = 0;
    window.bytes.clear();
    window.bytes.reserve(wanted);
    source.read(extent.position() + from, window.bytes.block().asSlice(0, wanted));
    window.from = from;
    window.size = wanted;
  }
}
