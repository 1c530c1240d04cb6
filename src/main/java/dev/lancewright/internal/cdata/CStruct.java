package dev.lancewright.internal.cdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * What the structs of the Arrow C interfaces have in common: their last members are a release
 * callback, which is NULL once the struct is released, and what the producer put there for itself.
 */
public abstract sealed class CStruct permits ArrowArray, ArrowArrayStream, ArrowSchema {
  private final MemorySegment struct;
  private final long releaseAt;
  private final long privateDataAt;

  /**
   * @param struct the memory of the struct, which the view borrows
   * @param layout its layout
   */
  CStruct(MemorySegment struct, StructLayout layout) {
    this.struct = struct;
    this.privateDataAt = layout.byteSize() - ValueLayout.ADDRESS.byteSize();
    this.releaseAt = privateDataAt - ValueLayout.ADDRESS.byteSize();
  }

  /** The memory of the struct. */
  public final MemorySegment struct() {
    return struct;
  }

  public final boolean isReleased() {
    return Structs.isNull(releaseCallback());
  }

  public final void markReleased() {
    struct.set(ValueLayout.ADDRESS, releaseAt, MemorySegment.NULL);
  }

  /** Calls the release callback, once. */
  public final void release() {
    MemorySegment callback = releaseCallback();
    if (!Structs.isNull(callback)) {
      Callbacks.release(callback, struct);
      markReleased();
    }
  }

  /** What the producer put there for itself. */
  public final long privateData() {
    return struct.get(ValueLayout.ADDRESS, privateDataAt).address();
  }

  /**
   * Makes the struct one of ours, all other members being zero.
   *
   * @param release the callback that C code calls to release it
   */
  final void reset(MemorySegment release, long privateData) {
    struct.fill((byte) 0);
    struct.set(ValueLayout.ADDRESS, releaseAt, release);
    struct.set(ValueLayout.ADDRESS, privateDataAt, MemorySegment.ofAddress(privateData));
  }

  private MemorySegment releaseCallback() {
    return struct.get(ValueLayout.ADDRESS, releaseAt);
  }
}
