package dev.lancewright.io;

import dev.lancewright.internal.Require;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.WritableByteChannel;

/**
 * Appends to any blocking channel: a socket, a pipe, an upload.
 *
 * <p>Bytes written to a channel cannot be taken back. {@link #publish} does nothing to the channel,
 * and {@link #discard} leaves the beginning of a file in it, which readers reject, as a file's
 * footer comes last. The channel remains the caller's, who closes it or aborts whatever it feeds.
 */
public final class ChannelSink extends AbstractSink {
  private final ChannelWriter writer;

  /** Creates a sink whose position 0 is the current position of the channel. */
  public ChannelSink(WritableByteChannel channel) {
    super("channel");
    writer = new ChannelWriter(Require.nonNull(channel, "channel"));
  }

  @Override
  void write(MemorySegment... parts) throws IOException {
    writer.write(parts);
  }

  @Override
  void commit() {}

  @Override
  void drop() {}
}
