package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What sinks that make a file promise beyond the contract of all sinks. */
abstract class FileSinkContractTest extends SinkContractTest {
  @TempDir private Path folder;

  abstract Sink create(Path target, Durability durability, boolean overwrite) throws IOException;

  @Override
  final Sink open() throws IOException {
    return create(target(), Durability.NONE, false);
  }

  @Override
  final Sink openAgain(Sink published) throws IOException {
    Files.delete(target());
    return open();
  }

  /** Checks on the way that nothing but the target is left. */
  @Override
  final byte[] visible(Sink sink) throws IOException {
    if (!Files.exists(target())) {
      assertEquals(List.of(), files());
      return null;
    }
    assertEquals(List.of("out.lance"), files());
    return Files.readAllBytes(target());
  }

  @Override
  final String name() {
    return target().toString();
  }

  final Path target() {
    return folder.resolve("out.lance");
  }

  final List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void publishesAtEveryDurability(Durability durability) throws IOException {
    byte[] expected = randomBytes((2 << 20) + 3);
    for (boolean overwrite : new boolean[] {false, true}) {
      Sink sink = create(target(), durability, overwrite);
      sink.append(offHeap(expected));
      sink.publish();
      assertArrayEquals(expected, visible(sink));
    }
    Sink empty = create(target(), durability, true);
    empty.publish();
    assertArrayEquals(new byte[0], visible(empty));
    create(target(), durability, true).discard();
    assertArrayEquals(new byte[0], visible(empty));
  }

  @Test
  void isHiddenUntilPublished() throws IOException {
    Sink sink = open();
    sink.append(offHeap(new byte[] {1}));
    assertEquals(1, files().size());
    assertTrue(
        files().getFirst().matches("\\.out\\.lance\\.[0-9a-f]{16}\\.tmp"), files().toString());
    sink.discard();
    assertEquals(List.of(), files());
  }

  @Test
  void hasTheModeOfAnyNewFile() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    assumeTrue(Files.getFileStore(plain).supportsFileAttributeView("posix"), "no file modes here");
    Sink sink = open();
    sink.publish();
    assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(target()));
  }

  @Test
  void refusesAnExistingTarget() throws IOException {
    Files.write(target(), new byte[] {7});
    IOException refusal = assertThrows(FileAlreadyExistsException.class, this::open);
    assertEquals(
        target() + ": exists already; allow overwriting or choose another name",
        refusal.getMessage());
    assertArrayEquals(new byte[] {7}, visible(null));
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void neverReplacesATargetThatAppearsMeanwhile(Durability durability) throws IOException {
    Sink sink = create(target(), durability, false);
    sink.append(offHeap(new byte[] {1}));
    Files.write(target(), new byte[] {7});
    IOException refusal = assertThrows(FileAlreadyExistsException.class, sink::publish);
    assertEquals(
        target() + ": exists already; allow overwriting or choose another name",
        refusal.getMessage());
    assertArrayEquals(new byte[] {7}, visible(sink));
    sink.discard();
    assertArrayEquals(new byte[] {7}, visible(sink));
  }

  @Test
  void replacesTheTargetOnlyWhenPublished() throws IOException {
    Files.write(target(), new byte[] {7});
    Sink sink = create(target(), Durability.NONE, true);
    sink.append(offHeap(new byte[] {1, 2}));
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(target()));
    sink.publish();
    assertArrayEquals(new byte[] {1, 2}, visible(sink));
  }

  @Test
  void discardsWhenPublishingFails() throws IOException {
    Sink sink = create(target(), Durability.NONE, true);
    sink.append(offHeap(new byte[] {1, 2}));
    Files.createDirectory(target());
    assertThrows(FileSystemException.class, sink::publish);
    assertEquals(List.of("out.lance"), files());
    assertTrue(Files.isDirectory(target()));
    sink.discard();
  }

  @Test
  void failsWhenItsFileIsTakenAway() throws IOException {
    Sink sink = open();
    sink.append(offHeap(new byte[] {1, 2}));
    Files.delete(folder.resolve(files().getFirst()));
    assertThrows(IOException.class, sink::publish);
    assertEquals(List.of(), files());
  }

  @Test
  void refusesATargetInNoDirectory() throws IOException {
    Path missing = folder.resolve("missing");
    Path lost = missing.resolve("a.lance");
    assertRefusal(
        NoSuchFileException.class,
        lost,
        lost + ": directory '" + missing + "' does not exist; create it first");

    Path file = Files.createFile(folder.resolve("file"));
    Path below = file.resolve("a.lance");
    assertRefusal(FileSystemException.class, below, below + ": '" + file + "' is not a directory");
    assertEquals(List.of("file"), files());
  }

  @Test
  void refusesADirectory() throws IOException {
    assertRefusal(
        FileSystemException.class,
        folder,
        folder + ": is a directory; give the path of a file in it");
    Path root = folder.getRoot();
    assertRefusal(
        FileSystemException.class, root, root + ": is a directory; give the path of a file in it");
    assertEquals(List.of(), files());
  }

  @Test
  void refusesToReplaceADevice() throws IOException {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device), "there is no /dev/null");
    assertRefusal(
        FileSystemException.class,
        device,
        "/dev/null: is not a regular file and cannot be replaced by one");
  }

  /** No user, not even root, creates files in sysfs. */
  @ParameterizedTest
  @EnumSource(Durability.class)
  void refusesADirectoryThatTakesNoFiles(Durability durability) throws IOException {
    Path closed = Path.of("/sys");
    assumeTrue(Files.isDirectory(closed), "there is no /sys");
    IOException refusal =
        assertThrows(
            AccessDeniedException.class,
            () -> create(closed.resolve("a.lance"), durability, false));
    assertEquals("/sys/a.lance: no permission to create a file in '/sys'", refusal.getMessage());
  }

  @Test
  void replacesALinkAndNotWhatItPointsTo() throws IOException {
    Path pointedTo = Files.write(folder.resolve("old"), new byte[] {7});
    Files.createSymbolicLink(target(), pointedTo);
    Sink sink = create(target(), Durability.NONE, true);
    sink.publish();
    assertFalse(Files.isSymbolicLink(target()));
    assertArrayEquals(new byte[] {7}, Files.readAllBytes(pointedTo));
  }

  @Test
  void refusesADanglingLink() throws IOException {
    Files.createSymbolicLink(target(), folder.resolve("nowhere"));
    assertThrows(FileAlreadyExistsException.class, this::open);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "\uD83D\uDE80"})
  void takesNamesAsLongAsTheSystemAllows(String character) throws IOException {
    int bytes = character.getBytes(StandardCharsets.UTF_8).length;
    Path longest = folder.resolve(character.repeat(255 / bytes));
    Sink sink = create(longest, Durability.NONE, false);
    sink.publish();
    assertEquals(List.of(longest.getFileName().toString()), files());
  }

  @Test
  void takesARelativePath() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(target());
    Sink sink = create(relative, Durability.DATA_AND_DIRECTORY, false);
    sink.publish();
    assertArrayEquals(new byte[0], visible(sink));
  }

  private void assertRefusal(Class<? extends IOException> type, Path target, String message) {
    IOException refusal =
        assertThrows(type, () -> create(target, Durability.DATA_AND_DIRECTORY, true));
    assertEquals(message, refusal.getMessage());
  }
}
