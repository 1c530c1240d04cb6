package dev.lancewright.reference;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.LanceWriter;
import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.ColumnBuilder;
import dev.lancewright.builder.DictionaryBuilder;
import dev.lancewright.builder.FixedSizeBinaryBuilder;
import dev.lancewright.builder.FixedSizeListBuilder;
import dev.lancewright.builder.IntBuilder;
import dev.lancewright.builder.ListBuilder;
import dev.lancewright.builder.StructBuilder;
import dev.lancewright.builder.Utf8Builder;
import dev.lancewright.column.Batch;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.RandomColumns;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the reference implementation cannot write, or not read from its own files. It is why our
 * writer refuses such columns, or writes their pages in another way. When a test fails because the
 * reference can do it now, ours may learn it.
 */
class ReferenceFaultsTest {
  private static final long SEED = 7;
  private static final String DIED = "died with exit code";
  private static final DataType INT = DataType.int32();
  private static final DataType TEXT = DataType.utf8();

  /** So wide that pages of few rows are full. */
  private static final DataType.FixedSizeBinary WIDE = DataType.fixedSizeBinary(32_768);

  private static ReferenceWriter reference;

  @TempDir Path folder;

  @BeforeAll
  static void startReference() throws IOException {
    reference = new ReferenceWriter();
  }

  @AfterAll
  static void stopReference() throws IOException {
    reference.close();
  }

  /**
   * A schema that we refuse.
   *
   * @param answer part of what the reference says, or of how its values differ
   */
  record Refused(FormatVersion version, String answer, Schema schema) {}

  static Stream<Refused> refused() {
    return Stream.of(
        in21("row 0: expected", column(struct(), false), Field.nullable("other", INT)),
        in22("row 0: expected", column(struct(), false), Field.nullable("other", INT)),
        in21("Empty structs with rep/def information", column(struct(), true)),
        in21("Empty structs with rep/def information", column(list(struct()), true)),
        in21(DIED, column(DataType.timestamp(TimeUnit.MICROSECOND, "+02:00"), true)),
        in21("was: <timestamp[us]>", column(DataType.timestamp(TimeUnit.MICROSECOND, "-"), true)),
        in21(DIED, column(dictionary(DataType.timestamp(TimeUnit.SECOND)), true)),
        in22(DIED, column(fixedSizeList(TEXT), true)),
        in22("Unsupported data type: FixedSizeList", column(fixedSizeList(list(INT)), true)),
        in21("only supported in Lance file format 2.2+", column(map(false), true)),
        in22("Unsupported map field with keys_sorted=true", column(map(true), true)),
        in21(
            "only supported in Lance file format 2.2+",
            column(fixedSizeList(struct(Field.nullable("a", INT))), true)),
        in22(DIED, column(fixedSizeList(struct(Field.nullable("a", list(INT)))), true)),
        in21(DIED, packed(struct(Field.required("a", DataType.bool())))),
        in21(
            "Variable packed struct encoding requires Lance file version 2.2",
            packed(struct(Field.required("a", TEXT)))),
        in21(
            "Variable packed struct encoding requires Lance file version 2.2",
            packed(struct(Field.required("a", fixedSizeList(INT))))),
        in22(
            "should not be used for fixed-width-only structs",
            packed(struct(Field.required("a", struct(Field.required("b", INT)))))),
        in22(DIED, packed(struct(Field.required("a", list(INT))))),
        in22(DIED, packed(struct(Field.required("a", dictionary(TEXT))))),
        in22(DIED, packed(struct(Field.required("a", fixedSizeList(DataType.bool()))))),
        in22(
            "more fields in the schema than provided column indices",
            packed(list(struct(Field.nullable("a", INT), Field.nullable("b", INT))))),
        in21("cannot contain `.`", Field.nullable("a.b", INT)),
        in21(
            "Expected option to have value",
            new Field("c", DataType.largeBinary(), true, Map.of("lance-encoding:blob", "true"))));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void refusedSchemas(Refused refused) throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            LanceWriter.builder(refused.schema())
                .formatVersion(refused.version())
                .create(folder.resolve("ours.lance")));
    try (Arena arena = Arena.ofShared()) {
      Batch batch =
          new RandomColumns(SEED, Nulls.SOME, RandomColumns.Form.PLAIN, false)
              .batch(refused.schema(), 50, arena);
      assertFault(refused.answer(), refused.version(), refused.schema(), List.of(batch));
    }
  }

  @Test
  void nullsBelowNullStructs() throws IOException {
    assertOnlyOursWorks(
        "Arrays of type Null cannot contain a null bitmask",
        FormatVersion.V2_1,
        column(struct(Field.nullable("a", DataType.nullType())), true),
        Arrays.asList(null, Arrays.asList((Object) null)));
  }

  @Test
  void listsOfNothingButNullItems() throws IOException {
    List<Object> nulls = Arrays.asList(null, null);
    assertOnlyOursWorks(
        "per-row byte width must be greater than 0",
        FormatVersion.V2_1,
        column(fixedSizeList(INT), true),
        List.of(nulls, nulls));
  }

  @Test
  void dictionariesAmongEmptyLists() throws IOException {
    List<Object> rows = new ArrayList<>(Collections.nCopies(70_000, List.of()));
    rows.add(List.of(0, 1));
    assertOnlyOursWorks(DIED, FormatVersion.V2_2, column(list(dictionary(TEXT)), true), rows);
  }

  /** Each batch has its own dictionary; ours refuses the second batch. */
  @Test
  void dictionariesOfMoreValuesThanIndicesTellApart() throws IOException {
    DataType type = DataType.dictionary(DataType.int8(), TEXT);
    Schema schema = Schema.of(column(type, true));
    try (BatchBuilder first = new BatchBuilder(schema);
        BatchBuilder second = new BatchBuilder(schema);
        LanceWriter writer = LanceWriter.builder(schema).create(folder.resolve("ours.lance"))) {
      for (int i = 0; i < 100; i++) {
        DictionaryBuilder codes = (DictionaryBuilder) first.column(0);
        codes.strings().append("first " + i);
        codes.append(i);
        codes = (DictionaryBuilder) second.column(0);
        codes.strings().append("second " + i);
        codes.append(i);
      }
      List<Batch> batches = List.of(first.build(), second.build());
      assertFault("but the reference reads", FormatVersion.V2_1, schema, batches);
      writer.write(batches.get(0));
      assertThrows(IllegalArgumentException.class, () -> writer.write(batches.get(1)));
    }
  }

  @Test
  void nullChildrenOfPackedStructs() throws IOException {
    Field packed = packed(struct(Field.nullable("a", INT)));
    List<Object> rows = List.of(List.of(0), Arrays.asList((Object) null));
    assertOursRefuses(
        "Variable packed struct encoding requires Lance file version 2.2",
        FormatVersion.V2_1,
        packed,
        rows);
    assertOursRefuses(DIED, FormatVersion.V2_2, packed, rows);
  }

  /** Rows that are read together and have no struct in any list. */
  @Test
  void packedStructsWithStringsInLists() throws IOException {
    List<Object> rows = new ArrayList<>(Collections.nCopies(20_000, List.of()));
    rows.set(0, List.of(List.of("a")));
    assertOursRefuses(
        DIED,
        FormatVersion.V2_2,
        column(listOf(packed(struct(Field.nullable("a", TEXT)))), true),
        rows);
  }

  /** The second page has null structs, the first has none. */
  @Test
  void pagesThatDifferInNullStructsAroundLists() throws IOException {
    assertOnlyOursWorks(
        "Incorrect number of nulls for StructArray",
        FormatVersion.V2_2,
        column(struct(Field.nullable("a", list(WIDE))), true),
        page(List.of(wides())),
        page(List.of(wides()), (Object) null));
  }

  /** Neither page has definition levels. */
  @Test
  void pagesOfListsOfLists() throws IOException {
    List<Object> lists = List.of(wides(), wides());
    assertOnlyOursWorks(
        "exceeds length of values",
        FormatVersion.V2_1,
        column(requiredList(requiredList(WIDE)), false),
        page(lists),
        page(lists));
  }

  /** The second full-zip page has null items, the first has none. */
  @Test
  void pagesThatDifferInNullItems() throws IOException {
    assertOnlyOursWorks(
        DIED,
        FormatVersion.V2_1,
        column(list(WIDE), true),
        page(wides()),
        page(wides(), Collections.singletonList(null)));
  }

  /** Enough rows for a page of the reference, which ends with the batch then, and some others. */
  private static List<Object> page(Object row, Object... others) {
    List<Object> page = new ArrayList<>(Collections.nCopies(20, row));
    page.addAll(Arrays.asList(others));
    return page;
  }

  private static List<Object> wides() {
    return Collections.nCopies(16, new byte[WIDE.byteWidth()]);
  }

  private void assertOnlyOursWorks(
      String answer, FormatVersion version, Field field, List<?>... batches) throws IOException {
    Schema schema = Schema.of(field);
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      Arrays.stream(batches).flatMap(List::stream).forEach(row -> append(builder.column(0), row));
      Batch all = builder.build();
      List<Batch> cut = new ArrayList<>();
      long first = 0;
      for (List<?> rows : batches) {
        cut.add(all.slice(first, rows.size()));
        first += rows.size();
      }
      assertFault(answer, version, schema, cut);
      Path ours = folder.resolve("ours.lance");
      try (LanceWriter writer = LanceWriter.builder(schema).formatVersion(version).create(ours)) {
        for (Batch batch : cut) {
          writer.write(batch);
        }
        writer.finish();
      }
      ReferenceAssert.assertReads(ours, cut);
    }
  }

  private void assertOursRefuses(String answer, FormatVersion version, Field field, List<?> rows)
      throws IOException {
    Schema schema = Schema.of(field);
    try (BatchBuilder builder = new BatchBuilder(schema)) {
      rows.forEach(row -> append(builder.column(0), row));
      Batch batch = builder.build();
      assertFault(answer, version, schema, List.of(batch));
      assertThrows(
          IllegalArgumentException.class,
          () -> {
            Path ours = folder.resolve("ours.lance");
            try (LanceWriter writer =
                LanceWriter.builder(schema).formatVersion(version).create(ours)) {
              writer.write(batch);
            }
          });
    }
  }

  private static void append(ColumnBuilder column, Object row) {
    if (row == null) {
      column.appendNull();
      return;
    }
    switch (column) {
      case IntBuilder values -> values.append((Integer) row);
      case FixedSizeBinaryBuilder values -> values.append((byte[]) row);
      case Utf8Builder text -> text.append((String) row);
      case DictionaryBuilder codes -> {
        codes.strings().append("value " + row);
        codes.append((Integer) row);
      }
      case StructBuilder structs -> {
        List<?> children = (List<?>) row;
        for (int i = 0; i < children.size(); i++) {
          append(structs.column(i), children.get(i));
        }
        structs.appendStruct();
      }
      case ListBuilder lists -> {
        ((List<?>) row).forEach(item -> append(lists.elements(), item));
        lists.appendList();
      }
      case FixedSizeListBuilder lists -> {
        ((List<?>) row).forEach(item -> append(lists.elements(), item));
        lists.appendList();
      }
      default -> throw new AssertionError(column.field());
    }
  }

  /** The reference does not give back the rows that it was given to write. */
  private void assertFault(String answer, FormatVersion version, Schema schema, List<Batch> batches)
      throws IOException {
    Path theirs = folder.resolve("theirs.lance");
    Throwable fault =
        assertThrows(
            Throwable.class,
            () -> {
              reference.write(theirs, version, schema, batches);
              ReferenceAssert.assertReads(theirs, batches);
            });
    assertTrue(fault.getMessage().contains(answer), () -> "another fault: " + fault);
  }

  private static Refused in21(String answer, Field... fields) {
    return new Refused(FormatVersion.V2_1, answer, Schema.of(fields));
  }

  private static Refused in22(String answer, Field... fields) {
    return new Refused(FormatVersion.V2_2, answer, Schema.of(fields));
  }

  private static Field column(DataType type, boolean nullable) {
    return new Field("c", type, nullable, Map.of());
  }

  private static Field packed(DataType type) {
    return new Field("item", type, true, Map.of("lance-encoding:packed", "true"));
  }

  private static DataType struct(Field... children) {
    return DataType.struct(children);
  }

  private static DataType list(DataType item) {
    return listOf(Field.nullable("item", item));
  }

  private static DataType listOf(Field item) {
    return DataType.list(item);
  }

  private static DataType requiredList(DataType item) {
    return DataType.list(Field.required("item", item));
  }

  private static DataType fixedSizeList(DataType item) {
    return DataType.fixedSizeList(Field.nullable("item", item), 2);
  }

  private static DataType dictionary(DataType value) {
    return DataType.dictionary(INT, value);
  }

  private static DataType map(boolean keysSorted) {
    DataType entries = struct(Field.required("key", TEXT), Field.nullable("value", INT));
    return new DataType.MapOf(Field.required("entries", entries), keysSorted);
  }
}
