package dev.lancewright.internal.memory;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Output that is kept in blocks of the process until somebody takes it. Filled by one thread and
 * emptied by another, after the first has handed it over.
 */
public final class MemoryOutput implements StagedOutput.Target {
  private static final long MIN_BLOCK_BYTES = 64 << 10;
  private static final long MAX_BLOCK_BYTES = 1 << 20;

  private final List<BlockPool.Block> blocks = new ArrayList<>();
  private long lastUsed;
  private long size;

  @Override
  public void append(MemorySegment... parts) {
    for (MemorySegment part : parts) {
      for (long done = 0; done < part.byteSize(); ) {
        MemorySegment block = blockWithRoom();
        long bytes = Math.min(part.byteSize() - done, block.byteSize() - lastUsed);
        MemorySegment.copy(part, done, block, lastUsed, bytes);
        lastUsed += bytes;
        size += bytes;
        done += bytes;
      }
    }
  }

  /** Blocks grow with what there is, so that small pages take little. */
  private MemorySegment blockWithRoom() {
    if (blocks.isEmpty() || blocks.getLast().memory().byteSize() == lastUsed) {
      long wanted = Math.clamp(size, MIN_BLOCK_BYTES, MAX_BLOCK_BYTES);
      blocks.add(BlockPool.SHARED.take(PagePool.sizeClass(wanted)));
      lastUsed = 0;
    }
    return blocks.getLast().memory();
  }

  /** Returns the bytes that are kept, in order. */
  public MemorySegment[] parts() {
    MemorySegment[] parts = new MemorySegment[blocks.size()];
    for (int i = 0; i < parts.length; i++) {
      MemorySegment block = blocks.get(i).memory();
      parts[i] = i < parts.length - 1 ? block : block.asSlice(0, lastUsed);
    }
    return parts;
  }

  /** Bytes of the blocks. */
  public long retainedBytes() {
    long bytes = 0;
    for (BlockPool.Block block : blocks) {
      bytes += block.memory().byteSize();
    }
    return bytes;
  }

  /** Gives the memory back. */
  public void clear() {
    blocks.forEach(BlockPool.SHARED::giveBack);
    blocks.clear();
    lastUsed = 0;
    size = 0;
  }
}
