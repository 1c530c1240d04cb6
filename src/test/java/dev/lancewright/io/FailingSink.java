package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Passes on to a sink until the n-th call of append or publish, which fails. */
public final class FailingSink implements Sink {
  /** The message of the failure. */
  public static final String MESSAGE = "failed on purpose";

  private final Sink sink;
  private int callsLeft;

  /**
   * @param call 1 for the first call of append or publish
   */
  public FailingSink(Sink sink, int call) {
    this.sink = sink;
    this.callsLeft = call;
  }

  /** Whether the call that fails has come. */
  public boolean hasFailed() {
    return callsLeft <= 0;
  }

  @Override
  public long position() {
    return sink.position();
  }

  @Override
  public void append(MemorySegment... parts) throws IOException {
    failWhenDue();
    sink.append(parts);
  }

  @Override
  public void publish() throws IOException {
    try {
      failWhenDue();
    } catch (IOException e) {
      sink.discard();
      throw e;
    }
    sink.publish();
  }

  @Override
  public void discard() throws IOException {
    sink.discard();
  }

  private void failWhenDue() throws IOException {
    if (hasFailed()) {
      throw new IllegalStateException("after a failure only discard may be called");
    }
    callsLeft--;
    if (hasFailed()) {
      throw new IOException(MESSAGE);
    }
  }
}
