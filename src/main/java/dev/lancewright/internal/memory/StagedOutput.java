package dev.lancewright.internal.memory;

import dev.lancewright.format.Container;
import dev.lancewright.format.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Collects small pieces of output in a block that stays in the processor's cache, and passes large
 * pieces on without a copy.
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

  private final Target target;
  private final MemorySegment stage;
  private long staged;
  private long passedOn;

  /** Output that starts at position 0 of {@code target}. */
  public StagedOutput(PagePool pool, Target target) {
    this.target = target;
    this.stage = pool.take(STAGE_BYTES);
  }

  /** Bytes put out, staged ones included. */
  public long position() {
    return passedOn + staged;
  }

  /** Where reserved bytes are written. */
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
    }
    return staged;
  }

  /** Counts {@code bytes} reserved bytes as put out. */
  public void advance(int bytes) {
    staged += bytes;
  }

  public void putByte(byte value) throws IOException {
    stage.set(ValueLayout.JAVA_BYTE, reserve(1), value);
    staged += 1;
  }

  public void putInt(int value) throws IOException {
    stage.set(LittleEndian.INT, reserve(4), value);
    staged += 4;
  }

  public void putLong(long value) throws IOException {
    stage.set(LittleEndian.LONG, reserve(8), value);
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
}
