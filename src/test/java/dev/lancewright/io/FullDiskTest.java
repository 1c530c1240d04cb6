package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * File sinks on a file system that fills up: a tmpfs of 3 MiB in a mount namespace of its own,
 * which a child process enters.
 */
class FullDiskTest {
  private static final String MOUNT = "mount -t tmpfs -o size=3m none \"$0\"";

  @ParameterizedTest
  @ValueSource(strings = {"channel", "mapped"})
  void isAnExceptionAndLeavesNothing(String kind, @TempDir Path folder) throws Exception {
    assumeTrue(run(MOUNT, folder).exitCode() == 0, "file systems cannot be mounted here");
    Outcome outcome =
        run(
            MOUNT + " && exec \"$@\"",
            folder,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            FullDiskTest.class.getName(),
            kind,
            folder.toString());
    assertEquals(
        folder.resolve("a.lance")
            + ": could not append 1000000 bytes at position "
            + (kind.equals("mapped") ? 2_000_000 : 3_000_000)
            + ": No space left on device\nfiles left: 0\n",
        outcome.output());
    assertEquals(0, outcome.exitCode());
  }

  /** Appends until the disk is full; runs in the child process. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    Path target = folder.resolve("a.lance");
    Sink sink =
        args[0].equals("mapped")
            ? MappedFileSink.create(target, Durability.NONE, false)
            : FileChannelSink.create(target, Durability.NONE, false);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment part = arena.allocate(1_000_000).fill((byte) 1);
      for (int i = 0; i < 10; i++) {
        sink.append(part);
      }
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    sink.discard();
    try (Stream<Path> files = Files.list(folder)) {
      System.out.println("files left: " + files.count());
    }
  }

  private record Outcome(int exitCode, String output) {}

  /** Runs a shell script as root of new user and mount namespaces. */
  private static Outcome run(String script, Object... arguments) throws Exception {
    String[] command =
        Stream.concat(
                Stream.of("unshare", "-rm", "sh", "-c", script),
                Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new);
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Outcome(process.waitFor(), output);
    } catch (IOException e) {
      return new Outcome(-1, e.getMessage());
    }
  }
}
