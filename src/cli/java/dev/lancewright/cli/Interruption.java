package dev.lancewright.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end cleanly when the process is told to stop (Ctrl-C, SIGTERM): from then on {@link
 * #check} throws, and the process waits, for a bounded time, until this is closed.
 */
final class Interruption implements AutoCloseable {
  /** Of a command that was told to stop. */
  static final int EXIT_CODE = 130;

  private static final int GRACE_TENTHS = 100;

  private final Thread hook = new Thread(this::onShutdown, "lancewright-interruption");
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean requested;
  private final List<Wake> wakes = new CopyOnWriteArrayList<>();

  private Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Work that can be told to stop. */
  @FunctionalInterface
  interface Work {
    void run(Interruption interruption) throws IOException;
  }

  /** Makes work that waits or is busy notice: its next step throws. */
  @FunctionalInterface
  interface Wake {
    void run() throws IOException;
  }

  /**
   * Does the work of a command.
   *
   * @return the exit code: 0, or {@link #EXIT_CODE} if the work failed after it was told to stop
   * @throws IOException if the work failed by itself
   */
  static int run(Work work) throws IOException {
    try (Interruption interruption = new Interruption()) {
      try {
        work.run(interruption);
        return 0;
      } catch (IOException e) {
        if (interruption.requested) {
          return EXIT_CODE;
        }
        throw e;
      }
    }
  }

  /**
   * What else to do when the process is told to stop. It runs on another thread, several times, and
   * possibly after the work has ended.
   */
  void onRequest(Wake wake) {
    wakes.add(wake);
  }

  /**
   * @throws InterruptedIOException if the process was told to stop
   */
  void check() throws InterruptedIOException {
    if (requested) {
      throw new InterruptedIOException("interrupted");
    }
  }

  private void onShutdown() {
    requested = true;
    try {
      for (int i = 0; i < GRACE_TENTHS; i++) {
        // Again and again: work that only just begins may miss the first call.
        wakes.forEach(Interruption::wake);
        if (closed.await(100, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void wake(Wake wake) {
    try {
      wake.run();
    } catch (IOException e) {
      // The work is told to fail anyway.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending already, through the hook.
    }
  }
}
