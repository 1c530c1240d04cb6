package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Cases of lists of a fixed size. */
final class FixedSizeListCases extends LeafCases {
  private static final List<NumberPattern> PATTERNS =
      List.of(
          NumberPattern.ZEROS,
          NumberPattern.ALTERNATING,
          NumberPattern.SORTED,
          NumberPattern.FEW,
          NumberPattern.NOISE);

  FixedSizeListCases(Source source) {
    super(source);
  }

  @Override
  Map<String, IntFunction<LeafCase>> kinds() {
    Map<String, IntFunction<LeafCase>> kinds = new HashMap<>();
    kinds.put("fixed-size list", this::fixedSizeList);
    return kinds;
  }

  private LeafCase fixedSizeList(int count) {
    int bits = oneOf(1, 8, 16, 32, 64);
    int size = 1 + random.nextInt(random.nextInt(8) == 0 ? 100 : 8);
    boolean nested = random.nextInt(3) == 0;
    DataType.FixedWidth item = bits == 1 ? DataType.bool() : type(bits, NumberPattern.NOISE);
    DataType.FixedSizeList inner =
        DataType.fixedSizeList(Field.nullable("item", item), nested ? 3 : size);
    DataType.FixedSizeList type =
        nested ? DataType.fixedSizeList(Field.nullable("item", inner), size) : inner;
    if ((long) count * size * (nested ? 3 : 1) * bits / 8 > 1 << 20) {
      return null;
    }
    Map<String, String> settings = new HashMap<>();
    if (random.nextInt(3) == 0) {
      settings.put("compression", oneOf("none", "zstd", "lz4"));
    }
    if (random.nextInt(3) == 0) {
      settings.put("structural-encoding", oneOf("fullzip", "miniblock"));
    }
    boolean itemNulls = random.nextBoolean();
    return new LeafCase(
        type, all -> lists(type, all, itemNulls), ANY_NULLS, settings, "FixedSizeList(");
  }

  private FixedSizeListColumn lists(DataType.FixedSizeList type, int count, boolean itemNulls) {
    int items = count * type.size();
    Bitmap validity = itemNulls ? bitmap(Nulls.SOME.present(items, random)) : null;
    Column column =
        switch (type.item().type()) {
          case DataType.FixedSizeList inner -> lists(inner, items, random.nextBoolean());
          case DataType.Bool _ -> new BoolColumn(null, bitmap(Nulls.SOME.present(items, random)));
          case DataType.FixedWidth fixed ->
              fixed(fixed, oneOf(PATTERNS).make(fixed.bitWidth(), items, random));
          default -> throw new AssertionError(type);
        };
    return new FixedSizeListColumn(type, count, null, column.withValidity(validity));
  }
}
