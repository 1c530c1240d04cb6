package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MappedFileSinkTest extends FileSinkContractTest {
  @Override
  Sink create(Path target, Durability durability, boolean overwrite) throws IOException {
    return MappedFileSink.create(target, durability, overwrite);
  }

  @Test
  void movesItsWindowOnWhenTheFileIsLarge() throws IOException {
    long size = 2 * MappedFileSink.LARGEST_WINDOW_BYTES + 8 * 12_345;
    Sink sink = open();
    MemorySegment chunk = offHeap(new byte[8 * 111_111]);
    for (long at = 0; at < size; ) {
      long bytes = Math.min(chunk.byteSize(), size - at);
      for (long i = 0; i < bytes; i += 8) {
        chunk.set(ValueLayout.JAVA_LONG_UNALIGNED, i, at + i);
      }
      sink.append(chunk.asSlice(0, bytes));
      at += bytes;
    }
    sink.publish();
    assertEquals(size, Files.size(target()));
    try (Source source = FileSource.open(target())) {
      for (long at = 0; at < size; at += chunk.byteSize()) {
        MemorySegment read = chunk.asSlice(0, Math.min(chunk.byteSize(), size - at));
        source.read(at, read);
        for (long i = 0; i < read.byteSize(); i += 8) {
          assertEquals(at + i, read.get(ValueLayout.JAVA_LONG_UNALIGNED, i));
        }
      }
    }
  }

  @Test
  void allocatesAheadOfItsBytes() throws IOException {
    Sink sink = open();
    sink.append(offHeap(new byte[] {1}));
    Path temporary = target().resolveSibling(files().getFirst());
    assertEquals(MappedFileSink.SMALLEST_WINDOW_BYTES, Files.size(temporary));
    sink.append(offHeap(new byte[(int) MappedFileSink.SMALLEST_WINDOW_BYTES]));
    assertEquals(2 * MappedFileSink.SMALLEST_WINDOW_BYTES, Files.size(temporary));
    sink.publish();
    assertEquals(MappedFileSink.SMALLEST_WINDOW_BYTES + 1, Files.size(target()));
    assertTrue(Files.notExists(temporary));
  }
}
