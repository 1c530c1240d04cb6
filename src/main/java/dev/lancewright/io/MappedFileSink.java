package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * A file, written through mapped memory: appending copies bytes and, within a window of the file,
 * makes no system call.
 *
 * <p>The file grows ahead of its bytes, a window at a time, by writing zeros: a full disk thus
 * makes {@link #append} throw an {@link IOException} instead of crashing the process. One window is
 * mapped at a time, of 1 MiB at first and 64 MiB at most, so address space and resident memory stay
 * bounded. The price is that every byte is written twice to the system's cache; {@link
 * FileChannelSink} is the better choice for large appends. The temporary file, publishing and
 * discarding work as there.
 */
public final class MappedFileSink extends AbstractSink {
  static final long SMALLEST_WINDOW_BYTES = 1 << 20;
  static final long LARGEST_WINDOW_BYTES = 64 << 20;

  private static final MemorySegment ZEROS =
      MemorySegment.ofBuffer(ByteBuffer.allocateDirect((int) SMALLEST_WINDOW_BYTES)).asReadOnly();

  private final PendingFile file;
  private final ChannelWriter writer;
  private Arena arena;
  private MemorySegment window = MemorySegment.NULL;
  private long used;
  private long fileBytes;

  private MappedFileSink(PendingFile file) {
    super(file.toString());
    this.file = file;
    writer = new ChannelWriter(file.channel());
  }

  /**
   * Creates a sink like {@link FileChannelSink#create}; the file system must support writable
   * mappings.
   */
  public static MappedFileSink create(Path target, Durability durability, boolean overwrite)
      throws IOException {
    return new MappedFileSink(PendingFile.create(target, durability, overwrite));
  }

  @Override
  void write(MemorySegment... parts) throws IOException {
    for (MemorySegment part : parts) {
      for (long done = 0; done < part.byteSize(); ) {
        if (used == window.byteSize()) {
          nextWindow();
        }
        long bytes = Math.min(part.byteSize() - done, window.byteSize() - used);
        MemorySegment.copy(part, done, window, used, bytes);
        used += bytes;
        done += bytes;
      }
    }
  }

  @Override
  void commit() throws IOException {
    leaveWindow();
    file.channel().truncate(position());
    file.publish();
  }

  @Override
  void drop() throws IOException {
    unmap();
    file.discard();
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by unmap
  private void nextWindow() throws IOException {
    leaveWindow();
    long bytes = Math.clamp(fileBytes, SMALLEST_WINDOW_BYTES, LARGEST_WINDOW_BYTES);
    for (long written = 0; written < bytes; written += ZEROS.byteSize()) {
      writer.write(ZEROS);
    }
    // Shared, as another thread may unmap. Closing it stops all threads for a moment, a cost that a
    // large window amortizes.
    arena = Arena.ofShared();
    window = file.channel().map(MapMode.READ_WRITE, fileBytes, bytes, arena);
    fileBytes += bytes;
    used = 0;
  }

  /**
   * Unmaps the window, and first forces it if the file is to be durable, since forcing the file may
   * not cover it.
   */
  private void leaveWindow() {
    if (arena != null && file.durability() != Durability.NONE) {
      window.asSlice(0, used).force();
    }
    unmap();
  }

  private void unmap() {
    if (arena != null) {
      arena.close();
      arena = null;
      window = MemorySegment.NULL;
      used = 0;
    }
  }
}
