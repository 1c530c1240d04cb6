package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** What the engine itself needs of the structs of the Arrow C Data interface. */
@SuppressWarnings("restricted")
final class CData {
  static final long SCHEMA_BYTES = 72;
  static final long ARRAY_BYTES = 80;

  private static final long SCHEMA_RELEASE = 56;
  private static final long ARRAY_LENGTH = 0;
  private static final long ARRAY_BUFFERS = 40;
  private static final long ARRAY_CHILDREN = 48;
  private static final long ARRAY_RELEASE = 64;

  // void (*release)(struct ArrowArray *), void (*release)(struct ArrowSchema *)
  private static final MethodHandle RELEASE =
      Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ADDRESS));

  private CData() {}

  /** Does nothing if the schema was released or moved away. */
  static void releaseSchema(MemorySegment schema) {
    release(schema, schema.get(ADDRESS, SCHEMA_RELEASE));
  }

  /** Does nothing if the array was released or moved away. */
  static void releaseArray(MemorySegment array) {
    release(array, array.get(ADDRESS, ARRAY_RELEASE));
  }

  /** Appends the values of a struct array's only column: utf8, without nulls and offset. */
  static void addStrings(MemorySegment array, List<String> strings) {
    long rows = array.get(JAVA_LONG, ARRAY_LENGTH);
    MemorySegment column =
        array
            .get(ADDRESS, ARRAY_CHILDREN)
            .reinterpret(ADDRESS.byteSize())
            .get(ADDRESS, 0)
            .reinterpret(ARRAY_BYTES);
    // Validity, offsets, bytes.
    MemorySegment buffers = column.get(ADDRESS, ARRAY_BUFFERS).reinterpret(3 * ADDRESS.byteSize());
    MemorySegment offsets =
        buffers.getAtIndex(ADDRESS, 1).reinterpret((rows + 1) * JAVA_INT.byteSize());
    MemorySegment bytes =
        buffers.getAtIndex(ADDRESS, 2).reinterpret(offsets.getAtIndex(JAVA_INT, rows));
    for (long row = 0; row < rows; row++) {
      int start = offsets.getAtIndex(JAVA_INT, row);
      int end = offsets.getAtIndex(JAVA_INT, row + 1);
      strings.add(new String(bytes.asSlice(start, end - start).toArray(JAVA_BYTE), UTF_8));
    }
  }

  private static void release(MemorySegment struct, MemorySegment function) {
    if (function.equals(MemorySegment.NULL)) {
      return;
    }
    try {
      RELEASE.invokeExact(function, struct);
    } catch (Throwable e) {
      throw DuckDbApi.unexpected(e);
    }
  }
}
