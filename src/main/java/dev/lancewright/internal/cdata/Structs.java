package dev.lancewright.internal.cdata;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** How C structs and the pointers in them are read and written. */
public final class Structs {
  private Structs() {}

  /**
   * The struct at {@code address}.
   *
   * @param where begins the message of an error
   * @throws IllegalArgumentException if no struct can be there
   */
  @SuppressWarnings("restricted")
  public static MemorySegment at(MemorySegment address, StructLayout layout, String where) {
    if (isNull(address)) {
      throw new IllegalArgumentException(
          "%s is NULL; it must be the address of an %s"
              .formatted(where, layout.name().orElseThrow()));
    }
    if (address.address() % layout.byteAlignment() != 0) {
      throw new IllegalArgumentException(
          "%s is %#x, which is not a multiple of %d; it must be the address of an %s"
              .formatted(
                  where, address.address(), layout.byteAlignment(), layout.name().orElseThrow()));
    }
    return address.reinterpret(layout.byteSize());
  }

  static VarHandle member(StructLayout layout, String name) {
    return layout.varHandle(PathElement.groupElement(name));
  }

  /** Element {@code index} of a C array of pointers, at any alignment. */
  @SuppressWarnings("restricted")
  public static MemorySegment element(MemorySegment pointers, long index) {
    long bytes = ValueLayout.ADDRESS.byteSize();
    return pointers
        .reinterpret((index + 1) * bytes)
        .get(ValueLayout.ADDRESS_UNALIGNED, index * bytes);
  }

  /** Pointers in a C array that we made. */
  static long elements(MemorySegment pointers) {
    return pointers.byteSize() / ValueLayout.ADDRESS.byteSize();
  }

  public static boolean isNull(MemorySegment pointer) {
    return pointer.address() == 0;
  }
}
