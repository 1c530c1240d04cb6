package dev.lancewright.cli;

import java.io.InterruptedIOException;
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
  private volatile Runnable wake = () -> {};

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * What to do when the process is told to stop. It runs on another thread, several times, and
   * possibly after the work has ended.
   */
  void onRequest(Runnable wake) {
    this.wake = wake;
  }

  /** Whether the process was told to stop. */
  boolean requested() {
    return requested;
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
        wake.run();
        if (closed.await(100, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
