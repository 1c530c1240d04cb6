package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.codec.FixedSizeLists;
import dev.lancewright.internal.codec.Zipped;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Full-zip layout: entries one after the other, each a control word (if there are levels), a length
 * (if values vary in length) and the value's bytes.
 *
 * <p>A null of fixed width still takes the bytes of a value, one of variable width only its control
 * word, as does an entry without a value. Rows that vary in size are found by an index of their
 * starts (page buffer 1).
 */
final class FullZipEncoder {
  private static final int DATA = 0;
  private static final int INDEX = 1;

  private FullZipEncoder() {}

  /** What is zipped with the control words. */
  private sealed interface Values permits Fixed, Lists, Strings {
    /** Bytes that a value takes, its length included. */
    long bytes(long value);

    /** Bytes that all values take at most. */
    long totalBytes();

    void put(long value, StagedOutput output) throws IOException;

    /** Puts out all values; only of those without a length. */
    void putAll(StagedOutput output) throws IOException;

    /** Sets the width and the encoding of values. */
    void describe(FullZipLayout.Builder layout);
  }

  /** Puts out a page of values of whole bytes, lists of such values, or byte strings as they are. */
  static EncodedPage encode(Page page, PageOutput target) throws IOException {
    return switch (page.values()) {
      case FixedWidthColumn fixed -> encode(page, new Fixed(fixed), target);
      case FixedSizeListColumn list -> encode(page, new Lists(new FixedSizeLists(list)), target);
      case VariableWidthColumn strings -> encode(page, Zipped.plain(strings), target);
      default -> throw new AssertionError(page.values().type());
    };
  }

  /** Puts out a page of byte strings. */
  static EncodedPage encode(Page page, Zipped strings, PageOutput target) throws IOException {
    return encode(page, new Strings(strings.column(), strings.encoding()), target);
  }

  private static EncodedPage encode(Page page, Values values, PageOutput target)
      throws IOException {
    Levels levels = page.levels().zipped();
    int wordBytes = wordBytes(levels);
    boolean lengths = values instanceof Strings;
    StagedOutput output = target.begin(DATA);
    if (wordBytes == 0 && !lengths) {
      values.putAll(output);
    } else {
      putEntries(values, levels, wordBytes, output);
    }
    target.end(DATA);
    if (lengths || levels.hasRep()) {
      putIndex(values, levels, wordBytes, target.begin(INDEX));
      target.end(INDEX);
    }
    FullZipLayout.Builder layout =
        FullZipLayout.newBuilder()
            .setBitsRep(levels.bitsRep())
            .setBitsDef(levels.bitsDef())
            .setNumItems(Math.toIntExact(levels.count()))
            .setNumVisibleItems(Math.toIntExact(levels.values()))
            .addAllLayers(levels.layers());
    values.describe(layout);
    return target.endPage(page, PageLayout.newBuilder().setFullZipLayout(layout).build());
  }

  private static int wordBytes(Levels levels) {
    int bits = levels.bitsRep() + levels.bitsDef();
    return bits > 16 ? 4 : (bits + 7) / 8;
  }

  private static void putEntries(Values values, Levels levels, int wordBytes, StagedOutput output)
      throws IOException {
    long value = 0;
    for (long entry = 0; entry < levels.count(); entry++) {
      putWord(levels, entry, wordBytes, output);
      if (levels.isValue(entry)) {
        if (hasBytes(values, levels, entry)) {
          values.put(value, output);
        }
        value++;
      }
    }
  }

  private static boolean hasBytes(Values values, Levels levels, long entry) {
    return !(values instanceof Strings) || levels.isValid(entry);
  }

  private static void putWord(Levels levels, long entry, int wordBytes, StagedOutput output)
      throws IOException {
    if (wordBytes == 0) {
      return;
    }
    long at = output.reserve(4);
    output.stage().set(LittleEndian.INT, at, levels.word(entry));
    output.advance(wordBytes);
  }

  private static void putIndex(Values values, Levels levels, int wordBytes, StagedOutput output)
      throws IOException {
    int width = entryWidth(values.totalBytes() + levels.count() * wordBytes);
    long position = 0;
    long value = 0;
    for (long entry = 0; entry < levels.count(); entry++) {
      if (levels.startsRow(entry)) {
        putPosition(output, position, width);
      }
      position += wordBytes;
      if (levels.isValue(entry)) {
        position += hasBytes(values, levels, entry) ? values.bytes(value) : 0;
        value++;
      }
    }
    putPosition(output, position, width);
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

  private static void putPosition(StagedOutput output, long position, int width)
      throws IOException {
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

  private record Fixed(FixedWidthColumn column) implements Values {
    @Override
    public long bytes(long value) {
      return column.type().byteWidth();
    }

    @Override
    public long totalBytes() {
      return column.length() * column.type().byteWidth();
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      int width = column.type().byteWidth();
      output.put(column.values(), value * width, width);
    }

    @Override
    public void putAll(StagedOutput output) throws IOException {
      output.put(column.values(), 0, totalBytes());
    }

    @Override
    public void describe(FullZipLayout.Builder layout) {
      layout
          .setBitsPerValue(column.type().bitWidth())
          .setValueCompression(Encodings.flat(column.type().bitWidth()));
    }
  }

  /** The validity bits of a list's items, for each layer that has nulls, come before the items. */
  private record Lists(FixedSizeLists lists) implements Values {
    @Override
    public long bytes(long value) {
      return lists.validityBytes() + lists.valueBytes();
    }

    @Override
    public long totalBytes() {
      return lists.length() * bytes(0);
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      for (FixedSizeLists.Layer layer : lists.layers()) {
        if (layer.validity() != null) {
          putBits(layer.validity(), value * layer.items(), layer.items(), output);
        }
      }
      output.put(lists.items().values(), value * lists.valueBytes(), lists.valueBytes());
    }

    @Override
    public void putAll(StagedOutput output) throws IOException {
      if (lists.validityBytes() == 0) {
        output.put(lists.items().values(), 0, totalBytes());
        return;
      }
      for (long value = 0; value < lists.length(); value++) {
        put(value, output);
      }
    }

    @Override
    public void describe(FullZipLayout.Builder layout) {
      layout.setBitsPerValue(Math.toIntExact(8 * bytes(0))).setValueCompression(lists.encoding());
    }

    private static void putBits(Bitmap bits, long from, long count, StagedOutput output)
        throws IOException {
      int block = (StagedOutput.MAX_RESERVE_BYTES - Bits.SLACK_BYTES) / 8 * 64;
      for (long done = 0; done < count; done += block) {
        long part = Math.min(block, count - done);
        int bytes = (int) Bitmap.bytesFor(part);
        long at = output.reserve(bytes + Bits.SLACK_BYTES);
        bits.copyTo(from + done, part, output.stage(), at * 8);
        output.advance(bytes);
      }
    }
  }

  private record Strings(VariableWidthColumn column, CompressiveEncoding encoding)
      implements Values {
    @Override
    public long bytes(long value) {
      return column.type().offsetWidth() + column.offset(value + 1) - column.offset(value);
    }

    @Override
    public long totalBytes() {
      return column.valueBytes();
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      long start = column.offset(value);
      long bytes = column.offset(value + 1) - start;
      if (column.type().large()) {
        output.putLong(bytes);
      } else {
        output.putInt((int) bytes);
      }
      output.put(column.data(), start, bytes);
    }

    @Override
    public void putAll(StagedOutput output) {
      throw new AssertionError("byte strings have lengths");
    }

    @Override
    public void describe(FullZipLayout.Builder layout) {
      layout
          .setBitsPerOffset(column.type().offsetWidth() * 8)
          .setValueCompression(encoding);
    }
  }
}
