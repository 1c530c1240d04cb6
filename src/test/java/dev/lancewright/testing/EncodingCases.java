package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Makes columns for each encoding, width, pattern of nulls and shape, with the settings and values
 * that make a writer choose the encoding.
 */
public final class EncodingCases {
  /** Files with as many rows have booleans that are compressed, too. */
  public static final int ROWS_TO_COMPRESS_BITS = NumberCases.ROWS_TO_COMPRESS_BITS;

  private static final int MOST_ITEMS = 20_000;

  private final LeafCases.Source source;
  private final RandomGenerator random;
  private final LeafCases leaves;
  private final Map<String, IntFunction<LeafCase>> kinds = new TreeMap<>();

  /** Cases whose columns live as long as {@code arena}. */
  public EncodingCases(
      FormatVersion version, CompressionProfile profile, RandomGenerator random, Arena arena) {
    this.source = new LeafCases.Source(version, profile, random, arena);
    this.random = random;
    this.leaves = new NumberCases(source);
    kinds.putAll(leaves.kinds());
    kinds.putAll(new TextCases(source).kinds());
    kinds.putAll(new DictionaryCases(source).kinds());
    kinds.putAll(new FixedSizeListCases(source).kinds());
  }

  /** The next case, for a column of {@code rows} rows. */
  public EncodingCase next(String name, int rows) {
    List<String> names = List.copyOf(kinds.keySet());
    while (true) {
      boolean enoughBits = rows >= ROWS_TO_COMPRESS_BITS && random.nextInt(3) == 0;
      String kind = enoughBits ? NumberCases.BITS : names.get(random.nextInt(names.size()));
      boolean list = random.nextInt(5) == 0;
      int[] offsets = list ? listOffsets(rows) : null;
      int count = list ? offsets[rows] : rows;
      LeafCase leaf = count == 0 ? null : kinds.get(kind).apply(count);
      if (leaf != null) {
        return list ? inLists(kind, name, leaf, offsets) : alone(kind, name, leaf, count);
      }
    }
  }

  private EncodingCase alone(String kind, String name, LeafCase leaf, int count) {
    Nulls nulls = random.nextInt(50) == 0 ? Nulls.ALL : leaves.oneOf(leaf.nulls());
    Column column = column(leaf, count, nulls);
    String expected = column.nullCount() == count ? "all null" : expected(leaf, column);
    boolean nullable = nulls != Nulls.NONE || random.nextBoolean();
    boolean inMetadata = random.nextBoolean();
    Field field = new Field(name, leaf.type(), nullable, metadata(inMetadata, leaf.settings()));
    return new EncodingCase(
        kind,
        what(kind, field, nulls, leaf),
        field,
        column,
        name,
        inMetadata ? Map.of() : leaf.settings(),
        expected,
        leaf.refused());
  }

  /** Layouts are asked for at the column, everything else at its items. */
  private EncodingCase inLists(String kind, String name, LeafCase leaf, int[] offsets) {
    int rows = offsets.length - 1;
    Nulls nulls = leaves.oneOf(leaf.nulls());
    Column items = column(leaf, offsets[rows], nulls);
    boolean inMetadata = random.nextBoolean();
    Map<String, String> ofItems = new HashMap<>(leaf.settings());
    Map<String, String> ofLists = new HashMap<>(leaf.settings());
    ofItems.remove("structural-encoding");
    ofLists.keySet().retainAll(List.of("structural-encoding"));
    boolean large = random.nextBoolean();
    Field item = new Field("item", leaf.type(), true, metadata(inMetadata, ofItems));
    DataType type = new DataType.ListOf(item, large);
    Field field = new Field(name, type, true, metadata(inMetadata, ofLists));
    boolean[] present = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      present[row] = offsets[row] < offsets[row + 1] || random.nextBoolean();
    }
    Bytes bytes = new Bytes(8 * offsets.length);
    for (int offset : offsets) {
      bytes.appendNumber(offset, large ? 8 : 4);
    }
    Column column =
        new ListColumn(type, rows, leaves.bitmap(present), bytes.toSegment(source.arena()), items);
    boolean allNull = items.nullCount() == items.length();
    return new EncodingCase(
        kind,
        what(kind, field, nulls, leaf),
        field,
        column,
        name + ".item",
        inMetadata ? Map.of() : leaf.settings(),
        allNull ? "" : expected(leaf, items),
        leaf.refused());
  }

  private String what(String kind, Field field, Nulls nulls, LeafCase leaf) {
    return "%s, %s, nulls %s, settings %s, profile %s"
        .formatted(kind, field, nulls, leaf.settings(), source.profile());
  }

  private static Map<String, String> metadata(boolean wanted, Map<String, String> settings) {
    Map<String, String> metadata = new HashMap<>();
    if (wanted) {
      settings.forEach((key, value) -> metadata.put("lance-encoding:" + key, value));
    }
    return metadata;
  }

  private String expected(LeafCase leaf, Column column) {
    return source.is22() && isConstant(column) ? "constant" : leaf.expected();
  }

  private static boolean isConstant(Column column) {
    if (column instanceof FixedSizeListColumn || column instanceof DictionaryColumn) {
      return false;
    }
    Object first = null;
    for (long row = 0; row < column.length(); row++) {
      Object value = Rows.value(column, row);
      if (first != null && value != null && !first.equals(value)) {
        return false;
      }
      first = first == null ? value : first;
    }
    return true;
  }

  /** The values of a leaf with nulls, cut out of more rows. */
  private Column column(LeafCase leaf, int count, Nulls nulls) {
    boolean sliced = random.nextInt(3) == 0;
    int before = sliced ? 1 + random.nextInt(40) : 0;
    int all = count + before + (sliced ? random.nextInt(40) : 0);
    boolean[] present = new boolean[all];
    System.arraycopy(nulls.present(count, random), 0, present, before, count);
    Bitmap validity = nulls == Nulls.NONE ? null : leaves.bitmap(present);
    return leaf.values().apply(all).withValidity(validity).slice(before, count);
  }

  private int[] listOffsets(int rows) {
    int most = rows > MOST_ITEMS / 4 ? 2 : 6;
    int[] offsets = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      offsets[row + 1] = offsets[row] + random.nextInt(most + 1);
    }
    return offsets;
  }
}
