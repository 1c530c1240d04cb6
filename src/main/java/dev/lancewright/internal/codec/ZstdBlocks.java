package dev.lancewright.internal.codec;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Bounds the contents of zstd frames by their block headers, without decoding them. */
final class ZstdBlocks {
  private static final int MAGIC = 0xFD2FB528;
  private static final int MAX_BLOCK_BYTES = 128 << 10;
  private static final int BLOCK_HEADER_BYTES = 3;
  private static final int CHECKSUM_BYTES = 4;
  private static final int RAW = 0;
  private static final int RUN = 1;

  private ZstdBlocks() {}

  /**
   * Returns the maximum number of bytes that consecutive frames can hold. Bytes that are not a
   * frame hold none.
   */
  static long mostBytes(MemorySegment frames) {
    long size = frames.byteSize();
    long most = 0;
    long at = 0;
    while (size - at > Integer.BYTES + 1 && frames.get(LittleEndian.INT, at) == MAGIC) {
      int descriptor = frames.get(ValueLayout.JAVA_BYTE, at + Integer.BYTES);
      at += headerBytes(descriptor);
      for (boolean last = false; !last; ) {
        if (size - at < BLOCK_HEADER_BYTES) {
          return most;
        }
        int header =
            (frames.get(LittleEndian.SHORT, at) & 0xFFFF)
                | (frames.get(ValueLayout.JAVA_BYTE, at + 2) & 0xFF) << 16;
        int type = header >>> 1 & 3;
        int bytes = header >>> 3;
        last = (header & 1) != 0;
        most += type == RAW || type == RUN ? Math.min(bytes, MAX_BLOCK_BYTES) : MAX_BLOCK_BYTES;
        at += BLOCK_HEADER_BYTES + (type == RUN ? 1 : bytes);
      }
      at += (descriptor & 4) == 0 ? 0 : CHECKSUM_BYTES;
    }
    return most;
  }

  /**
   * Returns the size of a frame's header: magic number, descriptor, window size, dictionary and
   * content size.
   */
  private static int headerBytes(int descriptor) {
    boolean single = (descriptor & 0x20) != 0;
    int dictionary = (1 << (descriptor & 3)) >> 1;
    int flag = descriptor >>> 6 & 3;
    int content = flag == 0 ? (single ? 1 : 0) : 1 << flag;
    return Integer.BYTES + 1 + (single ? 0 : 1) + dictionary + content;
  }
}
