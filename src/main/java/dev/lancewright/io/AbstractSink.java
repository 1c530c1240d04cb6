package dev.lancewright.io;

import dev.lancewright.internal.Require;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The lifecycle common to all sinks: open, then published or discarded; after a failure, only
 * discarded.
 */
abstract sealed class AbstractSink implements Sink
    permits ChannelSink, FileChannelSink, MappedFileSink, MemorySink {
  private enum State {
    OPEN("open"),
    FAILED("failed before; only discard is left"),
    PUBLISHED("published"),
    DISCARDED("discarded");

    private final String text;

    State(String text) {
      this.text = text;
    }
  }

  private final String name;
  private State state = State.OPEN;
  private long position;

  /**
   * Creates an open sink.
   *
   * @param name the name for messages
   */
  AbstractSink(String name) {
    this.name = name;
  }

  @Override
  public final long position() {
    return position;
  }

  @Override
  public final void append(MemorySegment... parts) throws IOException {
    long bytes = 0;
    for (MemorySegment part : Require.nonNull(parts, "parts")) {
      bytes = Math.addExact(bytes, Require.nonNull(part, "part").byteSize());
    }
    require(State.OPEN, "nothing can be appended");
    state = State.FAILED;
    try {
      write(parts);
    } catch (IOException e) {
      throw new IOException(
          "%s: could not append %d bytes at position %d: %s"
              .formatted(
                  name,
                  bytes,
                  position,
                  Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName())),
          e);
    }
    state = State.OPEN;
    position += bytes;
  }

  @Override
  public final void publish() throws IOException {
    require(State.OPEN, "it cannot be published");
    state = State.FAILED;
    try {
      commit();
    } catch (IOException | RuntimeException | Error e) {
      try {
        discard();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
    state = State.PUBLISHED;
  }

  @Override
  public final void discard() throws IOException {
    if (endUnpublished()) {
      drop();
    }
  }

  /** Appends the parts at {@link #position}. */
  abstract void write(MemorySegment... parts) throws IOException;

  /** Publishes the {@link #position} bytes written. */
  abstract void commit() throws IOException;

  /**
   * Discards everything written, even after a partial failure of {@link #write} or {@link #commit}.
   */
  abstract void drop() throws IOException;

  /**
   * Marks a sink that is still open or failed as discarded; returns false if it was published or
   * discarded before.
   */
  final boolean endUnpublished() {
    boolean unpublished = state == State.OPEN || state == State.FAILED;
    if (unpublished) {
      state = State.DISCARDED;
    }
    return unpublished;
  }

  final void requirePublished(String refusal) {
    require(State.PUBLISHED, refusal);
  }

  private void require(State wanted, String refusal) {
    if (state != wanted) {
      throw new IllegalStateException(
          "%s: %s, the sink is %s".formatted(name, refusal, state.text));
    }
  }
}
