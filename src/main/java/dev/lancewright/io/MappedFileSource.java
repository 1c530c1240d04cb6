package dev.lancewright.io;

import dev.lancewright.internal.Require;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * A file, mapped into memory as a whole; its size is determined on opening. Reading involves the
 * system only for pages not yet in its cache, and views are free.
 *
 * <p>Use it only for files that nobody changes: if a file is truncated while it is mapped, the JVM
 * throws an {@link InternalError} on access to the missing bytes, and native code that accesses
 * them, such as that of compression, crashes the process. {@link FileSource} reports this as an
 * {@link IOException}.
 */
public final class MappedFileSource implements Source {
  private final Path path;
  private final Arena arena;
  private final MemorySegment bytes;

  private MappedFileSource(Path path, Arena arena, MemorySegment bytes) {
    this.path = path;
    this.arena = arena;
    this.bytes = bytes;
  }

  /** Opens a file for reading; the file system must allow mapping. */
  public static MappedFileSource open(Path path) throws IOException {
    try (FileChannel channel = Sources.open(Require.nonNull(path, "path"))) {
      return map(path, channel);
    }
  }

  @SuppressWarnings("MustBeClosedChecker") // closed by close
  private static MappedFileSource map(Path path, FileChannel channel) throws IOException {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
      return new MappedFileSource(path, arena, bytes.asReadOnly());
    } catch (IOException | RuntimeException e) {
      arena.close();
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
    return bytes.byteSize();
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if the source is closed
   */
  @Override
  public void read(long position, MemorySegment target) throws EOFException {
    Require.nonNull(target, "target");
    MemorySegment.copy(view(position, target.byteSize()), 0, target, 0, target.byteSize());
  }

  /**
   * {@inheritDoc} Using it after that throws an {@link IllegalStateException}.
   *
   * @throws IllegalStateException if the source is closed
   */
  @Override
  public MemorySegment view(long position, long bytes) throws EOFException {
    Sources.checkRange(this, position, bytes);
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException(path + ": cannot be read any more; it is closed");
    }
    return this.bytes.asSlice(position, bytes);
  }

  /**
   * Unmaps the file, which invalidates all views. Stops all threads for a moment. No other thread
   * may be reading through a {@code LanceReader} at that time: that may crash the process.
   *
   * @throws IllegalStateException if a thread is currently writing a view to a channel or passing
   *     it to native code; the source then stays open
   */
  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
