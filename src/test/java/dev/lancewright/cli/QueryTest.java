package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --sql} reads, does nothing else, and downloads nothing. */
class QueryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO 'DIR/x.csv'",
        "CREATE TABLE t (i INTEGER)",
        "CREATE VIEW v AS SELECT 1",
        "ATTACH 'DIR/x.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET threads = 1",
        "EXPORT DATABASE 'DIR/x'",
        "EXPLAIN SELECT 1",
        "CALL pragma_version()",
        "BEGIN",
      })
  void refusesStatementsThatDoNotRead(String sql) throws IOException {
    refused("--sql takes one query that reads", sql.replace("DIR", folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1; SELECT 2",
        "SELECT 1; COPY (SELECT 1) TO 'DIR/x.csv'",
        "FROM range(3); DROP TABLE t;",
        "SET threads = 1; SELECT 1",
        "COPY (SELECT 1) TO 'DIR/x.csv'; SELECT 1",
      })
  void refusesSeveralStatements(String sql) throws IOException {
    refused("not several statements", sql.replace("DIR", folder.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM 's3://bucket/a.parquet'",
        "FROM 'https://localhost/a.parquet'",
        "FROM read_csv('http://localhost/a.csv')",
        "FROM read_json('gcs://bucket/a.json')",
        "FROM read_xlsx('a.xlsx')",
        "FROM sqlite_scan('a.db', 't')",
        "FROM st_read('a.shp')",
      })
  @Timeout(20)
  void refusesWhatNeedsADownload(String sql) throws IOException {
    refused("nothing is downloaded", sql);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/a.parquet",
        "https://localhost/a.csv",
        "HTTP://localhost/*.csv",
        "gs://bucket/a.json",
        "hf://datasets/a/b.parquet",
        "file:///a.csv"
      })
  @Timeout(20)
  void refusesInputsAndOutputsElsewhere(String name) throws IOException {
    CommandRun.assertFails(
        "input '" + name + "' is not a local file; download it first",
        "write",
        name,
        folder.resolve("a.lance"));
    CommandRun.assertFails(
        "output '" + name + "x' is not a local file; write a local one, and upload it",
        "write",
        "testdata/real/airports.csv",
        name + "x");
    CommandRun.assertFails(
        "output '" + name + "' is not a local file; write a local one, and upload it",
        "export",
        "testdata/input/case.lance",
        name);
    assertEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nix FROM range(3)",
        "SELEC 1",
        "FROM 'DIR/none.csv'",
        "SELECT 'x'::INTEGER",
        "SELECT error(repeat('long', 1000))",
        "SELECT * FROM read_csv('testdata/input/grow1000.csv', header = true, auto_detect = false,"
            + " columns = {'a': 'VARCHAR', 'b': 'VARCHAR'})"
      })
  void tellsErrorsInFewWords(String sql) throws IOException {
    CommandRun run = refused("", sql.replace("DIR", folder.toString()));
    for (String detail : List.of("LINE 1", "Possible", "Candidate", "auto_detect", "\tat ")) {
      assertTrue(!run.err().contains(detail), run.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS a;",
        "FROM range(3)",
        "VALUES (1)",
        "WITH t AS (SELECT 1 AS a) SELECT * FROM t",
        "(SELECT 1 AS a) UNION ALL (SELECT 2)",
        "DESCRIBE SELECT 1 AS a",
        "FROM 'testdata/real/flights-200k.parquet' LIMIT 5",
      })
  void takesQueries(String sql) {
    CommandRun.output("write", "--quiet", "--verify", "--sql", sql, folder.resolve("a.lance"));
  }

  @Test
  void readsByItsOwnArguments() {
    CommandRun run =
        CommandRun.of("write", "--delimiter=;", "--sql=SELECT 1", folder.resolve("a.lance"));
    assertEquals(2, run.exitCode());
    assertTrue(run.err().contains("have no effect on a query"), run.err());
  }

  private CommandRun refused(String message, String sql) throws IOException {
    CommandRun run = CommandRun.of("write", "--sql", sql, folder.resolve("a.lance"));
    assertEquals(1, run.exitCode());
    assertTrue(run.err().contains(message), run.err());
    assertTrue(run.err().length() <= 700, run.err());
    assertEmpty();
    return run;
  }

  private void assertEmpty() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }
}
