package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sizes and places as a C compiler for 64 bits lays the structs out. */
class StructLayoutsTest {
  @Test
  void schema() {
    assertEquals(72, ArrowSchema.LAYOUT.byteSize());
    assertOffsets(
        ArrowSchema.LAYOUT,
        Map.of("format", 0, "flags", 24, "children", 40, "dictionary", 48, "release", 56));
  }

  @Test
  void array() {
    assertEquals(80, ArrowArray.LAYOUT.byteSize());
    assertOffsets(
        ArrowArray.LAYOUT,
        Map.of("length", 0, "null_count", 8, "offset", 16, "buffers", 40, "release", 64));
  }

  @Test
  void stream() {
    assertEquals(40, ArrowArrayStream.LAYOUT.byteSize());
    assertOffsets(
        ArrowArrayStream.LAYOUT,
        Map.of("get_schema", 0, "get_next", 8, "get_last_error", 16, "release", 24));
  }

  private static void assertOffsets(StructLayout layout, Map<String, Integer> offsets) {
    offsets.forEach(
        (member, offset) ->
            assertEquals(
                (long) offset, layout.byteOffset(PathElement.groupElement(member)), member));
  }
}
