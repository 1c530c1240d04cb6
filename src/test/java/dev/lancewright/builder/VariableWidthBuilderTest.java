package dev.lancewright.builder;

import static dev.lancewright.builder.BatchBuilderTest.assertMessage;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableWidthBuilderTest {
  static List<DataType> types() {
    return List.of(
        DataType.utf8(), DataType.largeUtf8(), DataType.binary(), DataType.largeBinary());
  }

  @ParameterizedTest
  @MethodSource("types")
  void appendsArraysSegmentsTextAndNulls(DataType type) {
    Random random = new Random(9);
    try (BatchBuilder batch = of(type)) {
      VariableWidthBuilder builder = (VariableWidthBuilder) batch.column(0);
      for (int round = 0; round < 3; round++) {
        List<byte[]> expected = new ArrayList<>();
        for (int row = 0; row < 5000; row++) {
          byte[] value = new byte[random.nextInt(40)];
          random.nextBytes(value);
          switch (row % 5) {
            case 0 -> builder.append(value);
            case 1 -> {
              int from = value.length / 2;
              builder.append(value, from, value.length - from);
              value = Arrays.copyOfRange(value, from, value.length);
            }
            case 2 -> {
              int from = value.length / 3;
              builder.append(MemorySegment.ofArray(value), from, value.length - from);
              value = Arrays.copyOfRange(value, from, value.length);
            }
            case 3 -> {
              value = ("äöü " + row).getBytes(StandardCharsets.UTF_8);
              if (builder instanceof Utf8Builder text) {
                text.append("äöü " + row);
              } else {
                builder.append(value);
              }
            }
            default -> {
              builder.appendNull();
              value = new byte[0];
            }
          }
          expected.add(value);
        }
        VariableWidthColumn column = column(batch);
        for (int row = 0; row < expected.size(); row++) {
          assertEquals(row % 5 == 4, column.isNull(row));
          assertArrayEquals(expected.get(row), value(column, row), "row " + row);
        }
      }
    }
  }

  @Test
  void appendsOnlyEmptyValuesOrNulls() {
    try (BatchBuilder batch = of(DataType.utf8())) {
      batch.strings("s").appendNull();
      batch.strings("s").append("");
      batch.strings("s").append(new byte[0]);
      VariableWidthColumn column = column(batch);
      assertEquals(3, column.length());
      assertEquals(1, column.nullCount());
      assertEquals(0, column.offset(3));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\u0000\u007F",
        "\u0080\u07FF",
        "\u0800\uD7FF\uE000\uFFFF",
        "\uD800\uDC00\uDBFF\uDFFF",
        "mixed \u00E9 \u20AC \uD83D\uDE80 text"
      })
  void encodesText(String text) {
    try (BatchBuilder batch = of(DataType.utf8())) {
      batch.strings("s").append("before");
      batch.strings("s").append(text);
      assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), value(column(batch), 1));
    }
  }

  @Test
  void encodesEveryCodePoint() {
    StringBuilder all = new StringBuilder();
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
        all.appendCodePoint(codePoint);
      }
    }
    try (BatchBuilder batch = of(DataType.utf8())) {
      batch.strings("s").append(all.toString());
      assertArrayEquals(all.toString().getBytes(StandardCharsets.UTF_8), value(column(batch), 0));
    }
  }

  /** Escapes are spelt out, as the tables of test frameworks do not keep broken text. */
  @ParameterizedTest
  @CsvSource({"D83D, 2", "DE80, 2", "D83D D83D DE80, 2", "D83D DE80 DE80, 4"})
  void refusesHalfASurrogatePair(String units, int index) {
    StringBuilder text = new StringBuilder("ab");
    for (String unit : units.split(" ", -1)) {
      text.append((char) Integer.parseInt(unit, 16));
    }
    try (BatchBuilder batch = of(DataType.utf8())) {
      Utf8Builder builder = batch.strings("s");
      String broken = text.toString();
      assertMessage(
          IllegalArgumentException.class,
          "column 's' (utf8), row 0: there is an unpaired surrogate at index "
              + index
              + " of the text; it has no UTF-8 form",
          () -> builder.append(broken));
      String unfinished = broken + "c";
      assertThrows(IllegalArgumentException.class, () -> builder.append(unfinished));
      assertEquals(0, builder.length());
    }
  }

  @Test
  void refusesRangesOutside() {
    try (BatchBuilder batch = of(DataType.binary())) {
      BinaryBuilder builder = batch.binaries("s");
      byte[] three = new byte[3];
      MemorySegment segment = MemorySegment.ofArray(three);
      assertThrows(IndexOutOfBoundsException.class, () -> builder.append(three, 1, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> builder.append(three, -1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> builder.append(segment, 1, 3));
      assertThrows(IndexOutOfBoundsException.class, () -> builder.append(segment, 1, -1));
      assertEquals(0, builder.length());
    }
  }

  @ParameterizedTest
  @CsvSource({"utf8", "binary"})
  void refusesMoreThan32BitOffsetsReach(String kind, @TempDir Path folder) throws IOException {
    DataType type = kind.equals("utf8") ? DataType.utf8() : DataType.binary();
    try (Arena arena = Arena.ofConfined();
        BatchBuilder batch = of(type);
        FileChannel sparse =
            FileChannel.open(
                folder.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment large = sparse.map(MapMode.READ_WRITE, 0, Integer.MAX_VALUE, arena);
      VariableWidthBuilder builder = (VariableWidthBuilder) batch.column(0);
      builder.append(new byte[] {1});
      assertMessage(
          IllegalStateException.class,
          "column 's' (%s), row 1: with these 2147483647 bytes the values would have 2147483648, but"
                  .formatted(kind)
              + " offsets of 32 bits reach 2147483647; build smaller batches or use large_"
              + kind,
          () -> builder.append(large, 0, large.byteSize()));
      builder.append(new byte[] {2});
      assertArrayEquals(new byte[] {2}, value(column(batch), 1));
    }
  }

  private static BatchBuilder of(DataType type) {
    return new BatchBuilder(Schema.of(Field.nullable("s", type)));
  }

  private static VariableWidthColumn column(BatchBuilder batch) {
    return (VariableWidthColumn) batch.build().columns().getFirst();
  }

  private static byte[] value(VariableWidthColumn column, long row) {
    long from = column.offset(row);
    return column
        .data()
        .asSlice(from, column.offset(row + 1) - from)
        .toArray(ValueLayout.JAVA_BYTE);
  }
}
