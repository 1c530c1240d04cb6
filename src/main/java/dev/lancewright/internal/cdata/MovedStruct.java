package dev.lancewright.internal.cdata;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.function.Function;

/**
 * A struct moved out of the producer's memory, as the specification allows: its bytes are copied
 * and the source is marked as released.
 *
 * <p>The bytes live on the Java heap, and in native memory only while a callback runs. The owner
 * may thus change threads, which a confined arena forbids, and closing needs no handshake with all
 * threads, unlike a shared arena. Used by one thread at a time.
 */
public final class MovedStruct {
  private final StructLayout layout;
  private final long releaseOffset;
  private final MemorySegment home;

  /**
   * Moves the struct at {@code address}.
   *
   * @throws IllegalArgumentException if there is none, or if it was released before; the source is
   *     then untouched
   */
  public MovedStruct(long address, StructLayout layout, String where) {
    this.layout = layout;
    releaseOffset = layout.byteOffset(PathElement.groupElement("release"));
    MemorySegment source = Structs.at(MemorySegment.ofAddress(address), layout, where);
    home = MemorySegment.ofArray(source.toArray(ValueLayout.JAVA_LONG));
    if (isReleased()) {
      throw new IllegalArgumentException(
          where + " was released or moved before; each can be taken once");
    }
    source.set(ValueLayout.ADDRESS, releaseOffset, MemorySegment.NULL);
  }

  /** Releases the struct at {@code address}, unless there is none or it was released or moved. */
  public static void releaseAt(long address, StructLayout layout, String where) {
    if (address == 0) {
      return;
    }
    MemorySegment source = Structs.at(MemorySegment.ofAddress(address), layout, where);
    long offset = layout.byteOffset(PathElement.groupElement("release"));
    if (!Structs.isNull(source.get(ValueLayout.ADDRESS, offset))) {
      new MovedStruct(address, layout, where).release();
    }
  }

  /**
   * Returns the bytes of the struct, from which pointers can be read, but which have no address for
   * C code.
   */
  public MemorySegment members() {
    return home;
  }

  /**
   * Runs {@code body} with the struct in native memory, and keeps the changes that callbacks make
   * to it.
   */
  public <T> T withNative(Function<MemorySegment, T> body) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment struct = arena.allocate(layout).copyFrom(home);
      T result = body.apply(struct);
      home.copyFrom(struct);
      return result;
    }
  }

  /** Calls the release callback. Idempotent. */
  public void release() {
    if (isReleased()) {
      return;
    }
    MemorySegment callback = home.get(ValueLayout.ADDRESS, releaseOffset);
    try {
      withNative(
          struct -> {
            Callbacks.release(callback, struct);
            return null;
          });
    } finally {
      home.set(ValueLayout.ADDRESS, releaseOffset, MemorySegment.NULL);
    }
  }

  private boolean isReleased() {
    return Structs.isNull(home.get(ValueLayout.ADDRESS, releaseOffset));
  }
}
