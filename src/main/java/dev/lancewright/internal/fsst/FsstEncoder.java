package dev.lancewright.internal.fsst;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Encodes strings with FSST, each individually, as the codes of a table's symbols.
 *
 * <p>An encoder reuses its scratch memory for many columns. Not thread-safe.
 */
public final class FsstEncoder {
  private static final int BLOCK_BYTES = 64 << 10;
  private static final int BLOCK_ROWS = 4 << 10;

  /** The maximum number of bytes of encoded values with 32-bit offsets. */
  private final long maxSmallBytes;

  private final FsstMatcher matcher = new FsstMatcher();
  private final byte[] block = new byte[BLOCK_BYTES];
  private final FsstPieces pieces = new FsstPieces(BLOCK_ROWS + 1, BLOCK_BYTES);
  private final FsstLanes lanes = new FsstLanes(pieces);

  /** For each row that ends in the block, the end's position in the block. */
  private final int[] rowEnds = new int[BLOCK_ROWS];

  /** For each row that ends in the block, the number of pieces up to its end. */
  private final int[] rowPieces = new int[BLOCK_ROWS];

  public FsstEncoder() {
    this(Integer.MAX_VALUE);
  }

  FsstEncoder(long maxSmallBytes) {
    this.maxSmallBytes = maxSmallBytes;
  }

  /**
   * Encodes each value of a column.
   *
   * @param offsets the target for the offsets of the encoded values; must be empty
   * @param data the target for the encoded values; must be empty
   * @return the encoded values, valid as long as the blocks of the buffers, or null if they have
   *     too many bytes for the column type's offsets
   * @throws IllegalArgumentException if the table is switched off
   */
  public VariableWidthColumn encode(
      FsstTable table, VariableWidthColumn values, AppendBuffer offsets, AppendBuffer data) {
    table.addTo(matcher);
    int width = values.type().offsetWidth();
    offsets.reserve((values.length() + 1) * width);
    offsets.appendZeros(width);
    long from = values.length() == 0 ? 0 : values.offset(0);
    for (long row = 0; row < values.length(); ) {
      int rows = readRowEnds(values, row, from);
      boolean cut = rows < BLOCK_ROWS && row + rows < values.length();
      int bytes = cut ? BLOCK_BYTES : rowEnds[rows - 1];
      MemorySegment.copy(values.data(), ValueLayout.JAVA_BYTE, from, block, 0, bytes);
      addPieces(rows, bytes);
      lanes.encode(matcher, pieces);
      if (width == Integer.BYTES && data.size() + codedBytes() > maxSmallBytes) {
        return null;
      }
      appendOffsets(rows, width, offsets, data.size());
      appendCodes(data);
      row += rows;
      from += bytes;
    }
    return new VariableWidthColumn(
        values.type(), values.length(), values.validity(), offsets.bytes(), data.bytes());
  }

  /** Finds the rows, starting with {@code first}, that end in the block at {@code from}. */
  private int readRowEnds(VariableWidthColumn values, long first, long from) {
    int most = (int) Math.min(BLOCK_ROWS, values.length() - first);
    for (int row = 0; row < most; row++) {
      long end = values.offset(first + row + 1) - from;
      if (end > BLOCK_BYTES) {
        return row;
      }
      rowEnds[row] = (int) end;
    }
    return most;
  }

  /** Adds the pieces of rows; after the last one there may be the start of another. */
  private void addPieces(int rows, int bytes) {
    pieces.clear();
    int start = 0;
    for (int row = 0; row < rows; row++) {
      pieces.add(block, start, rowEnds[row] - start);
      start = rowEnds[row];
      rowPieces[row] = pieces.count();
    }
    pieces.add(block, start, bytes - start);
    pieces.terminate(matcher.terminator());
  }

  private int codedBytes() {
    return lanes.bytes(pieces.count());
  }

  private void appendOffsets(int rows, int width, AppendBuffer offsets, long base) {
    long at = offsets.reserve((long) rows * width);
    MemorySegment target = offsets.block();
    if (width == Long.BYTES) {
      for (int row = 0; row < rows; row++) {
        target.set(LittleEndian.LONG, at + row * 8L, base + lanes.bytes(rowPieces[row]));
      }
    } else {
      for (int row = 0; row < rows; row++) {
        target.set(LittleEndian.INT, at + row * 4L, (int) base + lanes.bytes(rowPieces[row]));
      }
    }
    offsets.advance((long) rows * width);
  }

  private void appendCodes(AppendBuffer data) {
    int bytes = codedBytes();
    long at = data.reserve(bytes);
    MemorySegment.copy(lanes.codes(), 0, data.block(), ValueLayout.JAVA_BYTE, at, bytes);
    data.advance(bytes);
  }
}
