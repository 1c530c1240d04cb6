package dev.lancewright.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {
  @Test
  void alignsColumnsLeftAndRight() {
    TextTable table = new TextTable("name", ">rows", "what");
    table.add("a", 7, "x");
    table.add("longer", 1234, "");
    assertEquals(
        """
        name    rows  what
        a          7  x
        longer  1234
        """,
        print(table));
  }

  @Test
  void aTableWithoutRowsIsItsHeadings() {
    assertEquals("a  b\n", print(new TextTable("a", ">b")));
  }

  @Test
  void countsCharactersBeyondTheBasicPlaneOnce() {
    TextTable table = new TextTable("n", "x");
    table.add("\uD83D\uDE00\uD83D\uDE00", "y");
    table.add("ab", "y");
    assertEquals("n   x\n\uD83D\uDE00\uD83D\uDE00  y\nab  y\n", print(table));
  }

  @Test
  void cutsLongCellsButInTheLastColumn() {
    TextTable table = new TextTable("n", "x");
    table.add("a".repeat(100), "b".repeat(101));
    table.add("a".repeat(101), "");
    assertEquals(
        "n%sx\n%s  %s\n%s...\n"
            .formatted(" ".repeat(101), "a".repeat(100), "b".repeat(101), "a".repeat(97)),
        print(table));
  }

  @ParameterizedTest
  @CsvSource({"14, 11", "12, 9", "11, 8", "10, 8", "2, 8"})
  void narrowsTheWidestColumns(int width, int cell) {
    TextTable table = new TextTable("n", "x");
    table.add("a", "b".repeat(10_000_000));
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text), width);
    assertEquals(
        "n  x\na  " + "b".repeat(cell - 3) + "...\n",
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void keepsCellsOnTheirLine() {
    TextTable table = new TextTable("n", "x");
    table.add("a\n\033[2J", "y");
    assertEquals("n" + " ".repeat(17) + "x\na\\u000a\\u001b[2J  y\n", print(table));
  }

  @Test
  void refusesARowOfAnotherLength() {
    TextTable table = new TextTable("a", "b");
    Exception e = assertThrows(IllegalArgumentException.class, () -> table.add("x"));
    assertEquals("a row has 2 cells, not 1", e.getMessage());
  }

  private static String print(TextTable table) {
    StringWriter text = new StringWriter();
    table.print(new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
