package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceTest {
  private static final byte[] BYTES = SinkContractTest.randomBytes(300_001);

  @TempDir private Path folder;

  enum Kind {
    FILE,
    MAPPED_FILE,
    MEMORY
  }

  private Source open(Kind kind, byte[] bytes) throws IOException {
    Path path = folder.resolve("in.lance");
    return switch (kind) {
      case FILE -> FileSource.open(Files.write(path, bytes));
      case MAPPED_FILE -> MappedFileSource.open(Files.write(path, bytes));
      case MEMORY -> new MemorySource(path.toString(), MemorySegment.ofArray(bytes));
    };
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void readsAnyRangeIntoAnySegment(Kind kind) throws IOException {
    try (Source source = open(kind, BYTES);
        Arena arena = Arena.ofConfined()) {
      assertEquals(folder.resolve("in.lance").toString(), source.name());
      assertEquals(BYTES.length, source.size());
      Random random = new Random(3);
      for (int i = 0; i < 50; i++) {
        int from = random.nextInt(BYTES.length + 1);
        int to = from + random.nextInt(BYTES.length + 1 - from);
        byte[] expected = Arrays.copyOfRange(BYTES, from, to);
        MemorySegment offHeap = arena.allocate(expected.length);
        source.read(from, offHeap);
        assertArrayEquals(expected, offHeap.toArray(ValueLayout.JAVA_BYTE), "seed 3, case " + i);
        byte[] heap = new byte[expected.length];
        source.read(from, MemorySegment.ofArray(heap));
        assertArrayEquals(expected, heap, "seed 3, case " + i);
      }
      int[] ints = new int[2];
      source.read(5, MemorySegment.ofArray(ints).asSlice(4));
      MemorySegment expected = MemorySegment.ofArray(BYTES).asSlice(5, 4);
      assertEquals(expected.get(ValueLayout.JAVA_INT_UNALIGNED, 0), ints[1]);
      assertEquals(0, ints[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void refusesRangesOutside(Kind kind) throws IOException {
    try (Source source = open(kind, new byte[10])) {
      source.read(10, MemorySegment.NULL);
      MemorySegment two = MemorySegment.ofArray(new byte[2]);
      EOFException across = assertThrows(EOFException.class, () -> source.read(9, two));
      assertEquals(
          source.name() + ": cannot read 2 bytes at position 9; it ends at 10",
          across.getMessage());
      assertThrows(EOFException.class, () -> source.read(11, MemorySegment.NULL));
      assertThrows(EOFException.class, () -> source.read(Long.MAX_VALUE, two));
      IllegalArgumentException negative =
          assertThrows(IllegalArgumentException.class, () -> source.read(-1, two));
      assertEquals(
          source.name() + ": cannot read at position -1; it must not be negative",
          negative.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void isReadByManyThreads(Kind kind) throws IOException {
    try (Source source = open(kind, BYTES)) {
      long wrong =
          IntStream.range(0, 1000)
              .parallel()
              .filter(
                  i -> {
                    byte[] read = new byte[300];
                    try {
                      source.read(i * 300L, MemorySegment.ofArray(read));
                    } catch (IOException e) {
                      return true;
                    }
                    return !Arrays.equals(read, Arrays.copyOfRange(BYTES, i * 300, i * 300 + 300));
                  })
              .count();
      assertEquals(0, wrong);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"MAPPED_FILE", "MEMORY"})
  void givesViewsOfAnyRange(Kind kind) throws IOException, InterruptedException {
    try (Source source = open(kind, BYTES)) {
      Random random = new Random(4);
      for (int i = 0; i < 50; i++) {
        int from = random.nextInt(BYTES.length + 1);
        int to = from + random.nextInt(BYTES.length + 1 - from);
        MemorySegment view = source.view(from, to - from);
        assertArrayEquals(
            Arrays.copyOfRange(BYTES, from, to),
            view.toArray(ValueLayout.JAVA_BYTE),
            "seed 4, case " + i);
        assertTrue(view.isReadOnly());
      }
      MemorySegment one = source.view(7, 1);
      boolean[] accessible = new boolean[1];
      Thread other =
          new Thread(() -> accessible[0] = one.get(ValueLayout.JAVA_BYTE, 0) == BYTES[7]);
      other.start();
      other.join();
      assertTrue(accessible[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"MAPPED_FILE", "MEMORY"})
  void refusesViewsOutside(Kind kind) throws IOException {
    try (Source source = open(kind, new byte[10])) {
      assertEquals(0, source.view(10, 0).byteSize());
      EOFException across = assertThrows(EOFException.class, () -> source.view(9, 2));
      assertEquals(
          source.name() + ": cannot read 2 bytes at position 9; it ends at 10",
          across.getMessage());
      assertThrows(EOFException.class, () -> source.view(11, 0));
      assertThrows(EOFException.class, () -> source.view(1, Long.MAX_VALUE));
      IllegalArgumentException before =
          assertThrows(IllegalArgumentException.class, () -> source.view(-1, 2));
      assertEquals(
          source.name() + ": cannot read at position -1; it must not be negative",
          before.getMessage());
      IllegalArgumentException negative =
          assertThrows(IllegalArgumentException.class, () -> source.view(1, -2));
      assertEquals(
          source.name() + ": cannot read -2 bytes; the number must not be negative",
          negative.getMessage());
    }
  }

  @Test
  void aChannelGivesNoViews() throws IOException {
    try (Source source = open(Kind.FILE, new byte[10])) {
      assertNull(source.view(0, 10));
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void mayBeEmpty(Kind kind) throws IOException {
    try (Source source = open(kind, new byte[0])) {
      assertEquals(0, source.size());
      source.read(0, MemorySegment.NULL);
      assertThrows(EOFException.class, () -> source.read(0, MemorySegment.ofArray(new byte[1])));
    }
  }

  @Test
  void mapsMoreThanAnArrayHolds() throws IOException {
    Path path = folder.resolve("in.lance");
    long size = 3L << 30;
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
      file.seek(size - 4);
      file.writeInt(0x01020304);
    }
    try (Source source = MappedFileSource.open(path)) {
      assertEquals(size, source.size());
      assertEquals(size, source.view(0, size).byteSize());
      assertEquals(4, source.view(size - 1, 1).get(ValueLayout.JAVA_BYTE, 0));
      byte[] last = new byte[5];
      source.read(size - 5, MemorySegment.ofArray(last));
      assertArrayEquals(new byte[] {0, 1, 2, 3, 4}, last);
    }
  }

  @Test
  void aMappedFileKeepsItsSize() throws IOException {
    try (Source source = open(Kind.MAPPED_FILE, new byte[10])) {
      Files.write(folder.resolve("in.lance"), new byte[4], StandardOpenOption.APPEND);
      assertEquals(10, source.size());
      assertThrows(EOFException.class, () -> source.view(8, 4));
    }
  }

  @Test
  void closingAMappedFileEndsItsViews() throws IOException {
    Source source = open(Kind.MAPPED_FILE, new byte[10]);
    MemorySegment view = source.view(0, 10);
    source.close();
    source.close();
    assertThrows(IllegalStateException.class, () -> view.get(ValueLayout.JAVA_BYTE, 0));
    String closed = source.name() + ": cannot be read any more; it is closed";
    MemorySegment target = MemorySegment.ofArray(new byte[1]);
    assertEquals(
        closed,
        assertThrows(IllegalStateException.class, () -> source.read(0, target)).getMessage());
    assertEquals(
        closed, assertThrows(IllegalStateException.class, () -> source.view(0, 1)).getMessage());
  }

  @Test
  void saysThatAFileWasCut() throws IOException {
    try (Source source = open(Kind.FILE, new byte[10])) {
      Files.write(folder.resolve("in.lance"), new byte[4]);
      MemorySegment target = MemorySegment.ofArray(new byte[10]);
      EOFException cut = assertThrows(EOFException.class, () -> source.read(0, target));
      assertEquals(
          source.name() + ": cut to 4 bytes while it was read; it had 10", cut.getMessage());
    }
  }

  @Test
  void opensOnlyFiles() {
    assertThrows(
        NoSuchFileException.class, () -> FileSource.open(folder.resolve("missing")).close());
    assertThrows(
        NoSuchFileException.class, () -> MappedFileSource.open(folder.resolve("missing")).close());
    String directory = folder + ": is a directory, not a file";
    IOException refusal =
        assertThrows(FileSystemException.class, () -> FileSource.open(folder).close());
    assertEquals(directory, refusal.getMessage());
    refusal = assertThrows(FileSystemException.class, () -> MappedFileSource.open(folder).close());
    assertEquals(directory, refusal.getMessage());
  }

  @Test
  void closesTheFileButNotTheMemory() throws IOException {
    Source file = open(Kind.FILE, new byte[10]);
    file.close();
    MemorySegment target = MemorySegment.ofArray(new byte[1]);
    assertThrows(ClosedChannelException.class, () -> file.read(0, target));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(1);
      new MemorySource("memory", bytes).close();
      assertTrue(bytes.scope().isAlive());
    }
  }
}
