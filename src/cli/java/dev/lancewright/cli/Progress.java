package dev.lancewright.cli;

import dev.lancewright.cli.text.Text;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * One line on a terminal that shows the progress of a write. It is drawn at most ten times a second
 * and erased on {@link #close}.
 */
final class Progress implements AutoCloseable {
  private static final long INTERVAL_NANOS = 100_000_000;
  private static final long ETA_AFTER_NANOS = 1_000_000_000;
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintWriter terminal;
  private final LongSupplier nanoClock;
  private final long start;
  private long drawn;

  /**
   * Creates a progress line.
   *
   * @param terminal the terminal to draw on, or null to draw nothing
   */
  Progress(PrintWriter terminal, LongSupplier nanoClock) {
    this.terminal = terminal;
    this.nanoClock = nanoClock;
    start = nanoClock.getAsLong();
    drawn = start;
  }

  /**
   * Updates the state; cheap enough for every chunk.
   *
   * @param rows the number of rows written so far
   * @param bytes the number of bytes written and buffered so far
   * @param fraction the fraction of the work that is done, from 0 to 1, or negative if unknown
   */
  void update(long rows, long bytes, double fraction) {
    if (terminal == null) {
      return;
    }
    long now = nanoClock.getAsLong();
    if (now - drawn >= INTERVAL_NANOS) {
      drawn = now;
      terminal.print(ERASE_LINE + line(rows, bytes, Math.min(fraction, 1), now - start));
      terminal.flush();
    }
  }

  private static String line(long rows, long bytes, double fraction, long nanos) {
    String line =
        "%s rows  %s  %s/s"
            .formatted(
                Text.count(rows), Text.bytes((double) bytes), Text.bytes(bytes / (nanos / 1e9)));
    if (fraction >= 0) {
      line += String.format(Locale.ROOT, "  %.0f%%", fraction * 100);
    }
    if (fraction > 0 && nanos >= ETA_AFTER_NANOS) {
      long seconds = Math.round(nanos / fraction * (1 - fraction) / 1e9);
      line += "  ETA %d:%02d".formatted(seconds / 60, seconds % 60);
    }
    return line;
  }

  @Override
  public void close() {
    if (drawn != start) {
      terminal.print(ERASE_LINE);
      terminal.flush();
    }
  }
}
