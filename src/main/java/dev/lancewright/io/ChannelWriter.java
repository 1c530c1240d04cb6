package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;

/** Writes segments to a channel completely, however few bytes the channel accepts at a time. */
final class ChannelWriter {
  /** Keeps buffers below their limit of 2 GiB. */
  private static final int NATIVE_PIECE_BYTES = 1 << 30;

  /** Limits the copies of heap bytes, which are copied here and again by the channel. */
  private static final int HEAP_PIECE_BYTES = 64 << 10;

  /**
   * The maximum number of pieces in one call, far below system limits; it bounds the copies of heap
   * pieces.
   */
  private static final int BATCH_PIECES = 64;

  private static final int IDLE_WRITES = 100;

  private final WritableByteChannel channel;
  private final ByteBuffer[] batch = new ByteBuffer[BATCH_PIECES];
  private int count;

  ChannelWriter(WritableByteChannel channel) {
    this.channel = channel;
  }

  /** Writes all bytes of all parts, in order, at the channel's position. */
  void write(MemorySegment... parts) throws IOException {
    count = 0;
    for (MemorySegment part : parts) {
      int most = part.isNative() ? NATIVE_PIECE_BYTES : HEAP_PIECE_BYTES;
      for (long at = 0; at < part.byteSize(); at += most) {
        add(part.asSlice(at, Math.min(most, part.byteSize() - at)));
      }
    }
    flush();
  }

  private void add(MemorySegment piece) throws IOException {
    if (count == BATCH_PIECES) {
      flush();
    }
    batch[count++] =
        piece.isNative()
            ? piece.asByteBuffer()
            : ByteBuffer.wrap(piece.toArray(ValueLayout.JAVA_BYTE));
  }

  private void flush() throws IOException {
    int idle = 0;
    for (int first = 0; first < count; ) {
      int before = batch[first].remaining();
      if (channel instanceof GatheringByteChannel gathering) {
        gathering.write(batch, first, count - first);
      } else {
        channel.write(batch[first]);
      }
      idle = batch[first].remaining() < before ? 0 : idle + 1;
      if (idle == IDLE_WRITES) {
        throw new IOException(
            "the channel took nothing in %d writes; it must be open and blocking"
                .formatted(IDLE_WRITES));
      }
      while (first < count && !batch[first].hasRemaining()) {
        batch[first++] = null;
      }
    }
    count = 0;
  }
}
