package dev.lancewright.reference;

import dev.lancewright.format.Extent;
import dev.lancewright.internal.file.FileTail;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.io.FileSource;
import dev.lancewright.io.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** Schema descriptors of files, as messages. */
public final class Descriptors {
  private Descriptors() {}

  public static FileProto.FileDescriptor read(Path file) throws IOException {
    try (Source source = FileSource.open(file)) {
      Extent extent = FileTail.read(source).globalBuffers().getFirst();
      byte[] bytes = new byte[Math.toIntExact(extent.size())];
      source.read(extent.position(), MemorySegment.ofArray(bytes));
      return FileProto.FileDescriptor.parseFrom(bytes);
    }
  }
}
