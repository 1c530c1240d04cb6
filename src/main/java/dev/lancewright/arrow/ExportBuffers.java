package dev.lancewright.arrow;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.cdata.NativeMemory;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.schema.DataType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Finds or makes what the buffer pointers of exported arrays point to. None of them is NULL. */
final class ExportBuffers {
  /** Of copies, which suits all consumers. */
  private static final int ALIGNMENT = 64;

  /** Consumers keep integers of 256 bits as two of 128, and ask for no more than those. */
  private static final int MAX_ALIGNMENT = 16;

  /** Buffers without a byte, and the only offset of a column without rows. */
  private static final MemorySegment ZEROS = Arena.global().allocate(ALIGNMENT, ALIGNMENT);

  private final NativeMemory memory;

  ExportBuffers(NativeMemory memory) {
    this.memory = memory;
  }

  /**
   * Whether C code can read the segment where it is, with an alignment that it takes for granted.
   */
  static boolean isReadable(MemorySegment segment, int alignment) {
    return segment.isNative() && segment.address() % alignment == 0;
  }

  /** Whether C code can read the bits where they are. */
  static boolean isReadable(Bitmap bits) {
    return bits.bytes().isNative() && bits.offset() % Byte.SIZE == 0;
  }

  /** The alignment that C code takes for granted for the values of a type. */
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

  /** The first {@code bytes} bytes of a segment. */
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
   * The offsets of {@code rows} rows and the one behind, each less by {@code base}.
   *
   * @param width bytes of one offset
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
