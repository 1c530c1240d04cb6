package dev.lancewright.internal.fsst;

import dev.lancewright.column.VariableWidthColumn;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The sample from which a column's symbols are learnt: evenly spaced stretches of its bytes, or all
 * of them if they are few.
 */
final class FsstSample {
  /** The maximum size of a sample in bytes. */
  static final int MAX_BYTES = 16 << 10;

  private static final int STRETCH_BYTES = 512;

  private final byte[] stretch = new byte[MAX_BYTES];
  private final FsstPieces pieces = new FsstPieces(MAX_BYTES, MAX_BYTES);
  private final int[] histogram = new int[256];
  private int terminator;

  /** Where stretches begin, as a share of the distance between them in halves. */
  private final int halves;

  private FsstSample(int halves) {
    this.halves = halves;
  }

  /** Creates a sample to learn from. */
  static FsstSample toLearn() {
    return new FsstSample(0);
  }

  /** Creates a sample of other stretches, on which to check what was learnt. */
  static FsstSample toCheck() {
    return new FsstSample(1);
  }

  /** Takes bytes of a column, and the byte that is rarest among them as terminator. */
  void take(VariableWidthColumn values) {
    take(values, -1);
  }

  /** Takes bytes of a column, with a terminator that is given, or the rarest byte if it is -1. */
  void take(VariableWidthColumn values, int givenTerminator) {
    pieces.clear();
    Arrays.fill(histogram, 0);
    if (values.length() > 0) {
      long first = values.offset(0);
      addStretches(values, first, values.offset(values.length()) - first);
    }
    terminator = givenTerminator < 0 ? rarestByte() : givenTerminator;
    pieces.terminate(terminator);
  }

  private void addStretches(VariableWidthColumn values, long first, long total) {
    if (total <= MAX_BYTES) {
      add(values, first, (int) total);
      return;
    }
    int stretches = MAX_BYTES / STRETCH_BYTES;
    long distance = total / stretches;
    for (int i = 0; i < stretches; i++) {
      long at = distance * i + (distance - STRETCH_BYTES) / 2 * halves;
      add(values, first + at, STRETCH_BYTES);
    }
  }

  private void add(VariableWidthColumn values, long from, int count) {
    MemorySegment.copy(values.data(), ValueLayout.JAVA_BYTE, from, stretch, 0, count);
    for (int i = 0; i < count; i++) {
      histogram[stretch[i] & 0xFF]++;
    }
    int at = 0;
    for (long row = rowAt(values, from); at < count; row++) {
      int end = (int) Math.min(values.offset(row + 1) - from, count);
      pieces.add(stretch, at, end - at);
      at = end;
    }
  }

  /** Returns the last row that starts at or before {@code offset}. */
  private static long rowAt(VariableWidthColumn values, long offset) {
    long low = 0;
    long high = values.length();
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (values.offset(middle) <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private int rarestByte() {
    int rarest = 0;
    for (int b = 1; b < 256; b++) {
      if (histogram[b] < histogram[rarest]) {
        rarest = b;
      }
    }
    return rarest;
  }

  FsstPieces pieces() {
    return pieces;
  }

  /** Returns the byte that is rarest in the sample. */
  int terminator() {
    return terminator;
  }
}
