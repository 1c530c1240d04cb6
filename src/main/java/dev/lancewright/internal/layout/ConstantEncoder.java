package dev.lancewright.internal.layout;

import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.levels.Layer;
import dev.lancewright.internal.levels.LevelArray;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.simd.ValueBlock;
import dev.lancewright.internal.wire.WireMessage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Constant layout: pages without values, and from format 2.2 on pages whose valid values are all
 * equal. What is left are the levels, two bytes each.
 */
final class ConstantEncoder {
  private static final String NULLS = "all null";
  private static final int MAX_INLINE_BYTES = 32;

  /** A multiple of what is packed at a time. */
  private static final int BLOCK_LEVELS = 8192;

  private ConstantEncoder() {}

  /** Puts out a page of a column that is not nested, whose rows are all null. */
  static EncodedPage encodeNulls(PageContent page, PageOutput target) {
    long[] layers = {Layer.NULLABLE_ITEM.number()};
    WireMessage layout = new WireMessage().numbers(ConstantLayout.LAYERS_FIELD_NUMBER, layers);
    return target.endPage(page, layout(layout, NULLS));
  }

  /** Puts out a page of a nested column that has no valid value. */
  static EncodedPage encodeLevels(PageContent page, FormatVersion version, PageOutput target)
      throws IOException {
    Levels levels = page.levels();
    WireMessage layout = layers(levels);
    ValueBlock block = new ValueBlock();
    LevelArray rep = levels.rep();
    LevelArray def = levels.def();
    if (version.packsLevelsAlone()) {
      rep = rep == null ? null : rep.packed(block);
      def = def == null ? null : def.packed(block);
      stateLevels(rep, def, layout);
    }
    putLevels(rep, def, 0, target);
    return target.endPage(page, layout(layout, NULLS));
  }

  /** Says how levels are encoded and how many they are; either of the two may be null. */
  private static void stateLevels(LevelArray rep, LevelArray def, WireMessage layout) {
    if (rep != null) {
      layout.message(ConstantLayout.REP_COMPRESSION_FIELD_NUMBER, rep.encoding().message());
    }
    if (def != null) {
      layout.message(ConstantLayout.DEF_COMPRESSION_FIELD_NUMBER, def.encoding().message());
    }
    layout
        .number(ConstantLayout.NUM_REP_VALUES_FIELD_NUMBER, rep == null ? 0 : rep.count())
        .number(ConstantLayout.NUM_DEF_VALUES_FIELD_NUMBER, def == null ? 0 : def.count());
  }

  /** Puts out a page whose valid values all equal value {@code index}. */
  static EncodedPage encodeValue(PageContent page, long index, PageOutput target)
      throws IOException {
    Column values = page.values();
    Levels levels = page.levels();
    WireMessage layout = layers(levels);
    byte[] inline = inlineValue(values, index);
    if (inline == null) {
      putValue(values, index, target.begin(0));
      target.end(0);
    } else {
      layout.presentBytes(ConstantLayout.INLINE_VALUE_FIELD_NUMBER, inline);
    }
    if (levels.hasRep() || levels.hasDef()) {
      putLevels(levels.rep(), levels.def(), inline == null ? 1 : 0, target);
    }
    return target.endPage(page, layout(layout, "constant"));
  }

  private static WireMessage layers(Levels levels) {
    return new WireMessage().numbers(ConstantLayout.LAYERS_FIELD_NUMBER, levels.layerNumbers());
  }

  private static EncodingMessage layout(WireMessage constant, String text) {
    return new EncodingMessage(
        new WireMessage().message(PageLayout.CONSTANT_LAYOUT_FIELD_NUMBER, constant), text);
  }

  private static byte[] inlineValue(Column values, long index) {
    return switch (values) {
      case BoolColumn bool -> new byte[] {(byte) (bool.values().get(index) ? 1 : 0)};
      case FixedWidthColumn fixed when fixed.type().byteWidth() <= MAX_INLINE_BYTES ->
          value(fixed, index).toArray(ValueLayout.JAVA_BYTE);
      default -> null;
    };
  }

  private static MemorySegment value(FixedWidthColumn column, long index) {
    int width = column.type().byteWidth();
    return column.values().asSlice(index * width, width);
  }

  /** The buffers of an Arrow array of one value, after their number and lengths. */
  private static void putValue(Column values, long index, StagedOutput output) throws IOException {
    switch (values) {
      case FixedWidthColumn fixed -> {
        int width = fixed.type().byteWidth();
        output.putInt(1);
        output.putInt(width);
        output.put(fixed.values(), index * width, width);
      }
      case VariableWidthColumn strings -> {
        long start = strings.offset(index);
        long bytes = strings.offset(index + 1) - start;
        output.putInt(2);
        output.putInt(2 * strings.type().offsetWidth());
        output.putInt(Math.toIntExact(bytes));
        if (strings.type().large()) {
          output.putLong(0);
          output.putLong(bytes);
        } else {
          output.putInt(0);
          output.putInt((int) bytes);
        }
        output.put(strings.data(), start, bytes);
      }
      default -> throw new AssertionError(values.type());
    }
  }

  /** Either of the two may be null. */
  private static void putLevels(LevelArray rep, LevelArray def, int buffer, PageOutput target)
      throws IOException {
    put(rep, target.begin(buffer));
    target.end(buffer);
    put(def, target.begin(buffer + 1));
    target.end(buffer + 1);
  }

  private static void put(LevelArray levels, StagedOutput output) throws IOException {
    long count = levels == null ? 0 : levels.count();
    for (long from = 0; from < count; from += BLOCK_LEVELS) {
      long part = Math.min(BLOCK_LEVELS, count - from);
      long at = output.reserve(BLOCK_LEVELS * LevelArray.BYTES);
      long bytes = levels.bytes(from, part);
      levels.write(from, part, bytes, output.stage(), at);
      output.advance((int) bytes);
    }
  }

  /**
   * A valid value that all valid ones equal, byte for byte.
   *
   * @return -1 if there is none, or if values of the type cannot stand for all
   */
  static long constant(Column values) {
    if (!(values instanceof FixedWidthColumn
        || values instanceof BoolColumn
        || values instanceof VariableWidthColumn)) {
      return -1;
    }
    long first = values.validity() == null ? 0 : values.validity().nextSet(0, values.length());
    for (long i = first + 1; i < values.length(); i++) {
      if (!values.isNull(i) && !equal(values, first, i)) {
        return -1;
      }
    }
    return first;
  }

  private static boolean equal(Column values, long a, long b) {
    return switch (values) {
      case BoolColumn bool -> bool.values().get(a) == bool.values().get(b);
      case FixedWidthColumn fixed -> {
        int width = fixed.type().byteWidth();
        yield equal(fixed.values(), a * width, b * width, width);
      }
      case VariableWidthColumn strings -> {
        long bytes = strings.offset(a + 1) - strings.offset(a);
        yield bytes == strings.offset(b + 1) - strings.offset(b)
            && equal(strings.data(), strings.offset(a), strings.offset(b), bytes);
      }
      default -> throw new AssertionError(values.type());
    };
  }

  private static boolean equal(MemorySegment bytes, long a, long b, long length) {
    return MemorySegment.mismatch(bytes, a, a + length, bytes, b, b + length) == -1;
  }
}
