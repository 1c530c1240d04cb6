package dev.lancewright.internal.cdata;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A view of the C struct that holds an array's data.
 *
 * <pre>{@code
 * struct ArrowArray {
 *   int64_t length;
 *   int64_t null_count;
 *   int64_t offset;
 *   int64_t n_buffers;
 *   int64_t n_children;
 *   const void** buffers;
 *   struct ArrowArray** children;
 *   struct ArrowArray* dictionary;
 *   void (*release)(struct ArrowArray*);
 *   void* private_data;
 * };
 * }</pre>
 */
public final class ArrowArray extends CStruct {
  public static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              ValueLayout.JAVA_LONG.withName("length"),
              ValueLayout.JAVA_LONG.withName("null_count"),
              ValueLayout.JAVA_LONG.withName("offset"),
              ValueLayout.JAVA_LONG.withName("n_buffers"),
              ValueLayout.JAVA_LONG.withName("n_children"),
              ValueLayout.ADDRESS.withName("buffers"),
              ValueLayout.ADDRESS.withName("children"),
              ValueLayout.ADDRESS.withName("dictionary"),
              ValueLayout.ADDRESS.withName("release"),
              ValueLayout.ADDRESS.withName("private_data"))
          .withName("ArrowArray");

  private static final VarHandle LENGTH = Structs.member(LAYOUT, "length");
  private static final VarHandle NULL_COUNT = Structs.member(LAYOUT, "null_count");
  private static final VarHandle OFFSET = Structs.member(LAYOUT, "offset");
  private static final VarHandle BUFFER_COUNT = Structs.member(LAYOUT, "n_buffers");
  private static final VarHandle CHILD_COUNT = Structs.member(LAYOUT, "n_children");
  private static final VarHandle BUFFERS = Structs.member(LAYOUT, "buffers");
  private static final VarHandle CHILDREN = Structs.member(LAYOUT, "children");
  private static final VarHandle DICTIONARY = Structs.member(LAYOUT, "dictionary");

  /** Creates a view of the struct in {@code struct}. */
  public ArrowArray(MemorySegment struct) {
    super(struct, LAYOUT);
  }

  /**
   * Returns a view of the struct at {@code address}, which may be released.
   *
   * @throws IllegalArgumentException if there is none; the message begins with {@code where}
   */
  public static ArrowArray at(MemorySegment address, String where) {
    return new ArrowArray(Structs.at(address, LAYOUT, where));
  }

  /**
   * Returns a view of the array of a column.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ArrowArray ofColumn(MemorySegment address, String path) {
    return at(address, "column '" + path + "': the array");
  }

  public long length() {
    return (long) LENGTH.get(struct(), 0L);
  }

  /** Returns the null count, or -1 if it is unknown. */
  public long nullCount() {
    return (long) NULL_COUNT.get(struct(), 0L);
  }

  /** Returns the number of values in each buffer before the array's first. */
  public long offset() {
    return (long) OFFSET.get(struct(), 0L);
  }

  public long bufferCount() {
    return (long) BUFFER_COUNT.get(struct(), 0L);
  }

  public long childCount() {
    return (long) CHILD_COUNT.get(struct(), 0L);
  }

  public MemorySegment buffers() {
    return (MemorySegment) BUFFERS.get(struct(), 0L);
  }

  public MemorySegment children() {
    return (MemorySegment) CHILDREN.get(struct(), 0L);
  }

  public MemorySegment dictionary() {
    return (MemorySegment) DICTIONARY.get(struct(), 0L);
  }

  /**
   * Initializes the struct as an exported array without buffers, children and dictionary.
   *
   * @param release the callback that C code calls to release it
   */
  public void fill(long length, long nullCount, MemorySegment release, long privateData) {
    reset(release, privateData);
    LENGTH.set(struct(), 0L, length);
    NULL_COUNT.set(struct(), 0L, nullCount);
  }

  public void setBuffers(MemorySegment pointers) {
    BUFFER_COUNT.set(struct(), 0L, Structs.elements(pointers));
    BUFFERS.set(struct(), 0L, pointers);
  }

  public void setChildren(MemorySegment pointers) {
    CHILD_COUNT.set(struct(), 0L, Structs.elements(pointers));
    CHILDREN.set(struct(), 0L, pointers);
  }

  public void setDictionary(ArrowArray dictionary) {
    DICTIONARY.set(struct(), 0L, dictionary.struct());
  }
}
