package dev.lancewright.reference;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A JVM of its own that answers messages, on the JDK and the class path of this one. What it prints
 * and unpacks stays in one directory.
 */
final class HelperProcess implements AutoCloseable {
  private static final int TAIL_BYTES = 4096;

  private final Process process;
  private final Path errors;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  /**
   * @param main class with the main method
   * @param directory exists; the caller deletes it after {@link #close}
   */
  HelperProcess(Class<?> main, Path directory) throws IOException {
    errors = directory.resolve("stderr.txt");
    process =
        new ProcessBuilder(
                java(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:ErrorFile=" + directory.resolve("crash.txt"),
                "-Djava.io.tmpdir=" + directory,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName())
            .redirectError(errors.toFile())
            .start();
    requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    answers = new DataInputStream(process.getInputStream());
  }

  /** The launcher of the JDK that this JVM runs on. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Sends {@code request} and waits for the answer.
   *
   * @throws ReferenceException if there is none within {@code limit}, or the process dies; it is
   *     then dead in both cases
   */
  byte[] exchange(byte[] request, Duration limit) throws ReferenceException {
    AtomicBoolean late = new AtomicBoolean();
    Thread watch = Thread.ofVirtual().start(() -> killAfter(limit, late));
    try {
      Frames.write(requests, request);
      return Frames.read(answers);
    } catch (IOException e) {
      close();
      String what =
          late.get()
              ? "gave no answer within " + limit.toSeconds() + " s and was killed"
              : "died with exit code " + process.exitValue();
      throw new ReferenceException(
          "the reference implementation's process %s (%s); it printed last:%n%s"
              .formatted(what, e, errorTail()),
          e);
    } finally {
      watch.interrupt();
    }
  }

  private void killAfter(Duration limit, AtomicBoolean late) {
    try {
      Thread.sleep(limit);
      late.set(true);
      process.destroyForcibly();
    } catch (InterruptedException answered) {
      Thread.currentThread().interrupt();
    }
  }

  private String errorTail() {
    try {
      byte[] bytes = Files.readAllBytes(errors);
      int start = Math.max(0, bytes.length - TAIL_BYTES);
      return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }

  /** Kills the process and returns when it is gone. */
  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
