package dev.lancewright.testing;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes columns of any type, the same ones for the same seed. Beneath nulls lies garbage: bytes
 * that are no legal value, strings and lists that are not empty, indices of no value.
 */
public final class RandomColumns {
  /** How a column lies in memory. */
  public enum Form {
    /** Offsets and bitmaps start at 0; no bitmap when there are no nulls. */
    PLAIN,
    /** Rows from the middle of a larger column: offsets and bitmaps start anywhere. */
    SLICED
  }

  private static final int MANY_VALUES = 100_000;

  private final long seed;
  private final Style style;
  private final int mostValues;

  /**
   * Columns whose top level has these nulls; items and children have some nulls, or none if the top
   * level has none.
   *
   * @param seed for all that is left to chance
   * @param nulls which rows are null; a field that is not nullable has none
   * @param form how all levels lie in memory
   * @param longStrings whether strings may have several hundred bytes
   */
  public RandomColumns(long seed, Nulls nulls, Form form, boolean longStrings) {
    this(seed, new Style(nulls, form, longStrings, false), MANY_VALUES);
  }

  private RandomColumns(long seed, Style style, int mostValues) {
    this.seed = seed;
    this.style = style;
    this.mostValues = mostValues;
  }

  /**
   * Columns that change by chance, from level to level and from batch to batch.
   *
   * @param mostValues bound for what the lists of one column hold in all batches, in units of 8
   *     bytes
   */
  public static RandomColumns varied(long seed, int mostValues) {
    return new RandomColumns(seed, Style.any(new SplittableRandom(seed)), mostValues);
  }

  /** Columns for all fields of {@code schema}; they live as long as {@code arena}. */
  public Batch batch(Schema schema, int rows, Arena arena) {
    return batches(schema, List.of(rows), arena).getFirst();
  }

  /**
   * Batches of as many rows as {@code sizes} says. They have in common what kind of values a column
   * holds: one alone, a few, or any. The batches live as long as {@code arena}.
   */
  public List<Batch> batches(Schema schema, List<Integer> sizes, Arena arena) {
    List<ColumnMaker> makers = schema.fields().stream().map(field -> maker(field, arena)).toList();
    List<Batch> batches = new ArrayList<>();
    for (int rows : sizes) {
      List<Column> columns = makers.stream().map(maker -> maker.column(rows)).toList();
      batches.add(new Batch(schema, columns, rows));
    }
    return batches;
  }

  /** A column for {@code field}; it lives as long as {@code arena}. */
  public Column column(Field field, int rows, Arena arena) {
    return maker(field, arena).column(rows);
  }

  private ColumnMaker maker(Field field, Arena arena) {
    RandomGenerator random =
        new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L * field.toString().hashCode());
    Style own = style.varied() ? Style.any(random) : style;
    return ColumnMaker.of(field, own, new ColumnMaker.Source(random, arena, mostValues));
  }
}
