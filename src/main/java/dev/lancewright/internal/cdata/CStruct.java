package dev.lancewright.internal.cdata;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/**
 * A view of a struct of the Arrow C interfaces. The last two members of each are a release
 * callback, which is NULL once the struct is released, and the producer's private data.
 */
public abstract sealed class CStruct permits ArrowArray, ArrowArrayStream, ArrowSchema {
  private final MemorySegment struct;
  private final long releaseAt;
  private final long privateDataAt;

  /**
   * Creates a view.
   *
   * @param struct the memory of the struct, which the view borrows
   * @param layout the layout of the struct
   */
  CStruct(MemorySegment struct, StructLayout layout) {
    this.struct = struct;
    this.privateDataAt = layout.byteSize() - ValueLayout.ADDRESS.byteSize();
    this.releaseAt = privateDataAt - ValueLayout.ADDRESS.byteSize();
  }

  /** Returns the memory of the struct. */
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

  /** Returns the producer's private data. */
  public final long privateData() {
    return struct.get(ValueLayout.ADDRESS, privateDataAt).address();
  }

  /**
   * Initializes an exported struct, whose other members become zero.
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
