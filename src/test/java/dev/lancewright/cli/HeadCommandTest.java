package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeadCommandTest {
  private static final String VALUES =
      """
      SELECT 1.5 AS "price", 'a "b", c' AS "text", DATE '2024-02-29' AS day,
        TIMESTAMPTZ '2024-02-29 12:30:00.25+02' AS ts, 'ab\\x00'::BLOB AS bytes,
        [1, NULL] AS list, {'x': 9007199254740993, 'y': 'NaN'::DOUBLE} AS struct
      UNION ALL
      SELECT NULL, '', NULL, NULL, NULL, [], {'x': 7, 'y': 0.1}
      """;

  @TempDir Path folder;

  private Path write(Object... arguments) {
    Path file = folder.resolve("a.lance");
    Object[] words = new Object[arguments.length + 4];
    System.arraycopy(arguments, 0, words, 3, arguments.length);
    words[0] = "write";
    words[1] = "--quiet";
    words[2] = "--overwrite";
    words[words.length - 1] = file;
    CommandRun.output(words);
    return file;
  }

  private Path flights() {
    return write("testdata/real/flights-200k.parquet");
  }

  @Test
  void printsTenRowsAsATable() {
    assertEquals(
        """
        delay  distance  time
            0      1452   0.0
          171      2227   0.0
          177       491   0.0
            8      1678   0.0
            7      1515   0.0
            5      2153   0.0
           21      1452   0.0
           20       373   0.0
           14      2399   0.0
           24      1589   0.0
        """,
        CommandRun.output("head", flights()));
  }

  @Test
  void printsRowsByTheirNumbers() {
    assertEquals(
        """
        time,delay
        0.083333336,-8
        0.083333336,3
        0.083333336,27
        0.0,5
        0.0,20
        23.983334,0
        0.0,5
        """,
        CommandRun.output(
            "head",
            "--where=100-102,5,7,199999,5",
            "--columns=time,delay",
            "--format=csv",
            flights()));
  }

  @Test
  void countsRowsOfWhereToo() {
    assertEquals(
        "{\"delay\":171}\n{\"delay\":177}\n{\"delay\":24}\n",
        CommandRun.output(
            "head",
            "-n",
            3,
            "--where",
            "1-2,9-11,3",
            "--columns=delay",
            "--format=json",
            flights()));
  }

  @Test
  void printsValuesAsATable() {
    assertEquals(
        """
        price  text      day         ts                       bytes   list      struct
          1.5  a "b", c  2024-02-29  2024-02-29T10:30:00.25Z  616200  [1,null]  {"x":"9007199254740993","y":"NaN"}
         null            null        null                     null    []        {"x":7,"y":0.1}
        """,
        CommandRun.output("head", write("--sql", VALUES)));
  }

  @Test
  void printsValuesAsCsv() {
    assertEquals(
        """
        price,text,day,ts,bytes,list,struct
        1.5,"a ""b"", c",2024-02-29,2024-02-29T10:30:00.25Z,616200,"[1,null]","{""x"":""9007199254740993"",""y"":""NaN""}"
        ,"",,,,[],"{""x"":7,""y"":0.1}"
        """,
        CommandRun.output("head", "--format", "csv", write("--sql", VALUES)));
  }

  @Test
  void printsValuesAsJson() {
    assertEquals(
        """
        {"price":1.5,"text":"a \\"b\\", c","day":"2024-02-29","ts":"2024-02-29T10:30:00.25Z",\
        "bytes":"616200","list":[1,null],"struct":{"x":"9007199254740993","y":"NaN"}}
        {"price":null,"text":"","day":null,"ts":null,"bytes":null,"list":[],\
        "struct":{"x":7,"y":0.1}}
        """,
        CommandRun.output("head", "--format", "json", write("--sql", VALUES)));
  }

  @Test
  void printsChildrenOfStructs() {
    Path file = write("testdata/real/earthquakes.json");
    assertEquals(
        """
        id          properties
        ci37868143  {"mag":2.0,"tz":-480}
        ci37868135  {"mag":1.6,"tz":-480}
        """,
        CommandRun.output("head", "-n2", "--columns=id,properties.mag,properties.tz", file));
    List<String> rows =
        CommandRun.output("head", "-n=5000", "--format=json", file).lines().toList();
    assertEquals(1707, rows.size());
    JsonObject last = JsonParser.parseString(rows.getLast()).getAsJsonObject();
    assertEquals(List.of("type", "properties", "geometry", "id"), List.copyOf(last.keySet()));
    assertEquals(3, last.getAsJsonObject("geometry").getAsJsonArray("coordinates").size());
  }

  @Test
  void cutsCellsToTheTerminal() {
    Path file = write("--sql=SELECT i, repeat('x', 50) AS long, 'short' AS s FROM range(2) t(i)");
    System.setProperty(HeadCommand.WIDTH_PROPERTY, "30");
    try {
      assertEquals(
          """
          i  long                  s
          0  xxxxxxxxxxxxxxxxx...  short
          1  xxxxxxxxxxxxxxxxx...  short
          """,
          CommandRun.output("head", file));
    } finally {
      System.clearProperty(HeadCommand.WIDTH_PROPERTY);
    }
  }

  @Test
  void printsHeadingsWhereThereAreNoRows() {
    Path file = write("--sql=SELECT 1 AS a, 'x' AS b WHERE false");
    assertEquals("a  b\n", CommandRun.output("head", file));
    assertEquals("a,b\n", CommandRun.output("head", "--format=csv", file));
    assertEquals("", CommandRun.output("head", "--format=json", file));
    assertEquals("delay\n", CommandRun.output("head", "-n", 0, "--columns=delay", flights()));
  }

  @Test
  void refusesRowsThatAreNotThere() {
    Path file = flights();
    CommandRun.assertFails(
        file + ": --where names row 200000, but there are the rows 0 to 199999",
        "head",
        "--where=5,199999-200000",
        file);
  }

  @Test
  void namesColumnsThatAreThere() {
    CommandRun.assertFails(
        "there is no column 'speed'; below '' there are: delay, distance, time",
        "head",
        "--columns=delay,speed",
        flights());
  }

  @Test
  void escapesNamesFromTheFileInMessages() {
    CommandRun.assertFails(
        "there is no column 'x'; below '' there are: \\u001b[2J",
        "head",
        "--columns=x",
        write("--sql=SELECT 1 AS \"\033[2J\""));
  }

  @Test
  void aNullOfASingleColumnIsAnEmptyLineOfCsv() {
    assertEquals(
        "n\n1\n\n3\n",
        CommandRun.output("head", "--format=csv", write("--sql=SELECT unnest([1, NULL, 3]) AS n")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--where=a | Invalid value for option '--where' (ROWS): 'a' is not a row or a range of"
            + " rows; write 500, or 100-199",
        "--where=3-1 | Invalid value for option '--where' (ROWS): '3-1' ends before it starts",
        "--format=xml | Invalid value for option '--format': expected one of [TABLE, CSV, JSON]"
            + " (case-insensitive) but was 'xml'",
        "-n=-1 | -n is a number of rows, not -1; the minimum is 0",
      })
  void tellsWrongUsage(String option, String message) {
    CommandRun run = CommandRun.of("head", option, "a.lance");
    assertTrue(run.err().startsWith("lancewright head: " + message), run.err());
    assertEquals(2, run.exitCode());
  }
}
