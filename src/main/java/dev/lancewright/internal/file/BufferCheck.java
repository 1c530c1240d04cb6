package dev.lancewright.internal.file;

import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.io.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Checks that the buffers of a file do not overlap, and that between them is nothing but padding:
 * the byte 72, or 0, which some writers take.
 */
final class BufferCheck {
  private static final int READ_BYTES = 64 << 10;

  private final FileTail tail;
  private final Source source;
  private final byte[] bytes = new byte[READ_BYTES];

  /**
   * Something in the file.
   *
   * @param column -1 for global buffers
   * @param page -1 for a column's metadata
   */
  private record Part(Extent extent, int column, int page, int buffer) {}

  BufferCheck(FileTail tail, Source source) {
    this.tail = tail;
    this.source = source;
  }

  /**
   * @throws LanceFormatException naming the buffer, without the file
   */
  void run() throws IOException {
    Part last = null;
    long end = 0;
    for (Part part : parts()) {
      Extent extent = part.extent();
      if (extent.position() < end) {
        throw new LanceFormatException(
            "%s: it starts at byte %d, inside %s, which ends at byte %d"
                .formatted(name(part), extent.position(), name(last), end));
      }
      checkPadding(end, extent.position(), last);
      end = extent.end();
      last = part;
    }
    checkPadding(end, tail.metadataEnd(), last);
  }

  /** By position; those without bytes take no place. */
  private List<Part> parts() throws IOException {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < tail.globalBuffers().size(); i++) {
      parts.add(new Part(tail.globalBuffers().get(i), -1, -1, i));
    }
    List<FileTail.Column> columns = tail.unnamedColumns();
    for (int column = 0; column < columns.size(); column++) {
      parts.add(new Part(tail.metadata(column), column, -1, 0));
      List<FileTail.Page> pages = columns.get(column).pages();
      for (int page = 0; page < pages.size(); page++) {
        List<Extent> buffers = pages.get(page).buffers();
        for (int i = 0; i < buffers.size(); i++) {
          parts.add(new Part(buffers.get(i), column, page, i));
        }
      }
    }
    parts.removeIf(part -> part.extent().size() == 0);
    parts.sort(Comparator.comparingLong(part -> part.extent().position()));
    return parts;
  }

  private String name(Part part) {
    if (part.column() < 0) {
      return "global buffer " + part.buffer();
    }
    String column = "column " + FileText.quote(tail.fields().get(part.column()).path());
    return part.page() < 0
        ? column + ", metadata"
        : "%s, page %d, buffer %d".formatted(column, part.page(), part.buffer());
  }

  private void checkPadding(long from, long to, Part before) throws IOException {
    for (long at = from; at < to; at += READ_BYTES) {
      int count = (int) Math.min(READ_BYTES, to - at);
      source.read(at, MemorySegment.ofArray(bytes).asSlice(0, count));
      for (int i = 0; i < count; i++) {
        if (bytes[i] != Container.PADDING && bytes[i] != 0) {
          throw new LanceFormatException(
              "%s has the byte %d at position %d; it must be %d, or 0"
                  .formatted(
                      before == null
                          ? "the padding before the first buffer"
                          : name(before) + ": the padding behind it",
                      bytes[i] & 0xFF,
                      at + i,
                      Container.PADDING));
        }
      }
    }
  }
}
