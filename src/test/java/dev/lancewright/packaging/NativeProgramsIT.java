package dev.lancewright.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lancewright.testing.CLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The C library with the packaged jar: runs {@code ffi/test.sh}, which needs a C compiler. */
class NativeProgramsIT {
  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void testsAndExamplesPass() throws IOException, InterruptedException {
    boolean hasCompiler = CLibrary.compiler().isPresent();
    if (!hasCompiler) {
      System.out.println(
          "ffi/test.sh does not run: there is no C compiler; install one, or set CC");
    }
    assumeTrue(hasCompiler, "there is no C compiler");
    ProcessBuilder script = new ProcessBuilder("bash", "ffi/test.sh").redirectErrorStream(true);
    script.environment().put("LANCEWRIGHT_JAVA_HOME", System.getProperty("java.home"));
    Process process = script.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    String last = output.lines().toList().getLast();
    System.out.println(last);
    assertTrue(last.matches("ffi/test.sh: [1-9]\\d* programs passed, \\d+ skipped.*"), output);
  }
}
