package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.cdata.NativeMemory;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.schema.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Finds or creates the buffers of exported arrays. None of their pointers is NULL. */
final class ExportBuffers {
  /** The alignment of copies, which suits all consumers. */
  private static final int ALIGNMENT = 64;

  /** The maximum alignment of values: consumers hold 256-bit integers as two of 128 bits. */
  private static final int MAX_ALIGNMENT = 16;

  /** The contents of empty buffers, and the only offset of a column without rows. */
  private static final MemorySegment ZEROS = Arena.global().allocate(ALIGNMENT, ALIGNMENT);

  private final NativeMemory memory;

  ExportBuffers(NativeMemory memory) {
    this.memory = memory;
  }

  /** Returns whether C code that requires the given alignment can read the segment in place. */
  static boolean isReadable(MemorySegment segment, int alignment) {
    return segment.isNative() && segment.address() % alignment == 0;
  }

  /** Returns whether C code can read the bits in place. */
  static boolean isReadable(Bitmap bits) {
    return bits.bytes().isNative() && bits.offset() % Byte.SIZE == 0;
  }

  /** Returns the alignment that C code requires for the values of a type. */
  static int alignment(DataType.FixedWidth type) {
    return type instanceof DataType.FixedSizeBinary ? 1 : Math.min(type.byteWidth(), MAX_ALIGNMENT);
  }

  MemorySegment bits(Bitmap bits) {
    if (bits.length() == 0) {
      return ZEROS;
    }
    if (isReadable(bits)) {
      return bits.bytes().asSlice(bits.offset() / Byte.SIZE);
    }
    long bytes = Bitmap.bytesFor(bits.length()) + Bits.SLACK_BYTES;
    MemorySegment copy = memory.allocate(bytes, ALIGNMENT);
    Bits.copy(bits, 0, bits.length(), copy, 0);
    return copy;
  }

  /**
   * Returns the first {@code bytes} bytes of a segment, or a copy if C code cannot read them in
   * place.
   */
  MemorySegment bytes(MemorySegment segment, long bytes, int alignment) {
    if (bytes == 0) {
      return ZEROS;
    }
    if (isReadable(segment, alignment)) {
      return segment;
    }
    return memory.allocate(bytes, ALIGNMENT).copyFrom(segment.asSlice(0, bytes));
  }

  /**
   * Returns the offsets of {@code rows} rows and the one after, each reduced by {@code base}.
   *
   * @param width the size of an offset in bytes
   */
  MemorySegment offsets(MemorySegment segment, long rows, int width, long base) {
    if (rows == 0) {
      return ZEROS;
    }
    long bytes = (rows + 1) * width;
    if (base == 0) {
      return bytes(segment, bytes, width);
    }
    Offsets source = new Offsets(segment, width == Long.BYTES);
    Offsets copy = new Offsets(memory.allocate(bytes, ALIGNMENT), width == Long.BYTES);
    for (long i = 0; i <= rows; i++) {
      copy.set(i, source.get(i) - base);
    }
    return copy.segment();
  }
}
