package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
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

        column    type   field id  pages  encoding                              bytes
        i64_runs  int64         0      3  mini-block: Rle(Flat(64), Flat(8))  103,790
        i32_runs  int32         1      2  mini-block: Rle(Flat(32), Flat(8))   64,710
        """,
        CommandRun.output("inspect", FILE));
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
        "[\"mini-block: Rle(Flat(32), Flat(8))\"]", column.getAsJsonArray("encodings").toString());
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
