package dev.lancewright.internal.codec;

import static dev.lancewright.internal.codec.CodecRun.hex;
import static dev.lancewright.internal.codec.CodecRun.integers;
import static dev.lancewright.internal.codec.CodecRun.vector;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FixedSizeListCodecTest {
  private static final int[] NUMBERS = {1, 0, 3, 4, 5, 6, 0, 0, 0, 7, 8, 9};

  @Test
  void asTheReferenceEncodesListsOfLists() throws IOException {
    FixedWidthColumn numbers =
        new FixedWidthColumn(
            DataType.int16(),
            12,
            bits(12, 0b111000_111101),
            integers(16, 12, i -> NUMBERS[(int) i]).values());
    assertEquals(
        vector("fsl_fsl_validity"),
        hex(new FixedSizeListCodec(lists(2, null, lists(3, bits(4, 0b1011), numbers)))));
  }

  private static FixedSizeListColumn lists(int size, Bitmap validity, Column items) {
    DataType.FixedSizeList type =
        DataType.fixedSizeList(Field.nullable("item", items.type()), size);
    return new FixedSizeListColumn(type, items.length() / size, validity, items);
  }

  private static Bitmap bits(int count, int bits) {
    return new Bitmap(CodecRun.segment((byte) bits, (byte) (bits >> 8)), 0, count);
  }
}
