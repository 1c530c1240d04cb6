package dev.lancewright.ffi;

import dev.lancewright.internal.cdata.Structs;
import dev.lancewright.io.Source;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A {@code struct lw_source} of the caller, whose members are copied. */
final class NativeSource implements Source {
  private static final int WORDS = 5;

  private final long user;
  private final long size;
  private final MemorySegment read;
  private final MemorySegment close;
  private boolean isOwner;

  private NativeSource(MemorySegment members) {
    user = CMemory.member(members, 1);
    size = CMemory.member(members, 2);
    read = MemorySegment.ofAddress(CMemory.member(members, 3));
    close = MemorySegment.ofAddress(CMemory.member(members, 4));
  }

  /**
   * @throws IllegalArgumentException if the struct is NULL, has no callback to read, or a negative
   *     size
   */
  static NativeSource at(long address) {
    NativeSource source = new NativeSource(CMemory.struct(address, WORDS, "source"));
    CMemory.require(source.read.address(), "read of the source");
    if (source.size < 0) {
      throw new IllegalArgumentException(
          "size of the source is %d; it must not be negative".formatted(source.size));
    }
    return source;
  }

  /** Takes over the caller's source, once it is open: before that, closing is not ours. */
  void takeOver() {
    isOwner = true;
  }

  @Override
  public String name() {
    return "source";
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, MemorySegment target) throws IOException {
    if (position < 0 || target.byteSize() > size - position) {
      throw new EOFException(
          "source: cannot read %d bytes at position %d; it ends at %d"
              .formatted(target.byteSize(), position, size));
    }
    if (target.isNative()) {
      readNative(position, target);
    } else {
      readCopy(position, target);
    }
  }

  private void readNative(long position, MemorySegment target) throws CallbackException {
    if (target.byteSize() > 0) {
      int code = UserCallbacks.read(read, user, position, target);
      if (code != 0) {
        throw new CallbackException("read of the source", code);
      }
    }
  }

  private void readCopy(long position, MemorySegment target) throws CallbackException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(target.byteSize());
      readNative(position, copy);
      target.copyFrom(copy);
    }
  }

  /** Calls the caller's callback, whose code has nobody to go to. */
  @Override
  public void close() {
    if (isOwner && !Structs.isNull(close)) {
      isOwner = false;
      UserCallbacks.call(close, user);
    }
  }
}
