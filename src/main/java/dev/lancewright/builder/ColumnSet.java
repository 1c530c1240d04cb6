package dev.lancewright.builder;

import dev.lancewright.column.Column;
import dev.lancewright.internal.Require;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Column builders by position and name; among several of the same name, the first is found. Loops
 * use an index, since an iterator would be garbage for every row.
 */
final class ColumnSet {
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private final Map<String, ColumnBuilder> byName = new HashMap<>();

  void add(ColumnBuilder column) {
    columns.add(column);
    byName.putIfAbsent(column.field().name(), column);
  }

  int size() {
    return columns.size();
  }

  ColumnBuilder get(int index) {
    return columns.get(index);
  }

  /**
   * Finds a column.
   *
   * @param parent the column whose children these are, for the message, or null for the columns of
   *     a batch
   * @throws IllegalArgumentException if there is no column with that name
   */
  ColumnBuilder get(String name, ColumnBuilder parent) {
    ColumnBuilder column = byName.get(Require.nonNull(name, "name"));
    if (column == null) {
      throw new IllegalArgumentException(
          "%sthere is no column '%s'; there are %s"
              .formatted(
                  parent == null ? "" : parent.where() + ": ",
                  name,
                  columns.stream().map(each -> each.field().name()).toList()));
    }
    return column;
  }

  /** Returns the number of rows in each column, or 0 if there are no columns. */
  long rows() {
    return columns.isEmpty() ? 0 : columns.getFirst().length();
  }

  /**
   * Checks that the columns make up complete rows.
   *
   * @throws IllegalStateException if the columns differ in length, or have items or children that
   *     belong to no row yet
   */
  void requireRows() {
    for (ColumnBuilder column : columns) {
      if (column.length() != rows()) {
        throw new IllegalStateException(
            "all columns must have the same number of rows, but there are "
                + columns.stream()
                    .map(each -> "%d in '%s'".formatted(each.length(), each.field().name()))
                    .collect(Collectors.joining(", ")));
      }
      column.requireNothingWaits("before build there must be none");
    }
  }

  List<Column> view() {
    return columns.stream().map(ColumnBuilder::view).toList();
  }

  void reset() {
    columns.forEach(ColumnBuilder::reset);
  }
}
