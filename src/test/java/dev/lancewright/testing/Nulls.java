package dev.lancewright.testing;

import java.util.random.RandomGenerator;

/** Which rows of a column are null. */
public enum Nulls {
  NONE,
  /** About one in five, by chance. */
  SOME,
  ALL,
  FIRST_HALF;

  boolean at(long row, long rows, RandomGenerator random) {
    return switch (this) {
      case NONE -> false;
      case SOME -> random.nextInt(5) == 0;
      case ALL -> true;
      case FIRST_HALF -> row < rows / 2;
    };
  }
}
