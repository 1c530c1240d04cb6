package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final String ERASE = "\r\033[K";

  private final StringWriter terminal = new StringWriter();
  private long nanos = 5_000_000_000L;

  @Test
  void drawsAtMostTenTimesASecondAndErasesAtTheEnd() {
    try (Progress progress = new Progress(new PrintWriter(terminal), () -> nanos)) {
      progress.update(1, 1, 0.1);
      assertEquals("", terminal.toString());
      nanos += 100_000_000;
      progress.update(2048, 1 << 20, 0.25);
      assertEquals(ERASE + "2,048 rows  1.0 MiB  10.0 MiB/s  25%", terminal.toString());
      nanos += 99_999_999;
      progress.update(4096, 2 << 20, 0.3);
      assertEquals(ERASE + "2,048 rows  1.0 MiB  10.0 MiB/s  25%", terminal.toString());
    }
    assertEquals(ERASE + "2,048 rows  1.0 MiB  10.0 MiB/s  25%" + ERASE, terminal.toString());
  }

  @Test
  void saysWhenItWillBeDoneAfterASecond() {
    try (Progress progress = new Progress(new PrintWriter(terminal), () -> nanos)) {
      nanos += 30_000_000_000L;
      progress.update(10, 3072, 0.25);
      assertEquals(ERASE + "10 rows  3.0 KiB  102 B/s  25%  ETA 1:30", terminal.toString());
    }
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    try (Progress progress = new Progress(new PrintWriter(terminal), () -> nanos)) {
      nanos += 2_000_000_000L;
      progress.update(10, 2048, -1);
      assertEquals(ERASE + "10 rows  2.0 KiB  1.0 KiB/s", terminal.toString());
    }
  }

  @Test
  void drawsNothingWhereThereIsNothingToErase() {
    new Progress(new PrintWriter(terminal), () -> nanos).close();
    assertEquals("", terminal.toString());
    try (Progress silent = new Progress(null, () -> nanos)) {
      nanos += 1_000_000_000;
      silent.update(1, 1, 0.5);
    }
  }
}
