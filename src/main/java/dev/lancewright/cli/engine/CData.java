package dev.lancewright.cli.engine;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lancewright.arrow.ImportedBatch;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Reads the short answers that the engine itself asks of DuckDB. */
@SuppressWarnings("restricted")
final class CData {
  private static final long ARRAY_LENGTH = 0;
  private static final long ARRAY_BUFFERS = 40;
  private static final long ARRAY_CHILDREN = 48;

  private CData() {}

  /** Appends the values of a struct array's only column: utf8, without nulls and offset. */
  static void addStrings(MemorySegment array, List<String> strings) {
    long rows = array.get(JAVA_LONG, ARRAY_LENGTH);
    MemorySegment column =
        array
            .get(ADDRESS, ARRAY_CHILDREN)
            .reinterpret(ADDRESS.byteSize())
            .get(ADDRESS, 0)
            .reinterpret(ImportedBatch.STRUCT_BYTES);
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
}
