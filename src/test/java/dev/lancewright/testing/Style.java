package dev.lancewright.testing;

import dev.lancewright.testing.RandomColumns.Form;
import java.util.random.RandomGenerator;

/**
 * What one level of a column looks like.
 *
 * @param nulls which rows are null; a field that is not nullable has none
 * @param form how the level lies in memory
 * @param longStrings whether strings may have several hundred bytes
 * @param varied whether other batches, and the levels below, are of another style
 */
record Style(Nulls nulls, Form form, boolean longStrings, boolean varied) {
  static Style any(RandomGenerator random) {
    return new Style(
        oneOf(Nulls.values(), random), oneOf(Form.values(), random), random.nextInt(4) == 0, true);
  }

  /** The style of a child or of items: parents that are not null shall hold some that are. */
  Style below(RandomGenerator random) {
    if (varied) {
      return any(random);
    }
    return new Style(nulls == Nulls.NONE ? nulls : Nulls.SOME, form, longStrings, false);
  }

  /** The style of the next batch: mostly the same. */
  Style next(RandomGenerator random) {
    return varied && random.nextInt(4) == 0 ? any(random) : this;
  }

  private static <T> T oneOf(T[] all, RandomGenerator random) {
    return all[random.nextInt(all.length)];
  }
}
