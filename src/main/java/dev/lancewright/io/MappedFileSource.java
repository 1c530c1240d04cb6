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
 * A file, mapped into memory as a whole; its size is that at opening. Reading calls the system only
 * for what it does not have in its cache yet, and views are free.
 *
 * <p>Only for files that nobody changes: where a file is cut short while it is mapped, touching the
 * bytes that are gone makes the JVM throw {@link InternalError}, and ends the process where native
 * code touches them, as that of compression does. {@link FileSource} reports that as an {@link
 * IOException}.
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

  /** The path as it was given. */
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
   * {@inheritDoc} Using it later is an {@link IllegalStateException}.
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
   * Ends the mapping and with it all views. Stops all threads for a moment. No other thread may be
   * reading through a {@code LanceReader} meanwhile: that may end the process.
   *
   * @throws IllegalStateException if a thread is just writing a view to a channel, or handing it to
   *     native code; the source then stays open
   */
  @Override
  public synchronized void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
