package dev.lancewright.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "67108864, 64.0 MiB",
    "9223372036854775807, 8.0 EiB"
  })
  void writesSizesInBinaryUnits(long size, String text) {
    assertEquals(text, Text.bytes((double) size));
  }

  @Test
  void groupsThousands() {
    assertEquals("1,234,567", Text.count(1_234_567));
    assertEquals("999", Text.count(999));
  }

  @Test
  void writesRatios() {
    assertEquals("2.50x", Text.ratio(10, 4));
    assertEquals("0.50x", Text.ratio(2, 4));
    assertEquals("-", Text.ratio(10, 0));
  }

  @Test
  void escapesWhatMovesTheCursorOrHidesText() {
    assertEquals("plain \u00e9 \uD83D\uDE00", Text.printable("plain \u00e9 \uD83D\uDE00"));
    assertEquals("a\\u0009b\\u007f\\u202ec\\u2028", Text.printable("a\tb\u007f\u202ec\u2028"));
    assertEquals("\\ud83d!", Text.printable("\uD83D!"));
  }
}
