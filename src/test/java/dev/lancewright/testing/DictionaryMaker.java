package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.stream.IntStream;

/**
 * Makes dictionary columns. Some values are null, some are there twice, some are not used, and the
 * index of a null row points anywhere.
 */
final class DictionaryMaker extends ColumnMaker {
  private static final int MOST_VALUES = 300;

  /** Of all dictionaries together, when indices have 8 bits. */
  private static final int MOST_FEW = 1 << 7;

  private final DataType.Dictionary type;
  private final ColumnMaker maker;
  private final int indexWidth;
  private Column values;
  private int made;

  /** The values that a row may have. */
  private int[] usable;

  DictionaryMaker(Field field, DataType.Dictionary type, Style style, Source source) {
    super(field, style, source);
    this.type = type;
    maker = child(Field.nullable("values", type.value()));
    indexWidth = ((DataType.Int) type.index()).byteWidth();
  }

  @Override
  Column make(Bitmap validity, boolean[] holds) {
    if (values == null || random.nextInt(3) == 0) {
      makeValues();
    }
    Bytes indices = new Bytes(holds.length * indexWidth);
    for (boolean value : holds) {
      if (value) {
        indices.appendNumber(usable[random.nextInt(usable.length)], indexWidth);
      } else {
        indices.appendRandom(indexWidth, random);
      }
    }
    return new DictionaryColumn(
        type, holds.length, validity, indices.toSegment(source.arena()), values);
  }

  /** At least one of the values can be used. */
  private void makeValues() {
    int most = indexWidth == 1 ? MOST_FEW - made : MOST_VALUES;
    if (most == 0) {
      return;
    }
    do {
      values = maker.column(1 + random.nextInt(1 + random.nextInt(most)));
      usable =
          IntStream.range(0, (int) values.length())
              .filter(i -> field.nullable() || !values.isNull(i))
              .toArray();
    } while (usable.length == 0);
    made += (int) values.length();
  }
}
