package dev.lancewright.internal.cdata;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The native memory of one export to C code, allocated piecewise and freed as a whole. Used by one
 * thread at a time, but not always the same one.
 *
 * <p>The memory comes from C's {@code malloc}: a confined arena cannot be closed by the consumer's
 * thread, and closing a shared one for each batch would stall all threads.
 */
public final class NativeMemory {
  private static final MethodHandle MALLOC =
      function("malloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE =
      function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  /** The size above which pieces get a chunk of their own. */
  private static final long LARGE_BYTES = 1 << 10;

  private static final long CHUNK_BYTES = 4 * LARGE_BYTES;

  private final List<MemorySegment> chunks = new ArrayList<>(1);
  private MemorySegment chunk;
  private long used;

  /**
   * Allocates memory for small pieces.
   *
   * @param bytes the expected total size of small pieces
   * @throws OutOfMemoryError if memory is exhausted
   */
  public NativeMemory(long bytes) {
    chunk = addChunk(bytes);
  }

  /**
   * Allocates {@code bytes} bytes with undefined contents, valid until {@link #free}.
   *
   * @param alignment the alignment, a power of two
   * @throws OutOfMemoryError if memory is exhausted
   */
  public MemorySegment allocate(long bytes, long alignment) {
    if (bytes > LARGE_BYTES) {
      MemorySegment own = addChunk(bytes + alignment);
      return own.asSlice(padding(own, 0, alignment), bytes);
    }
    long start = used + padding(chunk, used, alignment);
    if (start + bytes > chunk.byteSize()) {
      chunk = addChunk(CHUNK_BYTES);
      start = padding(chunk, 0, alignment);
    }
    used = start + bytes;
    return chunk.asSlice(start, bytes);
  }

  /** Allocates a struct. */
  public MemorySegment struct(StructLayout layout) {
    return allocate(layout.byteSize(), layout.byteAlignment());
  }

  /** Allocates {@code count} pointers; returns NULL if that is 0. */
  public MemorySegment pointers(int count) {
    long width = ValueLayout.ADDRESS.byteSize();
    return count == 0 ? MemorySegment.NULL : allocate(count * width, width);
  }

  /** Frees everything, once. */
  public void free() {
    chunks.forEach(NativeMemory::free);
    chunks.clear();
  }

  private static long padding(MemorySegment chunk, long used, long alignment) {
    return -(chunk.address() + used) & (alignment - 1);
  }

  @SuppressWarnings("restricted")
  private MemorySegment addChunk(long bytes) {
    MemorySegment added = malloc(bytes).reinterpret(bytes);
    chunks.add(added);
    return added;
  }

  private static MemorySegment malloc(long bytes) {
    MemorySegment memory;
    try {
      memory = (MemorySegment) MALLOC.invokeExact(bytes);
    } catch (Throwable e) {
      throw Callbacks.unexpected(e);
    }
    if (Structs.isNull(memory)) {
      throw new OutOfMemoryError("no native memory for the %d bytes of an export".formatted(bytes));
    }
    return memory;
  }

  private static void free(MemorySegment memory) {
    try {
      FREE.invokeExact(memory);
    } catch (Throwable e) {
      throw Callbacks.unexpected(e);
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor signature) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), signature);
  }
}
