package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.codec.FixedSizeListCodec;
import dev.lancewright.internal.codec.FlatCodec;
import dev.lancewright.internal.codec.MiniBlockCodec;
import dev.lancewright.internal.codec.VariableCodec;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.proto.Encodings21Proto.ConstantLayout;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import java.io.IOException;

/**
 * Encodes one page of a column: chooses the layout and puts the page out. What is written is a
 * function of the page's values alone.
 *
 * <p>Bytes of a page under nulls are written as they are: whoever cuts pages clears them.
 */
public final class PageEncoder {
  /** Values that may be this long are not put in mini-blocks. */
  private static final int WIDE_VALUE_BYTES = 256;

  private final MiniBlockEncoder miniBlocks;

  /** An encoder that takes its scratch memory from {@code pool}. */
  public PageEncoder(PagePool pool) {
    this.miniBlocks = new MiniBlockEncoder(pool);
  }

  /**
   * Puts out a page of at least one row.
   *
   * @param column read until the method returns; its offsets must not decrease
   */
  public EncodedPage encode(Column column, PageOutput output) throws IOException {
    long nulls = column.nullCount();
    if (nulls == column.length()) {
      return output.endPage(nulls, allNull());
    }
    Bitmap validity = nulls == 0 ? null : column.validity();
    if (maxValueBytes(column) < WIDE_VALUE_BYTES) {
      return miniBlocks.encode(codec(column), column.length(), validity, output);
    }
    return switch (column) {
      case FixedWidthColumn fixed -> FullZipEncoder.encodeFixed(fixed, validity, output);
      case VariableWidthColumn variable ->
          FullZipEncoder.encodeVariable(variable, validity, output);
      case FixedSizeListColumn list -> FullZipEncoder.encodeFixedSizeList(list, validity, output);
      default -> throw new AssertionError(column.type());
    };
  }

  private static PageLayout allNull() {
    return PageLayout.newBuilder()
        .setConstantLayout(ConstantLayout.newBuilder().addLayers(RepDefLayer.REPDEF_NULLABLE_ITEM))
        .build();
  }

  private static MiniBlockCodec codec(Column column) {
    return switch (column) {
      case FixedWidthColumn fixed -> new FlatCodec(fixed);
      case BoolColumn bool -> new FlatCodec(bool);
      case VariableWidthColumn variable -> new VariableCodec(variable);
      case FixedSizeListColumn list -> new FixedSizeListCodec(canonical(list));
      default -> throw new AssertionError(column.type());
    };
  }

  /** Items without nulls are written without validity, whether they came with a bitmap or not. */
  private static FixedSizeListColumn canonical(FixedSizeListColumn list) {
    Column items = list.items();
    if (items.validity() == null || items.nullCount() > 0) {
      return list;
    }
    Column valid =
        switch (items) {
          case FixedWidthColumn fixed ->
              new FixedWidthColumn(fixed.type(), fixed.length(), null, fixed.values());
          case BoolColumn bool -> new BoolColumn(null, bool.values());
          default -> throw new AssertionError(items.type());
        };
    return new FixedSizeListColumn(list.type(), list.length(), list.validity(), valid);
  }

  /** Bytes of the longest value; values of bits count as none, so they stay in mini-blocks. */
  private static long maxValueBytes(Column column) {
    return switch (column) {
      case FixedWidthColumn fixed -> fixed.type().byteWidth();
      case BoolColumn _, NullColumn _ -> 0;
      case FixedSizeListColumn list -> maxValueBytes(list.items()) * list.type().size();
      case VariableWidthColumn variable -> {
        long max = 0;
        long end = variable.offset(0);
        for (long i = 1; i <= variable.length(); i++) {
          long start = end;
          end = variable.offset(i);
          max = Math.max(max, end - start);
        }
        yield max;
      }
      default -> throw new AssertionError(column.type());
    };
  }
}
