package dev.lancewright.internal.layout;

import com.google.protobuf.ByteString;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.levels.LevelArray;
import dev.lancewright.internal.levels.Levels;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import dev.lancewright.internal.simd.ValueBlock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Constant layout: pages without values, and from format 2.2 on pages whose valid values are all
 * equal. What is left are the levels, two bytes each.
 */
final class ConstantEncoder {
  private static final int MAX_INLINE_BYTES = 32;

  /** A multiple of what is packed at a time. */
  private static final int BLOCK_LEVELS = 8192;

  private ConstantEncoder() {}

  /** Puts out a page of a column that is not nested, whose rows are all null. */
  static EncodedPage encodeNulls(PageContent page, PageOutput target) {
    ConstantLayout.Builder layout =
        ConstantLayout.newBuilder().addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM);
    return target.endPage(page, PageLayout.newBuilder().setConstantLayout(layout).build());
  }

  /** Puts out a page of a nested column that has no valid value. */
  static EncodedPage encodeLevels(PageContent page, FormatVersion version, PageOutput target)
      throws IOException {
    Levels levels = page.levels();
    ConstantLayout.Builder layout = ConstantLayout.newBuilder().addAllLayers(levels.layers());
    boolean packed = version.packsLevelsAlone();
    ValueBlock block = new ValueBlock();
    LevelArray rep = levels.rep();
    LevelArray def = levels.def();
    if (packed && rep != null) {
      rep = rep.packed(block);
      layout.setRepCompression(rep.encoding()).setNumRepValues(rep.count());
    }
    if (packed && def != null) {
      def = def.packed(block);
      layout.setDefCompression(def.encoding()).setNumDefValues(def.count());
    }
    putLevels(rep, def, 0, target);
    return target.endPage(page, PageLayout.newBuilder().setConstantLayout(layout).build());
  }

  /** Puts out a page whose valid values all equal value {@code index}. */
  static EncodedPage encodeValue(PageContent page, long index, PageOutput target)
      throws IOException {
    Column values = page.values();
    Levels levels = page.levels();
    ConstantLayout.Builder layout = ConstantLayout.newBuilder().addAllLayers(levels.layers());
    ByteString inline = inlineValue(values, index);
    if (inline == null) {
      putValue(values, index, target.begin(0));
      target.end(0);
    } else {
      layout.setInlineValue(inline);
    }
    if (levels.hasRep() || levels.hasDef()) {
      putLevels(levels.rep(), levels.def(), inline == null ? 1 : 0, target);
    }
    return target.endPage(page, PageLayout.newBuilder().setConstantLayout(layout).build());
  }

  private static ByteString inlineValue(Column values, long index) {
    return switch (values) {
      case BoolColumn bool ->
          ByteString.copyFrom(new byte[] {(byte) (bool.values().get(index) ? 1 : 0)});
      case FixedWidthColumn fixed when fixed.type().byteWidth() <= MAX_INLINE_BYTES ->
          ByteString.copyFrom(value(fixed, index).toArray(ValueLayout.JAVA_BYTE));
      default -> null;
    };
  }

  private static MemorySegment value(FixedWidthColumn column, long index) {
    int width = column.type().byteWidth();
    return column.values().asSlice(index * width, width);
  }

  /** The buffers of an Arrow array of one value, behind their number and lengths. */
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
