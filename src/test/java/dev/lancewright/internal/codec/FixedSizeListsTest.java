package dev.lancewright.internal.codec;

import static dev.lancewright.testing.Rows.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Messages;
import dev.lancewright.testing.Rows;
import org.junit.jupiter.api.Test;

class FixedSizeListsTest {
  private static final DataType.Int INT16 = DataType.int16();

  @Test
  void oneLayerForEachDepth() {
    Field field = Field.nullable("v", fixed(2, fixed(9, INT16)));
    Object inner = list(1, 2, 3, 4, 5, 6, 7, 8, null);
    try (Rows rows = Rows.of(field, list(inner, inner), null, list(inner, inner))) {
      FixedSizeLists lists = new FixedSizeLists((FixedSizeListColumn) rows.column());
      assertEquals(3, lists.length());
      assertEquals(2, lists.layers().size());
      assertEquals(18, lists.itemsPerValue());
      assertEquals(36, lists.valueBytes());
      FixedSizeLists.Layer innermost = lists.layers().get(1);
      assertEquals(9, innermost.size());
      assertEquals(18, innermost.items());
      assertNotNull(innermost.validity());
      CompressiveEncoding outer = Messages.encoding(lists.encoding());
      assertEquals(2, outer.getFixedSizeList().getItemsPerValue());
      CompressiveEncoding items = outer.getFixedSizeList().getValues();
      assertEquals(9, items.getFixedSizeList().getItemsPerValue());
      assertEquals(true, items.getFixedSizeList().getHasValidity());
      assertEquals(16, items.getFixedSizeList().getValues().getFlat().getBitsPerValue());
    }
  }

  @Test
  void validityOfEachLayerTakesWholeBytes() {
    Field field = Field.nullable("v", fixed(2, fixed(9, INT16)));
    Object inner = list(1, 2, 3, 4, 5, 6, 7, 8, null);
    try (Rows rows = Rows.of(field, list(null, inner))) {
      FixedSizeLists lists = new FixedSizeLists((FixedSizeListColumn) rows.column());
      assertEquals(1 + 3, lists.validityBytes());
    }
  }

  @Test
  void itemsWithoutNullsHaveNoValidity() {
    try (Rows rows = Rows.of(Field.nullable("v", fixed(8, DataType.bool())), items())) {
      FixedSizeLists lists = new FixedSizeLists((FixedSizeListColumn) rows.column());
      assertNull(lists.layers().getFirst().validity());
      assertEquals(0, lists.validityBytes());
      assertEquals(1, lists.itemBits());
      assertEquals(1, lists.valueBytes());
    }
  }

  private static Object items() {
    return list(true, false, true, true, false, false, true, false);
  }

  private static DataType fixed(int size, DataType item) {
    return DataType.fixedSizeList(Field.nullable("item", item), size);
  }
}
