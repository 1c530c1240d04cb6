package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final Path FILE = Path.of("testdata/reference/v21_multipage.lance");

  @TempDir Path folder;

  @Test
  void showsVersionSchemaAndColumns() {
    assertEquals(
        """
        testdata/reference/v21_multipage.lance: 2,500,000 rows, 169,526 bytes, format 2.1

        schema
          i64_runs: int64 not null
          i32_runs: int32 not null

        column    type   field id  pages  encoding                            bytes
        i64_runs  int64         0      3  mini-block: Rle(Flat 64, Flat 8)  103,790
        i32_runs  int32         1      2  mini-block: Rle(Flat 32, Flat 8)   64,710
        """,
        CommandRun.output("inspect", FILE));
  }

  @Test
  void showsANestedSchemaAsATree() {
    assertEquals(
        """
        testdata/reference/v21_nested.lance: 300 rows, 27,929 bytes, format 2.1

        schema
          s: struct not null
            a: int32
            b: utf8
          li: list
            item: int32
          ls: list
            item: struct
              x: float64
              y: utf8
          ns: struct
            p: int64
            q: struct
              z: int32

        column     type     field id  pages  encoding                       bytes
        s.a        int32           1      1  mini-block: Flat 32            1,346
        s.b        utf8            2      1  mini-block: Variable(Flat 32)  4,676
        li.item    int32           4      1  mini-block: Flat 32            2,490
        ls.item.x  float64         7      1  mini-block: Flat 64            5,108
        ls.item.y  utf8            8      1  mini-block: Variable(Flat 32)  8,116
        ns.p       int64          10      1  mini-block: Flat 64            2,674
        ns.q.z     int32          12      1  mini-block: Flat 32            1,474
        """,
        CommandRun.output("inspect", "testdata/reference/v21_nested.lance"));
  }

  @Test
  void showsMapsAndFixedSizeListsOfStructs() {
    String text = CommandRun.output("inspect", "testdata/reference/v22_alltypes.lance");
    String fixedSizeList =
        """
          fsl_struct: fixed_size_list[2]
            item: struct
              x: int32
              y: float64
          list_fsl: list
            item: fixed_size_list<int32>[2]
        """;
    String map =
        """
          map_i32_list: map
            entries: struct not null
              key: int32 not null
              value: list
                item: utf8
        """;
    assertTrue(text.contains(fixedSizeList), text);
    assertTrue(text.contains(map), text);
  }

  @Test
  void showsMetadataBelowItsField() {
    String text = CommandRun.output("inspect", "testdata/reference/v21_packed_struct.lance");
    String struct = text.substring(text.indexOf("schema"), text.indexOf("\n\ncolumn"));
    assertTrue(
        struct.matches("(?s).*: struct[ a-z]*\n    lance-encoding:packed = true\n    \\S+: .*"),
        struct);
  }

  @Test
  void printsChildrenAsJson() {
    JsonObject file = CommandRun.json("inspect", "--json", "testdata/reference/v21_nested.lance");
    String expected =
        """
        {"name": "ns", "type": "struct", "nullable": true, "metadata": {}, "children": [
          {"name": "p", "type": "int64", "nullable": true, "metadata": {}},
          {"name": "q", "type": "struct", "nullable": true, "metadata": {}, "children": [
            {"name": "z", "type": "int32", "nullable": true, "metadata": {}}]}]}
        """;
    assertEquals(
        JsonParser.parseString(expected),
        file.getAsJsonObject("schema").getAsJsonArray("fields").get(3));
    JsonObject column = file.getAsJsonArray("columns").get(6).getAsJsonObject();
    assertEquals("ns.q.z", column.get("name").getAsString());
    assertEquals("int32", column.get("type").getAsString());
  }

  @Test
  void showsPages() {
    List<String> lines = CommandRun.output("inspect", "--pages", FILE).lines().toList();
    List<String> pages = lines.subList(lines.size() - 6, lines.size());
    assertEquals(
        "column  page  first row  rows  buffers  bytes  encoding",
        pages.get(0).replaceAll(" {2,}", "  "));
    assertTrue(pages.get(3).matches("i64_runs +2 +2,097,152 +402,848 +2 +16,726 +mini-block: .+"));
    assertTrue(pages.get(5).matches("i32_runs +1 +2,097,152 +402,848 +2 +10,430 +mini-block: .+"));
  }

  @Test
  void printsJson() {
    JsonObject file = CommandRun.json("inspect", "--json", FILE);
    assertEquals(FILE.toString(), file.get("file").getAsString());
    assertEquals("2.1", file.get("format_version").getAsString());
    assertEquals(2_500_000, file.get("rows").getAsLong());
    JsonObject field =
        file.getAsJsonObject("schema").getAsJsonArray("fields").get(1).getAsJsonObject();
    assertEquals("i32_runs", field.get("name").getAsString());
    assertEquals("int32", field.get("type").getAsString());
    assertFalse(field.get("nullable").getAsBoolean());
    JsonObject column = file.getAsJsonArray("columns").get(1).getAsJsonObject();
    assertEquals(2, column.get("pages").getAsInt());
    assertEquals(
        "[\"mini-block: Rle(Flat 32, Flat 8)\"]", column.getAsJsonArray("encodings").toString());
    assertFalse(column.has("page_list"));
  }

  @Test
  void printsPagesAsJson() {
    JsonObject file = CommandRun.json("inspect", "--json", "--pages", FILE);
    JsonObject page =
        file.getAsJsonArray("columns")
            .get(0)
            .getAsJsonObject()
            .getAsJsonArray("page_list")
            .get(2)
            .getAsJsonObject();
    assertEquals(2_097_152, page.get("priority").getAsLong());
    assertEquals(402_848, page.get("rows").getAsLong());
    assertEquals(2, page.getAsJsonArray("buffers").size());
  }

  @Test
  void refusesWhatIsNoLanceFile() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "x".repeat(1000));
    CommandRun.assertFails(
        text + ": not a Lance file, or cut short: its last four bytes are not LANC",
        "inspect",
        text);
    CommandRun.assertFails(folder + ": is a directory, not a file", "inspect", folder);
  }

  @Test
  void refusesAFileOfAnyShorterLength() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("testdata/reference/v21_ints_empty.lance"));
    Path cut = folder.resolve("cut.lance");
    for (int length = 0; length < bytes.length; length++) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      CommandRun run = CommandRun.of("inspect", cut);
      assertEquals(1, run.exitCode(), "cut to " + length);
      assertTrue(run.err().matches("lancewright: .*cut\\.lance: .+\n"), run.err());
      assertEquals("", run.out());
    }
  }

  @Test
  void refusesAFooterThatLies() throws IOException {
    byte[] bytes = Files.readAllBytes(FILE);
    Path lying = folder.resolve("lying.lance");
    for (int at = bytes.length - 40; at < bytes.length - 4; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 0x55;
      Files.write(lying, changed);
      CommandRun run = CommandRun.of("inspect", lying);
      assertEquals(1, run.exitCode(), "byte " + at + " changed: " + run.out());
      assertTrue(run.err().matches("lancewright: .*lying\\.lance: .+\n"), run.err());
    }
  }
}
