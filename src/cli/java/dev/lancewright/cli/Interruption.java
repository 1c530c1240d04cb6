package dev.lancewright.cli;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends work cleanly when the process receives a signal to stop (Ctrl-C, SIGTERM): from then on
 * {@link #check} throws, and the process waits, for a bounded time, until this object is closed.
 */
final class Interruption implements AutoCloseable {
  /** The exit code of a command that was interrupted. */
  static final int EXIT_CODE = 130;

  private static final int GRACE_TENTHS = 100;

  private final Thread hook = new Thread(this::onShutdown, "lancewright-interruption");
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile boolean requested;
  private final List<Wake> wakes = new CopyOnWriteArrayList<>();

  private Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Work that can be interrupted. */
  @FunctionalInterface
  interface Work {
    void run(Interruption interruption) throws IOException;
  }

  /** Makes waiting or busy work notice the interruption: its next step throws. */
  @FunctionalInterface
  interface Wake {
    void run() throws IOException;
  }

  /**
   * Runs the work of a command.
   *
   * @return the exit code: 0, or {@link #EXIT_CODE} if the work failed after it was interrupted
   * @throws IOException if the work failed without being interrupted
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
   * Registers an action for an interruption. It runs on another thread, several times, and possibly
   * after the work has ended.
   */
  void onRequest(Wake wake) {
    wakes.add(wake);
  }

  /**
   * Checks for an interruption.
   *
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
        // Repeated, since work that has only just started may miss the first call.
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
      // The work fails at its next check anyway.
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
