package dev.lancewright.internal.cdata;

import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Functions to read and write C structs and the pointers in them. */
public final class Structs {
  private Structs() {}

  /**
   * Returns the memory of the struct at {@code address}.
   *
   * @param where the beginning of an error message
   * @throws IllegalArgumentException if the address cannot be that of a struct
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

  /** Returns element {@code index} of a C array of pointers, at any alignment. */
  @SuppressWarnings("restricted")
  public static MemorySegment element(MemorySegment pointers, long index) {
    long bytes = ValueLayout.ADDRESS.byteSize();
    return pointers
        .reinterpret((index + 1) * bytes)
        .get(ValueLayout.ADDRESS_UNALIGNED, index * bytes);
  }

  /** Returns the number of pointers in a C array allocated by {@link NativeMemory#pointers}. */
  static long elements(MemorySegment pointers) {
    return pointers.byteSize() / ValueLayout.ADDRESS.byteSize();
  }

  public static boolean isNull(MemorySegment pointer) {
    return pointer.address() == 0;
  }
}
