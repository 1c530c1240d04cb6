package dev.lancewright.internal.simd;

import static dev.lancewright.internal.simd.FsstCodes.ESCAPE;
import static dev.lancewright.internal.simd.FsstCodes.LENGTH_SHIFT;
import static dev.lancewright.internal.simd.FsstCodes.MAX_SYMBOL_BYTES;
import static dev.lancewright.internal.simd.VectorMemory.ALL;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link FsstCodes} on addresses, without vectors, which would not make it faster. */
final class VectorFsstCodes {
  private VectorFsstCodes() {}

  static int decode(
      MemorySegment codes,
      MemorySegment offsets,
      int width,
      long first,
      int count,
      long[] symbols,
      long[] shortTexts,
      MemorySegment target,
      long to,
      MemorySegment ends) {
    long offsetsAt = VectorMemory.source(offsets, first * width, (count + 1L) * width);
    long endsAt = VectorMemory.target(ends, first * width, (count + 1L) * width);
    long start = Offsets.get(ALL, offsetsAt, width);
    long bytes = Math.max(0, Offsets.get(ALL, offsetsAt + (long) count * width, width) - start);
    long from = VectorMemory.source(codes, start, bytes);
    long room = Math.addExact(Math.multiplyExact(bytes, MAX_SYMBOL_BYTES), MAX_SYMBOL_BYTES);
    long begin = VectorMemory.target(target, to, room);
    long limit = from + bytes;
    long end = from;
    long next = begin;
    int value = 0;
    for (; value < count; value++) {
      long at = end;
      end = from + Offsets.get(ALL, offsetsAt + (value + 1L) * width, width) - start;
      // The offsets may be in a file that is modified concurrently.
      if (end < at || end > limit) {
        break;
      }
      next = decode(at, end, symbols, shortTexts, next);
      long decoded = next - begin + to;
      if (next < 0 || (width == Integer.BYTES && decoded > Integer.MAX_VALUE)) {
        break;
      }
      Offsets.set(ALL, endsAt + (value + 1L) * width, width, decoded);
    }
    VectorMemory.keep(codes, target);
    VectorMemory.keep(offsets, ends);
    return value;
  }

  /** Decodes one value; returns the address after its text, or -1 if it is malformed. */
  private static long decode(long from, long end, long[] symbols, long[] shortTexts, long to) {
    long next = to;
    for (long at = from; at < end; at++) {
      int code = ALL.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
      long text = shortTexts[code];
      if (text != 0) {
        ALL.set(LittleEndian.LONG, next, text);
        next += text >>> LENGTH_SHIFT;
      } else if (code < symbols.length) {
        ALL.set(LittleEndian.LONG, next, symbols[code]);
        next += MAX_SYMBOL_BYTES;
      } else {
        at++;
        if (code != ESCAPE || at == end) {
          return -1;
        }
        ALL.set(ValueLayout.JAVA_BYTE, next, ALL.get(ValueLayout.JAVA_BYTE, at));
        next++;
      }
    }
    return next;
  }
}
