package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileChannelSinkTest extends FileSinkContractTest {
  @Override
  Sink create(Path target, Durability durability, boolean overwrite) throws IOException {
    return FileChannelSink.create(target, durability, overwrite);
  }

  @Test
  void failsWhenItsThreadIsInterrupted() throws IOException {
    Sink sink = open();
    sink.append(offHeap(new byte[] {1}));
    Thread.currentThread().interrupt();
    IOException failure =
        assertThrows(IOException.class, () -> sink.append(offHeap(new byte[] {2})));
    assertEquals(true, Thread.interrupted());
    assertEquals(ClosedByInterruptException.class, failure.getCause().getClass());
    assertEquals(
        name() + ": could not append 1 bytes at position 1: ClosedByInterruptException",
        failure.getMessage());
    sink.discard();
    assertEquals(List.of(), files());
  }

  /** A zip file as file system has neither links nor an atomic move that replaces. */
  @Test
  void publishesWithoutLinks(@TempDir Path folder) throws IOException {
    Path zip = folder.resolve("files.zip");
    try (FileSystem files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path target = files.getPath("/out.lance");
      for (boolean overwrite : new boolean[] {false, true}) {
        Sink sink = create(target, Durability.DATA, overwrite);
        sink.append(MemorySegment.ofArray(new byte[] {1, 2}));
        sink.publish();
        assertArrayEquals(new byte[] {1, 2}, Files.readAllBytes(target));
      }

      Path late = files.getPath("/late.lance");
      Sink refused = create(late, Durability.NONE, false);
      Files.write(late, new byte[] {7});
      assertThrows(FileAlreadyExistsException.class, refused::publish);
      assertArrayEquals(new byte[] {7}, Files.readAllBytes(late));
      create(target, Durability.NONE, true).discard();
      try (Stream<Path> left = Files.list(files.getPath("/"))) {
        assertEquals(
            List.of("/late.lance", "/out.lance"), left.map(Path::toString).sorted().toList());
      }
    }
  }
}
