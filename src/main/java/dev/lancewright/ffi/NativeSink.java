package dev.lancewright.ffi;

import dev.lancewright.internal.cdata.Structs;
import dev.lancewright.io.Sink;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A {@code struct lw_sink} of the caller, whose members are copied. */
final class NativeSink implements Sink {
  private static final int WORDS = 6;

  /** How much of the Java heap is copied at once, for C code to see it. */
  private static final int HEAP_PIECE_BYTES = 64 << 10;

  private final long user;
  private final MemorySegment write;
  private final MemorySegment flush;
  private final MemorySegment publish;
  private final MemorySegment discard;
  private long position;
  private boolean ended;

  private NativeSink(MemorySegment members) {
    user = CMemory.member(members, 1);
    write = function(members, 2);
    flush = function(members, 3);
    publish = function(members, 4);
    discard = function(members, 5);
  }

  /**
   * @throws IllegalArgumentException if the struct is NULL or has no callback to write
   */
  static NativeSink at(long address) {
    NativeSink sink = new NativeSink(CMemory.struct(address, WORDS, "sink"));
    CMemory.require(sink.write.address(), "write of the sink");
    return sink;
  }

  private static MemorySegment function(MemorySegment members, int index) {
    return MemorySegment.ofAddress(CMemory.member(members, index));
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public void append(MemorySegment... parts) throws IOException {
    for (MemorySegment part : parts) {
      if (part.isNative()) {
        appendNative(part);
      } else {
        appendCopy(part);
      }
    }
  }

  private void appendNative(MemorySegment bytes) throws IOException {
    if (bytes.byteSize() > 0) {
      check("write", UserCallbacks.write(write, user, bytes));
      position += bytes.byteSize();
    }
  }

  private void appendCopy(MemorySegment bytes) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment piece = arena.allocate(Math.min(HEAP_PIECE_BYTES, bytes.byteSize()));
      for (long at = 0; at < bytes.byteSize(); at += piece.byteSize()) {
        long size = Math.min(piece.byteSize(), bytes.byteSize() - at);
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, piece, ValueLayout.JAVA_BYTE, 0, size);
        appendNative(piece.asSlice(0, size));
      }
    }
  }

  @Override
  public void publish() throws IOException {
    try {
      call("flush", flush);
      call("publish", publish);
      ended = true;
    } catch (CallbackException e) {
      try {
        discard();
      } catch (CallbackException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public void discard() throws CallbackException {
    if (!ended) {
      ended = true;
      call("discard", discard);
    }
  }

  private void call(String name, MemorySegment function) throws CallbackException {
    if (!Structs.isNull(function)) {
      check(name, UserCallbacks.call(function, user));
    }
  }

  private static void check(String name, int code) throws CallbackException {
    if (code != 0) {
      throw new CallbackException(name + " of the sink", code);
    }
  }
}
