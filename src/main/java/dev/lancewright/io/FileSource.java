package dev.lancewright.io;

import dev.lancewright.internal.Require;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A file, read through a channel; its size is determined on opening. Interrupting a thread that
 * reads closes the file for all threads.
 */
public final class FileSource implements Source {
  private static final int NATIVE_PIECE_BYTES = 1 << 30;
  private static final int HEAP_PIECE_BYTES = 64 << 10;

  private final Path path;
  private final FileChannel channel;
  private final long size;

  private FileSource(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    size = channel.size();
  }

  /** Opens a file for reading. */
  public static FileSource open(Path path) throws IOException {
    FileChannel channel = Sources.open(Require.nonNull(path, "path"));
    try {
      return new FileSource(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Returns the path as passed to {@link #open}. */
  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, MemorySegment target) throws IOException {
    Sources.checkRange(this, position, Require.nonNull(target, "target").byteSize());
    int most = target.isNative() ? NATIVE_PIECE_BYTES : HEAP_PIECE_BYTES;
    for (long at = 0; at < target.byteSize(); at += most) {
      MemorySegment piece = target.asSlice(at, Math.min(most, target.byteSize() - at));
      if (piece.isNative()) {
        fill(piece.asByteBuffer(), position + at);
      } else {
        byte[] bytes = new byte[(int) piece.byteSize()];
        fill(ByteBuffer.wrap(bytes), position + at);
        MemorySegment.copy(bytes, 0, piece, ValueLayout.JAVA_BYTE, 0, bytes.length);
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void fill(ByteBuffer buffer, long position) throws IOException {
    while (buffer.hasRemaining()) {
      int read = channel.read(buffer, position + buffer.position());
      if (read < 0) {
        throw new EOFException(
            "%s: cut to %d bytes while it was read; it had %d"
                .formatted(path, channel.size(), size));
      }
    }
  }
}
