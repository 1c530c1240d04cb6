package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ReferenceReaderTest {
  private static final Path INTS = Path.of("testdata", "reference", "v21_ints.lance");

  @TempDir Path directory;

  @Test
  void givesTheMessageOfTheReferenceForABadFile() throws IOException {
    byte[] bytes = Files.readAllBytes(INTS);
    Path file = directory.resolve("cut.lance");
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
    assertMessage(() -> ReferenceReader.shared().read(file), "cut.lance", "magic");
  }

  @Test
  void readsRangesOfRows() throws IOException {
    try (ReadResult all = ReferenceReader.shared().read(INTS);
        ReadResult range = ReferenceReader.shared().readRange(INTS, 1000, 1003)) {
      assertEquals(3, range.rows());
      // The first column holds 64-bit integers without nulls: a mark and 8 bytes a row.
      byte[] expected = Arrays.copyOfRange(all.column(0).readAllBytes(), 1000 * 9, 1003 * 9);
      assertEquals(
          HexFormat.of().formatHex(expected),
          HexFormat.of().formatHex(range.column(0).readAllBytes()));
    }
  }

  @Test
  void reportsThatTheProcessDiedAndStartsAnother() throws IOException {
    try (ReferenceReader reader = canned(Duration.ofSeconds(60))) {
      assertMessage(
          () -> reader.read(Path.of("dies")),
          "died with exit code 134",
          "panicked at decoder.rs:7");
      assertMessage(() -> reader.read(Path.of("other")), "cannot read other: not a file");
    }
  }

  @Test
  void killsAProcessThatHangs() throws IOException {
    try (ReferenceReader reader = canned(Duration.ofSeconds(2))) {
      assertMessage(
          () -> reader.read(Path.of("hangs")),
          "gave no answer within 2 s and was killed",
          "waiting for a page that never comes");
      assertMessage(() -> reader.read(Path.of("other")), "cannot read other: not a file");
    }
  }

  @Test
  void leavesNothingOnDisk() throws IOException {
    List<Path> before = scratchDirectories();
    try (ReferenceReader reader = canned(Duration.ofSeconds(60))) {
      assertThrows(ReferenceException.class, () -> reader.read(Path.of("other")));
      assertEquals(before.size() + 1, scratchDirectories().size());
    }
    assertEquals(before, scratchDirectories());
  }

  @Test
  void deletesWhatAKilledJvmLeft() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder(HelperProcess.java(), "-version").start();
    ended.waitFor();
    try (ScratchDirectory mine = ScratchDirectory.create()) {
      Path stale = mine.path().resolveSibling(ended.pid() + "-1");
      Files.createDirectories(stale.resolve("process-1"));
      Files.writeString(stale.resolve("process-1").resolve("library.so"), "bytes");
      ScratchDirectory.create().close();
      assertFalse(Files.exists(stale));
      assertTrue(Files.exists(mine.path()));
    }
  }

  private static List<Path> scratchDirectories() throws IOException {
    try (ScratchDirectory mine = ScratchDirectory.create();
        Stream<Path> all = Files.list(mine.path().getParent())) {
      return all.filter(directory -> !directory.equals(mine.path())).sorted().toList();
    }
  }

  private static ReferenceReader canned(Duration limit) throws IOException {
    return new ReferenceReader(CannedHelper.class, limit);
  }

  private static void assertMessage(Executable read, String... parts) {
    String message = assertThrows(ReferenceException.class, read).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
