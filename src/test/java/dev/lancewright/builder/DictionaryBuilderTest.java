package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DictionaryBuilderTest {
  private static final DataType TEXT = DataType.utf8();

  @ParameterizedTest
  @CsvSource({"8, true", "8, false", "16, true", "16, false", "32, true", "64, false"})
  void appendsIndicesAndNulls(int bits, boolean signed) {
    try (BatchBuilder batch = of(new DataType.Int(bits, signed), true)) {
      for (int round = 0; round < 2; round++) {
        DictionaryBuilder rows = rows(batch);
        Utf8Builder words = rows.strings();
        words.append("red");
        words.append("green");
        rows.append(1);
        rows.appendNull();
        rows.append(0);
        words.appendNull();
        rows.append(2);
        DictionaryColumn column = (DictionaryColumn) batch.build().columns().getFirst();
        assertEquals(4, column.length());
        assertEquals(1, column.index(0));
        assertTrue(column.isNull(1));
        assertEquals(0, column.index(2));
        assertTrue(column.isNull(3));
        assertEquals(3, column.values().length());
        assertEquals(0, words.length(), "the values belong to the batch");
      }
    }
  }

  @Test
  void refusesIndicesOfNoValue() {
    try (BatchBuilder batch = of(DataType.int8(), false)) {
      DictionaryBuilder rows = rows(batch);
      rows.strings().append("red");
      String where = "column 'v' (dictionary<utf8, int8>), row 0: ";
      for (long index : new long[] {-1, 1}) {
        assertMessage(
            IllegalArgumentException.class,
            where
                + "there is no value "
                + index
                + ", the dictionary has 1; append the value to it first",
            () -> rows.append(index));
      }
      assertEquals(0, rows.length());
    }
  }

  @ParameterizedTest
  @CsvSource({"8, true, int8, 127", "8, false, uint8, 255", "16, true, int16, 32767"})
  void refusesIndicesThatDoNotFit(int bits, boolean signed, String type, int greatest) {
    try (BatchBuilder batch = of(new DataType.Int(bits, signed), false)) {
      DictionaryBuilder rows = rows(batch);
      for (int i = 0; i <= greatest + 1; i++) {
        rows.strings().append("x");
      }
      rows.append(greatest);
      assertMessage(
          IllegalArgumentException.class,
          "column 'v' (dictionary<utf8, %s>), row 1: index %d does not fit %s, which reaches %d; use"
                  .formatted(type, greatest + 1, type, greatest)
              + " a wider index type or fewer values",
          () -> rows.append(greatest + 1));
      assertEquals(greatest, ((DictionaryColumn) batch.build().columns().getFirst()).index(0));
    }
  }

  @Test
  void refusesNullValuesWhereThereMayBeNoNulls() {
    try (BatchBuilder batch = of(DataType.int8(), false)) {
      assertMessage(
          IllegalStateException.class,
          "column 'v.dictionary' (utf8), row 0: the field is not nullable; append a value or make"
              + " the field nullable",
          () -> rows(batch).strings().appendNull());
    }
  }

  @Test
  void refusesIndicesThatAreNoIntegers() {
    assertMessage(
        IllegalArgumentException.class,
        "column 'v' (dictionary<utf8, float32>): the indices of a dictionary are integers, not"
            + " float32",
        () -> of(DataType.float32(), false).close());
  }

  private static BatchBuilder of(DataType index, boolean nullable) {
    DataType type = DataType.dictionary(index, TEXT);
    return new BatchBuilder(
        Schema.of(nullable ? Field.nullable("v", type) : Field.required("v", type)));
  }

  private static DictionaryBuilder rows(BatchBuilder batch) {
    return batch.dictionaries("v");
  }
}
