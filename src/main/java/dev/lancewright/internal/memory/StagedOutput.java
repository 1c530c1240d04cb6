package dev.lancewright.internal.memory;

import dev.lancewright.format.Container;
import dev.lancewright.format.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Collects small pieces of output in a block that stays in the processor's cache, and passes large
 * pieces on without a copy. The block is taken with the first piece and given back by {@link
 * #release}, so that output that waits takes no memory.
 */
public final class StagedOutput {
  /** The most that {@link #reserve} can be asked for. */
  public static final int MAX_RESERVE_BYTES = 64 << 10;

  private static final int STAGE_BYTES = 256 << 10;

  /** Pieces this large are not worth a copy. */
  private static final int DIRECT_BYTES = 32 << 10;

  /** Where output goes, in order. */
  @FunctionalInterface
  public interface Target {
    /** Takes all bytes of all parts and keeps no reference to them. */
    void append(MemorySegment... parts) throws IOException;
  }

  private final PagePool pool;
  private final Target target;
  private MemorySegment stage = MemorySegment.NULL;
  private long staged;
  private long passedOn;

  /** Output that starts at position 0 of {@code target}. */
  public StagedOutput(PagePool pool, Target target) {
    this.pool = pool;
    this.target = target;
  }

  /** Bytes put out, staged ones included. */
  public long position() {
    return passedOn + staged;
  }

  /** Where reserved bytes are written; asked for after {@link #reserve}. */
  public MemorySegment stage() {
    return stage;
  }

  /**
   * Makes room for up to {@link #MAX_RESERVE_BYTES} bytes.
   *
   * @return where in {@link #stage} they go
   */
  public long reserve(int bytes) throws IOException {
    if (stage.byteSize() - staged < bytes) {
      flush();
      if (stage.byteSize() == 0) {
        stage = pool.take(STAGE_BYTES);
      }
    }
    return staged;
  }

  /** Counts {@code bytes} reserved bytes as put out. */
  public void advance(int bytes) {
    staged += bytes;
  }

  public void putByte(byte value) throws IOException {
    long at = reserve(1);
    stage.set(ValueLayout.JAVA_BYTE, at, value);
    staged += 1;
  }

  public void putInt(int value) throws IOException {
    long at = reserve(4);
    stage.set(LittleEndian.INT, at, value);
    staged += 4;
  }

  public void putLong(long value) throws IOException {
    long at = reserve(8);
    stage.set(LittleEndian.LONG, at, value);
    staged += 8;
  }

  /** Puts out {@code bytes} bytes of {@code source} from {@code offset} on. */
  public void put(MemorySegment source, long offset, long bytes) throws IOException {
    if (bytes >= DIRECT_BYTES) {
      target.append(stage.asSlice(0, staged), source.asSlice(offset, bytes));
      passedOn += staged + bytes;
      staged = 0;
      return;
    }
    long at = reserve((int) bytes);
    MemorySegment.copy(source, offset, stage, at, bytes);
    staged += bytes;
  }

  /** Puts out all bytes of all parts. */
  public void putAll(MemorySegment... parts) throws IOException {
    for (MemorySegment part : parts) {
      put(part, 0, part.byteSize());
    }
  }

  /** Pads to the next multiple of {@link Container#ALIGNMENT}. */
  public void align() throws IOException {
    int padding = Container.paddingAfter(position());
    long at = reserve(padding);
    stage.asSlice(at, padding).fill(Container.PADDING);
    staged += padding;
  }

  /** Passes on what is staged. */
  public void flush() throws IOException {
    if (staged > 0) {
      target.append(stage.asSlice(0, staged));
      passedOn += staged;
      staged = 0;
    }
  }

  /** Passes on what is staged, and gives the memory back until more comes. */
  public void release() throws IOException {
    flush();
    if (stage.byteSize() > 0) {
      pool.giveBack(stage);
      stage = MemorySegment.NULL;
    }
  }
}
