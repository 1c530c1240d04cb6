package dev.lancewright.testing;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Which rows of a column are null. */
public enum Nulls {
  NONE,
  /** About one in five, by chance. */
  SOME,
  ALL,
  FIRST_HALF,
  /** Runs of up to some hundred rows, with such runs of values in between. */
  CLUSTERED;

  private static final int LONGEST_RUN = 300;

  /** For each of {@code rows} rows, whether it has a value. */
  boolean[] present(int rows, RandomGenerator random) {
    boolean[] present = new boolean[rows];
    switch (this) {
      case NONE -> Arrays.fill(present, true);
      case SOME -> {
        for (int row = 0; row < rows; row++) {
          present[row] = random.nextInt(5) != 0;
        }
      }
      case ALL -> {}
      case FIRST_HALF -> Arrays.fill(present, rows / 2, rows, true);
      case CLUSTERED -> {
        boolean value = random.nextBoolean();
        for (int row = 0; row < rows; value = !value) {
          int end = Math.min(rows, row + 1 + random.nextInt(LONGEST_RUN));
          Arrays.fill(present, row, end, value);
          row = end;
        }
      }
    }
    return present;
  }
}
