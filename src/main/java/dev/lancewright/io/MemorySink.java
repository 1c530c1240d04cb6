package dev.lancewright.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Off-heap memory. Appended bytes are collected in chunks, which {@link #publish} joins once; the
 * memory is freed by {@link #discard} or, once published, by {@link #close}.
 */
public final class MemorySink extends AbstractSink implements AutoCloseable {
  private static final long SMALLEST_CHUNK_BYTES = 64 << 10;
  private static final long LARGEST_CHUNK_BYTES = 64 << 20;
  private static final long ALIGNMENT = 64;

  private final Arena chunkArena = Arena.ofShared();
  private final Arena joinedArena = Arena.ofShared();
  private final List<MemorySegment> chunks = new ArrayList<>();
  private MemorySegment last = MemorySegment.NULL;
  private long used;
  private long capacity;
  private MemorySegment published;

  private MemorySink() {
    super("memory");
  }

  /** Creates an empty sink. */
  public static MemorySink create() {
    return new MemorySink();
  }

  /**
   * Returns the published bytes as a read-only segment at an address that is a multiple of 64,
   * accessible to all threads until {@link #close}.
   *
   * @throws IllegalStateException if the sink is not published, or closed
   */
  public MemorySegment segment() {
    requirePublished("it has no segment");
    return published;
  }

  /** Frees the memory; discards a sink that is not published. Idempotent. */
  @Override
  public void close() {
    endUnpublished();
    drop();
  }

  @Override
  void write(MemorySegment... parts) {
    for (MemorySegment part : parts) {
      for (long done = 0; done < part.byteSize(); ) {
        if (used == last.byteSize()) {
          addChunk();
        }
        long bytes = Math.min(part.byteSize() - done, last.byteSize() - used);
        MemorySegment.copy(part, done, last, used, bytes);
        used += bytes;
        done += bytes;
      }
    }
  }

  @Override
  void commit() {
    MemorySegment joined = joinedArena.allocate(position(), ALIGNMENT);
    long at = 0;
    for (MemorySegment chunk : chunks) {
      long bytes = Math.min(chunk.byteSize(), position() - at);
      MemorySegment.copy(chunk, 0, joined, at, bytes);
      at += bytes;
    }
    published = joined.asReadOnly();
    dropChunks();
  }

  @Override
  void drop() {
    dropChunks();
    free(joinedArena);
  }

  private void addChunk() {
    long bytes = Math.clamp(capacity, SMALLEST_CHUNK_BYTES, LARGEST_CHUNK_BYTES);
    last = chunkArena.allocate(bytes, ALIGNMENT);
    chunks.add(last);
    capacity += bytes;
    used = 0;
  }

  private void dropChunks() {
    chunks.clear();
    last = MemorySegment.NULL;
    used = 0;
    free(chunkArena);
  }

  private static void free(Arena arena) {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
