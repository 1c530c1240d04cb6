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
 * Native memory of one export to C code: taken piece by piece, freed as a whole. Used by one thread
 * at a time, which need not always be the same.
 *
 * <p>It is the memory of C's {@code malloc}: a confined arena cannot be closed by the consumer's
 * thread, and closing a shared one, once for each batch, would stall all threads.
 */
public final class NativeMemory {
  private static final MethodHandle MALLOC =
      function("malloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
  private static final MethodHandle FREE =
      function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

  /** Pieces of more than this get a chunk of their own. */
  private static final long LARGE_BYTES = 1 << 10;

  private static final long CHUNK_BYTES = 4 * LARGE_BYTES;

  private final List<MemorySegment> chunks = new ArrayList<>(1);
  private MemorySegment chunk;
  private long used;

  /**
   * @param bytes that are expected to be taken in small pieces
   * @throws OutOfMemoryError if there is no memory
   */
  public NativeMemory(long bytes) {
    chunk = addChunk(bytes);
  }

  /**
   * {@code bytes} bytes with undefined contents, valid until {@link #free}.
   *
   * @param alignment a power of two
   * @throws OutOfMemoryError if there is no memory
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

  /** Room for a struct. */
  public MemorySegment struct(StructLayout layout) {
    return allocate(layout.byteSize(), layout.byteAlignment());
  }

  /** Room for {@code count} pointers; NULL for none. */
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
