package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * FSST: encodes strings as codes of the symbols of a table. Kept for many columns, it uses its
 * scratch memory again. Not thread-safe.
 */
public final class FsstEncoder {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int BLOCK_VALUES = 8 << 10;

  private final FsstMatcher matcher = new FsstMatcher();

  /** Values of a block, one after the other. */
  private final byte[] text = new byte[BLOCK_BYTES + FsstText.SLACK_BYTES];

  private final int[] ends = new int[BLOCK_VALUES];
  private final byte[] codes = new byte[2 * BLOCK_BYTES];
  private final int[] codeEnds = new int[BLOCK_VALUES];

  /**
   * Encodes each value of a column.
   *
   * @param offsets where the offsets of the coded values are appended; must be empty
   * @param data where the coded values are appended; must be empty
   * @return the coded values, valid as long as the buffers' bytes; null if there are too many for
   *     offsets of the column's type
   */
  public VariableWidthColumn encode(
      FsstTable table, VariableWidthColumn values, AppendBuffer offsets, AppendBuffer data) {
    matcher.clear(table.terminator());
    for (int code = 0; code < table.size(); code++) {
      matcher.add(table.symbol(code), table.length(code), code);
    }
    long rows = values.length();
    long limit = values.type().large() ? Long.MAX_VALUE : Integer.MAX_VALUE;
    int width = values.type().offsetWidth();
    offsets.reserve((rows + 1) * width);
    appendOffset(offsets, width, 0);
    long row = 0;
    long at = rows == 0 ? 0 : values.offset(0);
    while (row < rows) {
      long start = at;
      int count = 0;
      while (row + count < rows && count < BLOCK_VALUES) {
        long end = values.offset(row + count + 1);
        at = Math.min(end, start + BLOCK_BYTES);
        ends[count++] = (int) (at - start);
        if (end - start >= BLOCK_BYTES) {
          break;
        }
      }
      MemorySegment.copy(
          values.data(), ValueLayout.JAVA_BYTE, start, text, 0, (int) (at - start));
      boolean cut = at < values.offset(row + count);
      long base = data.size();
      int coded = encodeBlock(count);
      long to = data.reserve(coded);
      MemorySegment.copy(codes, 0, data.block(), ValueLayout.JAVA_BYTE, to, coded);
      data.advance(coded);
      if (data.size() > limit) {
        return null;
      }
      if (cut) {
        count--;
      }
      for (int i = 0; i < count; i++) {
        appendOffset(offsets, width, base + codeEnds[i]);
      }
      row += count;
    }
    return new VariableWidthColumn(
        values.type(), rows, values.validity(), offsets.bytes(), data.bytes());
  }

  private static void appendOffset(AppendBuffer offsets, int width, long offset) {
    if (width == 8) {
      offsets.block().set(LittleEndian.LONG, offsets.size(), offset);
    } else {
      offsets.block().set(LittleEndian.INT, offsets.size(), (int) offset);
    }
    offsets.advance(width);
  }

  private int encodeBlock(int count) {
    long fill = FsstText.fill(matcher.terminator());
    int at = 0;
    int to = 0;
    for (int i = 0; i < count; i++) {
      int end = ends[i];
      while (at < end) {
        long word = FsstText.word(text, at, end, fill);
        int entry = matcher.match(word);
        FsstText.putShort(codes, to, (int) word << 8 | FsstMatcher.id(entry) & 0xFF);
        to += FsstMatcher.codedBytes(entry);
        at += FsstMatcher.length(entry);
      }
      codeEnds[i] = to;
    }
    return to;
  }
}
