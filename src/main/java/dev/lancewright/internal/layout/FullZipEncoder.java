package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Full-zip layout: rows one after the other, each a control word (if there are nulls), a length (if
 * values vary in length) and the value's bytes.
 *
 * <p>A null of fixed width still takes the bytes of a value, one of variable width only its control
 * word. Rows of variable width are found by an index of their starts (page buffer 1).
 */
final class FullZipEncoder {
  private static final int DATA = 0;
  private static final int INDEX = 1;

  /** The control word of a column without lists: the definition level. */
  private static final byte VALID = 0;

  private static final byte NULL = 1;

  private FullZipEncoder() {}

  /** Puts out values that all take the same number of whole bytes. */
  static EncodedPage encodeFixed(FixedWidthColumn column, Bitmap validity, PageOutput page)
      throws IOException {
    int width = column.type().byteWidth();
    StagedOutput output = page.begin(DATA);
    if (validity == null) {
      output.put(column.values(), 0, column.length() * width);
    } else {
      for (long row = 0; row < column.length(); row++) {
        output.putByte(validity.get(row) ? VALID : NULL);
        output.put(column.values(), row * width, width);
      }
    }
    page.end(DATA);
    return page.endPage(
        column.length(),
        fixedLayout(column, validity, 8L * width, Encodings.flat(column.type().bitWidth())));
  }

  /** Puts out lists of items of whole bytes; validity bits of a list's items come before them. */
  static EncodedPage encodeFixedSizeList(
      FixedSizeListColumn column, Bitmap validity, PageOutput page) throws IOException {
    int size = column.type().size();
    FixedWidthColumn items = (FixedWidthColumn) column.items();
    long width = (long) items.type().byteWidth() * size;
    Bitmap itemValidity = items.validity();
    int validityBytes = itemValidity == null ? 0 : Math.toIntExact(Bitmap.bytesFor(size));
    StagedOutput output = page.begin(DATA);
    if (validity == null && itemValidity == null) {
      output.put(items.values(), 0, column.length() * width);
    } else {
      for (long row = 0; row < column.length(); row++) {
        if (validity != null) {
          output.putByte(validity.get(row) ? VALID : NULL);
        }
        if (itemValidity != null) {
          putBits(itemValidity, row * size, size, output);
        }
        output.put(items.values(), row * width, width);
      }
    }
    page.end(DATA);
    CompressiveEncoding encoding =
        Encodings.fixedSizeList(
            size, itemValidity != null, Encodings.flat(items.type().bitWidth()));
    return page.endPage(
        column.length(), fixedLayout(column, validity, 8 * (width + validityBytes), encoding));
  }

  private static void putBits(Bitmap bits, long from, int count, StagedOutput output)
      throws IOException {
    int block = (StagedOutput.MAX_RESERVE_BYTES - Bits.SLACK_BYTES) / 8 * 64;
    for (int done = 0; done < count; done += block) {
      int part = Math.min(block, count - done);
      int bytes = (int) Bitmap.bytesFor(part);
      long at = output.reserve(bytes + Bits.SLACK_BYTES);
      bits.copyTo(from + done, part, output.stage(), at * 8);
      output.advance(bytes);
    }
  }

  /** Puts out byte strings and the index of where each row starts. */
  static EncodedPage encodeVariable(VariableWidthColumn column, Bitmap validity, PageOutput page)
      throws IOException {
    int offsetWidth = column.type().offsetWidth();
    StagedOutput output = page.begin(DATA);
    long end = column.offset(0);
    for (long row = 0; row < column.length(); row++) {
      long start = end;
      end = column.offset(row + 1);
      if (validity != null) {
        boolean valid = validity.get(row);
        output.putByte(valid ? VALID : NULL);
        if (!valid) {
          continue;
        }
      }
      if (offsetWidth == 8) {
        output.putLong(end - start);
      } else {
        output.putInt((int) (end - start));
      }
      output.put(column.data(), start, end - start);
    }
    page.end(DATA);
    putIndex(column, validity, page.begin(INDEX));
    page.end(INDEX);
    FullZipLayout.Builder layout =
        builder(column, validity)
            .setBitsPerOffset(offsetWidth * 8)
            .setValueCompression(Encodings.variable(offsetWidth * 8));
    return page.endPage(column.length(), PageLayout.newBuilder().setFullZipLayout(layout).build());
  }

  private static void putIndex(VariableWidthColumn column, Bitmap validity, StagedOutput output)
      throws IOException {
    long rows = column.length();
    int offsetWidth = column.type().offsetWidth();
    int wordBytes = validity == null ? 0 : 1;
    long data = column.offset(rows) - column.offset(0);
    int entryWidth = entryWidth(data + rows * (wordBytes + offsetWidth));
    long position = 0;
    putEntry(output, position, entryWidth);
    for (long row = 0; row < rows; row++) {
      position += wordBytes;
      if (validity == null || validity.get(row)) {
        position += offsetWidth + column.offset(row + 1) - column.offset(row);
      }
      putEntry(output, position, entryWidth);
    }
  }

  /** The smallest of 1, 2, 4 and 8 bytes that holds {@code bound}. */
  private static int entryWidth(long bound) {
    if (bound >>> 8 == 0) {
      return 1;
    }
    if (bound >>> 16 == 0) {
      return 2;
    }
    return bound >>> 32 == 0 ? 4 : 8;
  }

  private static void putEntry(StagedOutput output, long position, int width) throws IOException {
    long at = output.reserve(8);
    MemorySegment target = output.stage();
    switch (width) {
      case 1 -> target.set(ValueLayout.JAVA_BYTE, at, (byte) position);
      case 2 -> target.set(LittleEndian.SHORT, at, (short) position);
      case 4 -> target.set(LittleEndian.INT, at, (int) position);
      default -> target.set(LittleEndian.LONG, at, position);
    }
    output.advance(width);
  }

  private static PageLayout fixedLayout(
      Column column, Bitmap validity, long bitsPerValue, CompressiveEncoding encoding) {
    FullZipLayout.Builder layout =
        builder(column, validity)
            .setBitsPerValue(Math.toIntExact(bitsPerValue))
            .setValueCompression(encoding);
    return PageLayout.newBuilder().setFullZipLayout(layout).build();
  }

  private static FullZipLayout.Builder builder(Column column, Bitmap validity) {
    int rows = Math.toIntExact(column.length());
    return FullZipLayout.newBuilder()
        .setBitsDef(validity == null ? 0 : 1)
        .setNumItems(rows)
        .setNumVisibleItems(rows)
        .addLayers(Levels.layer(validity));
  }
}
