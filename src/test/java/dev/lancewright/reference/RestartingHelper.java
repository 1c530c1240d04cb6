package dev.lancewright.reference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A helper process that starts at the first request and anew after it died. What it unpacks and
 * prints lies in a directory that is deleted at the end. Used by one thread at a time.
 */
final class RestartingHelper implements AutoCloseable {
  private final Class<?> main;
  private final Duration limit;
  private final ScratchDirectory scratch;
  private Path home;
  private HelperProcess process;

  /**
   * @param main of the helper process
   * @param limit of the time of one request
   */
  RestartingHelper(Class<?> main, Duration limit) throws IOException {
    this.main = main;
    this.limit = limit;
    scratch = ScratchDirectory.create();
  }

  /** For files that the process and its caller share. */
  Path scratch() {
    return scratch.path();
  }

  /**
   * @throws ReferenceException if the process dies or hangs
   */
  byte[] exchange(byte[] request) throws IOException {
    if (process == null || !process.isAlive()) {
      stop();
      home = Files.createTempDirectory(scratch.path(), "process-");
      process = new HelperProcess(main, home);
    }
    return process.exchange(request, limit);
  }

  private void stop() throws IOException {
    if (process != null) {
      process.close();
      process = null;
      ScratchDirectory.delete(home);
    }
  }

  /** Ends the process and deletes what it left on disk. */
  @Override
  public void close() throws IOException {
    stop();
    scratch.close();
  }
}
