package dev.lancewright.internal.layout;

import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.wire.WireMessage;
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
public final class FullZipEncoder {
  private static final int DATA = 0;
  private static final int INDEX = 1;

  private FullZipEncoder() {}

  /** Puts out a page of values as they are. */
  public static EncodedPage encode(PageContent page, PageOutput target) throws IOException {
    return encode(page, FullZipValueWriter.of(page.values()), target);
  }

  /** Puts out a page of byte strings. */
  public static EncodedPage encode(PageContent page, FullZipStrings strings, PageOutput target)
      throws IOException {
    return encode(page, FullZipValueWriter.of(strings), target);
  }

  private static EncodedPage encode(PageContent page, FullZipValueWriter values, PageOutput target)
      throws IOException {
    Levels levels = page.levels().zipped();
    int wordBytes = wordBytes(levels);
    boolean lengths = values.haveLengths();
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
    return target.endPage(page, layout(values, levels));
  }

  private static EncodingMessage layout(FullZipValueWriter values, Levels levels) {
    EncodingMessage encoding = values.encoding();
    int items = Math.toIntExact(levels.count());
    int visibleItems = Math.toIntExact(levels.values());
    WireMessage layout =
        new WireMessage()
            .number(FullZipLayout.BITS_REP_FIELD_NUMBER, levels.bitsRep())
            .number(FullZipLayout.BITS_DEF_FIELD_NUMBER, levels.bitsDef())
            .presentNumber(
                values.haveLengths()
                    ? FullZipLayout.BITS_PER_OFFSET_FIELD_NUMBER
                    : FullZipLayout.BITS_PER_VALUE_FIELD_NUMBER,
                values.bits())
            .number(FullZipLayout.NUM_ITEMS_FIELD_NUMBER, items)
            .number(FullZipLayout.NUM_VISIBLE_ITEMS_FIELD_NUMBER, visibleItems)
            .message(FullZipLayout.VALUE_COMPRESSION_FIELD_NUMBER, encoding.message())
            .numbers(FullZipLayout.LAYERS_FIELD_NUMBER, levels.layerNumbers());
    return new EncodingMessage(
        new WireMessage().message(PageLayout.FULL_ZIP_LAYOUT_FIELD_NUMBER, layout),
        "full-zip: " + encoding.text());
  }

  private static int wordBytes(Levels levels) {
    int bits = levels.bitsRep() + levels.bitsDef();
    return bits > 16 ? 4 : (bits + 7) / 8;
  }

  private static void putEntries(
      FullZipValueWriter values, Levels levels, int wordBytes, StagedOutput output)
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

  private static boolean hasBytes(FullZipValueWriter values, Levels levels, long entry) {
    return !values.haveLengths() || levels.isValid(entry);
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

  private static void putIndex(
      FullZipValueWriter values, Levels levels, int wordBytes, StagedOutput output)
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
}
