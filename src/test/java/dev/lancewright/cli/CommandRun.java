package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A command that ran in this process: its exit code and what it printed, lines ended by \n. */
record CommandRun(int exitCode, String out, String err) {
  static CommandRun of(Object... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = new String[args.length];
    for (int i = 0; i < args.length; i++) {
      words[i] = args[i].toString();
    }
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    return new CommandRun(exitCode, lines(out), lines(err));
  }

  /** What a command printed that must succeed and say nothing on standard error. */
  static String output(Object... args) {
    CommandRun run = of(args);
    assertEquals("", run.err());
    assertEquals(0, run.exitCode());
    return run.out();
  }

  static JsonObject json(Object... args) {
    return JsonParser.parseString(output(args)).getAsJsonObject();
  }

  /** Checks that a command fails with one line and prints nothing else. */
  static void assertFails(String message, Object... args) {
    CommandRun run = of(args);
    assertEquals("lancewright: " + message + "\n", run.err());
    assertEquals("", run.out());
    assertEquals(1, run.exitCode());
  }

  private static String lines(StringWriter text) {
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
