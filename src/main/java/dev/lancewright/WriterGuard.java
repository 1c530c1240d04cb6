package dev.lancewright;

import java.util.concurrent.atomic.AtomicReference;

/** Lets one thread at a time use a writer, and nobody once it has ended or failed. */
final class WriterGuard {
  /** What a writer can still do. */
  enum State {
    OPEN,
    FINISHED,
    FAILED,
    CLOSED
  }

  /** Ends a use of the writer. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private final AtomicReference<Thread> user = new AtomicReference<>();

  /** The same for all uses, so that a use allocates nothing. */
  private final Turn turn = () -> user.set(null);

  private State state = State.OPEN;

  /**
   * Starts a use of an open writer.
   *
   * @throws IllegalStateException if the writer is not open, or another thread uses it
   */
  Turn enter() {
    claim();
    if (state != State.OPEN) {
      turn.close();
      throw new IllegalStateException(
          switch (state) {
            case FINISHED -> "the file is finished; write another one with a new writer";
            case FAILED -> "the writer failed before and can only be closed";
            default -> "the writer is closed";
          });
    }
    return turn;
  }

  /**
   * Starts a use of a writer that need not be open.
   *
   * @throws IllegalStateException if another thread uses it
   */
  Turn claim() {
    if (!user.compareAndSet(null, Thread.currentThread())) {
      Thread other = user.get();
      throw new IllegalStateException(
          "the writer is in use by thread '%s'; one thread at a time may use it"
              .formatted(other == null ? "?" : other.getName()));
    }
    return turn;
  }

  State state() {
    return state;
  }

  void set(State next) {
    state = next;
  }
}
