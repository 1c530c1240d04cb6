package dev.lancewright.internal.file;

import com.google.protobuf.Parser;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.io.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Bytes of a file that were read at once. */
final class FileBytes {
  /** The longest array that every JVM can have. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final long position;
  private final byte[] bytes;

  private FileBytes(long position, byte[] bytes) {
    this.position = position;
    this.bytes = bytes;
  }

  /**
   * Reads an extent, which must lie inside the file.
   *
   * @param what it is, for messages
   */
  static FileBytes read(Source source, String what, Extent extent) throws IOException {
    if (extent.size() > MAX_ARRAY) {
      throw new LanceFormatException(
          "%s takes %d bytes; at most %d are supported".formatted(what, extent.size(), MAX_ARRAY));
    }
    byte[] bytes = new byte[(int) extent.size()];
    source.read(extent.position(), MemorySegment.ofArray(bytes));
    return new FileBytes(extent.position(), bytes);
  }

  /** Whether an extent is among these bytes as a whole. */
  boolean hold(Extent extent) {
    return extent.position() >= position && extent.end() <= position + bytes.length;
  }

  /** The bytes of an extent that {@linkplain #hold is held}; not a copy. */
  MemorySegment segment(Extent extent) {
    return MemorySegment.ofArray(bytes).asSlice(extent.position() - position, extent.size());
  }

  /**
   * Parses the message in an extent that {@linkplain #hold is held}.
   *
   * @param what it is, for messages
   */
  <M> M parse(String what, Extent extent, Parser<M> parser) throws LanceFormatException {
    int offset = (int) (extent.position() - position);
    return TailReader.parse(what, () -> parser.parseFrom(bytes, offset, (int) extent.size()));
  }
}
