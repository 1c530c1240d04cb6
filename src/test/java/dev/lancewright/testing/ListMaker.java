package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.ListColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.Arrays;

/**
 * Makes lists and maps. Lists that are null have items too, and the items begin before the first
 * list and end behind the last.
 */
final class ListMaker extends ColumnMaker {
  /** How long the lists of a batch are. */
  private enum Lengths {
    EMPTY,
    ONE,
    SHORT,
    MEDIUM,
    /** A list of many thousands among short ones. */
    ONE_HUGE
  }

  private static final int MOST_HUGE = 50_000;
  private static final int MOST_ITEMS_AROUND = 20;

  private final ColumnMaker items;
  private final int offsetWidth;

  /** Items that the lists of all batches to come can have. */
  private int left;

  ListMaker(Field field, Field item, Style style, Source source) {
    super(field, style, source);
    items = child(item);
    offsetWidth = field.type() instanceof DataType.ListOf list && list.large() ? 8 : 4;
    left = source.mostValues() / Math.max(1, Weight.of(item.type()));
  }

  @Override
  Column make(Bitmap validity, boolean[] holds) {
    int rows = holds.length;
    int[] lengths = lengths(rows);
    int first = style().form() == RandomColumns.Form.PLAIN ? 0 : random.nextInt(MOST_ITEMS_AROUND);
    int last = first + Arrays.stream(lengths).sum();
    boolean[] counts = new boolean[last + (first == 0 ? 0 : random.nextInt(MOST_ITEMS_AROUND))];
    Bytes offsets = new Bytes((rows + 1) * offsetWidth);
    int end = first;
    if (rows > 0) {
      offsets.appendNumber(end, offsetWidth);
    }
    for (int row = 0; row < rows; row++) {
      int start = end;
      end += lengths[row];
      Arrays.fill(counts, start, end, holds[row]);
      offsets.appendNumber(end, offsetWidth);
    }
    return new ListColumn(
        field.type(), rows, validity, offsets.toSegment(source.arena()), items.column(counts));
  }

  /** The first lists may take half of what is left, so that other batches have some too. */
  private int[] lengths(int rows) {
    Lengths kind = Lengths.values()[random.nextInt(Lengths.values().length)];
    int budget = left / 2;
    int[] lengths = new int[rows];
    if (kind == Lengths.ONE_HUGE && rows > 0) {
      lengths[random.nextInt(rows)] = random.nextInt(Math.min(MOST_HUGE, budget / 2) + 1);
    }
    int total = Arrays.stream(lengths).sum();
    for (int row = 0; row < rows; row++) {
      if (lengths[row] == 0) {
        lengths[row] = Math.min(length(kind), budget - total);
        total += lengths[row];
      }
    }
    left -= total;
    return lengths;
  }

  private int length(Lengths kind) {
    return switch (kind) {
      case EMPTY -> 0;
      case ONE -> 1;
      case SHORT, ONE_HUGE -> random.nextInt(4);
      case MEDIUM -> random.nextInt(30);
    };
  }
}
