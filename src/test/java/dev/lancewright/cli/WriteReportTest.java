package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.lancewright.WriteSummary;
import dev.lancewright.cli.text.Json;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.TimeUnit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteReportTest {
  private static final WriteReport REPORT =
      new WriteReport(
          "a.lance",
          new WriteSummary(
              FormatVersion.V2_1,
              1500,
              9000,
              List.of(
                  new WriteSummary.Column(
                      "ts",
                      DataType.timestamp(TimeUnit.MICROSECOND, "UTC"),
                      0,
                      0,
                      2,
                      List.of("mini-block: Flat 64"),
                      0,
                      12000,
                      6000),
                  new WriteSummary.Column(
                      "nothing", DataType.nullType(), 1, 1, 1, List.of("constant"), 1500, 0, 0))),
          0.5,
          null);

  @Test
  void printsATableWithATotalAndALine() {
    StringWriter text = new StringWriter();
    REPORT.print(new PrintWriter(text));
    assertEquals(
        """
        column   type                pages  encoding             bytes in  bytes out  ratio
        ts       timestamp[us, UTC]      2  mini-block: Flat 64    12,000      6,000  2.00x
        nothing  null                    1  constant                    0          0      -
        total                            3                         12,000      6,000  2.00x
        a.lance: 1,500 rows, 9,000 bytes, format 2.1, 0.50 s (23.4 KiB/s)
        """,
        text.toString().replace(System.lineSeparator(), "\n"));
  }

  @Test
  void endsWithTheNote() {
    StringWriter text = new StringWriter();
    new WriteReport("a.lance", FormatVersion.V2_2, 0, 300, 0.5, List.of(), "rows of 'x\ny'", null)
        .print(new PrintWriter(text));
    assertTrue(
        text.toString()
            .endsWith(
                System.lineSeparator() + "note: rows of 'x\\u000ay'" + System.lineSeparator()),
        text.toString());
  }

  @Test
  void isAJsonObject() {
    String expected =
        """
        {"file": "a.lance", "format_version": "2.1", "rows": 1500, "bytes": 9000, "seconds": 0.5,
         "columns": [
          {"name": "ts", "type": "timestamp[us, UTC]", "field_id": 0, "index": 0, "pages": 2,
           "encodings": ["mini-block: Flat 64"], "nulls": 0, "bytes_in": 12000, "bytes_out": 6000},
          {"name": "nothing", "type": "null", "field_id": 1, "index": 1, "pages": 1,
           "encodings": ["constant"], "nulls": 1500, "bytes_in": 0, "bytes_out": 0}]}
        """;
    assertEquals(JsonParser.parseString(expected), JsonParser.parseString(Json.of(REPORT)));
  }
}
