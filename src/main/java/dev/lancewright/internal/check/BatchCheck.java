package dev.lancewright.internal.check;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the columns of a file in batches, and checks them completely. */
public final class BatchCheck {
  private final List<Field> fields;
  private final Set<String> names;
  private final List<ValueCheck> checks;
  private final Column[] selected;
  private final List<Column> view;

  /**
   * The schema that {@link #positions} apply to, cached since callers tend to pass the same one
   * each time.
   */
  private Schema lastSchema;

  private int[] positions;

  public BatchCheck(Schema schema) {
    this.fields = schema.fields();
    this.names = fields.stream().map(Field::name).collect(Collectors.toSet());
    this.checks = fields.stream().map(ValueCheck::new).toList();
    this.selected = new Column[fields.size()];
    this.view = Collections.unmodifiableList(Arrays.asList(selected));
  }

  /** Returns whether the file has a column with that name. */
  public boolean knows(String name) {
    return names.contains(name);
  }

  /**
   * Returns the columns of the file, found by name, in the file's order.
   *
   * @return a list that is valid until {@link #forget}
   * @throws IllegalArgumentException if a column is missing, has another type, or holds values that
   *     cannot be written; the message names the column and, where applicable, the row
   */
  @SuppressWarnings("ReferenceEquality") // a miss costs a lookup, comparing schemas would cost more
  public List<Column> select(Batch batch) {
    if (batch.schema() != lastSchema) {
      positions = positions(batch.schema());
      lastSchema = batch.schema();
    }
    for (int i = 0; i < selected.length; i++) {
      selected[i] = batch.columns().get(positions[i]);
      checks.get(i).check(selected[i]);
    }
    for (int i = 0; i < selected.length; i++) {
      checks.get(i).accept();
    }
    return view;
  }

  /** Drops the references to the last batch's columns. */
  public void forget() {
    Arrays.fill(selected, null);
  }

  private int[] positions(Schema schema) {
    Map<String, Integer> byName = new HashMap<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      byName.put(schema.fields().get(i).name(), i);
    }
    int[] found = new int[fields.size()];
    for (int i = 0; i < found.length; i++) {
      Field field = fields.get(i);
      Integer position = byName.get(field.name());
      if (position == null) {
        throw new IllegalArgumentException(
            "column '%s' (%s) is missing in the batch, which has %s"
                .formatted(field.name(), field.type(), names(schema)));
      }
      DataType type = schema.fields().get(position).type();
      if (!sameValues(field.type(), type)) {
        throw new IllegalArgumentException(
            "column '%s' is %s in the batch, but %s in the file; convert it first"
                .formatted(field.name(), type, field.type()));
      }
      found[i] = position;
    }
    return found;
  }

  /**
   * Returns whether values of one type are values of the other, regardless of the names of list
   * items and of whether children are declared nullable.
   */
  private static boolean sameValues(DataType file, DataType batch) {
    return switch (file) {
      case DataType.FixedSizeList a ->
          batch instanceof DataType.FixedSizeList b
              && a.size() == b.size()
              && sameValues(a.item().type(), b.item().type());
      case DataType.ListOf a ->
          batch instanceof DataType.ListOf b
              && a.large() == b.large()
              && sameValues(a.item().type(), b.item().type());
      case DataType.MapOf a ->
          batch instanceof DataType.MapOf b && sameEntries(a.entries(), b.entries());
      case DataType.Struct a ->
          batch instanceof DataType.Struct b
              && a.children().size() == b.children().size()
              && IntStream.range(0, a.children().size())
                  .allMatch(i -> sameChild(a.children().get(i), b.children().get(i)));
      case DataType.Dictionary a ->
          batch instanceof DataType.Dictionary b
              && a.index().equals(b.index())
              && a.value().equals(b.value());
      default -> file.equals(batch);
    };
  }

  private static boolean sameChild(Field file, Field batch) {
    return file.name().equals(batch.name()) && sameValues(file.type(), batch.type());
  }

  /** Compares keys and values of maps by their positions, regardless of their names. */
  private static boolean sameEntries(Field file, Field batch) {
    List<Field> a = ((DataType.Struct) file.type()).children();
    return batch.type() instanceof DataType.Struct b
        && b.children().size() == a.size()
        && IntStream.range(0, a.size())
            .allMatch(i -> sameValues(a.get(i).type(), b.children().get(i).type()));
  }

  private static String names(Schema schema) {
    List<String> names = schema.fields().stream().map(Field::name).limit(20).toList();
    return names + (schema.fields().size() > names.size() ? " and more" : "");
  }
}
