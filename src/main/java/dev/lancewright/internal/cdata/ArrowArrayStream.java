package dev.lancewright.internal.cdata;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A view of the C struct that produces arrays of one schema.
 *
 * <pre>{@code
 * struct ArrowArrayStream {
 *   int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
 *   int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
 *   const char* (*get_last_error)(struct ArrowArrayStream*);
 *   void (*release)(struct ArrowArrayStream*);
 *   void* private_data;
 * };
 * }</pre>
 */
public final class ArrowArrayStream extends CStruct {
  public static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              ValueLayout.ADDRESS.withName("get_schema"),
              ValueLayout.ADDRESS.withName("get_next"),
              ValueLayout.ADDRESS.withName("get_last_error"),
              ValueLayout.ADDRESS.withName("release"),
              ValueLayout.ADDRESS.withName("private_data"))
          .withName("ArrowArrayStream");

  private static final VarHandle GET_SCHEMA = Structs.member(LAYOUT, "get_schema");
  private static final VarHandle GET_NEXT = Structs.member(LAYOUT, "get_next");
  private static final VarHandle GET_LAST_ERROR = Structs.member(LAYOUT, "get_last_error");

  /** Creates a view of the struct in {@code struct}. */
  public ArrowArrayStream(MemorySegment struct) {
    super(struct, LAYOUT);
  }

  /**
   * Returns a view of the struct at {@code address}, which may be released.
   *
   * @throws IllegalArgumentException if there is none; the message begins with {@code where}
   */
  public static ArrowArrayStream at(MemorySegment address, String where) {
    return new ArrowArrayStream(Structs.at(address, LAYOUT, where));
  }

  public MemorySegment getSchema() {
    return (MemorySegment) GET_SCHEMA.get(struct(), 0L);
  }

  public MemorySegment getNext() {
    return (MemorySegment) GET_NEXT.get(struct(), 0L);
  }

  public MemorySegment getLastError() {
    return (MemorySegment) GET_LAST_ERROR.get(struct(), 0L);
  }

  /** Initializes the struct as an exported stream, with the callbacks that C code calls. */
  public void fill(
      MemorySegment getSchema,
      MemorySegment getNext,
      MemorySegment getLastError,
      MemorySegment release,
      long privateData) {
    reset(release, privateData);
    GET_SCHEMA.set(struct(), 0L, getSchema);
    GET_NEXT.set(struct(), 0L, getNext);
    GET_LAST_ERROR.set(struct(), 0L, getLastError);
  }
}
