package dev.lancewright.builder;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Builds batches value by value, off-heap. Reuse one builder for many batches: {@link #reset} keeps
 * the memory, so that after the first batches none is allocated.
 *
 * <p>The builder owns the memory of all its columns and frees it on {@link #close}. Used by one
 * thread at a time, which need not be always the same. That takes shared memory, whose closing
 * stops all threads of the process for a moment; so it is closed as a whole and once, and blocks
 * that a column has outgrown are kept for other columns.
 *
 * <pre>{@code
 * try (BatchBuilder batch = new BatchBuilder(schema)) {
 *   FixedWidthBuilder id = batch.column("id").as(FixedWidthBuilder.class);
 *   VariableWidthBuilder name = batch.column("name").as(VariableWidthBuilder.class);
 *   id.appendLong(1);
 *   name.append("one");
 *   id.appendLong(2);
 *   name.appendNull();
 *   writer.write(batch.build());
 *   batch.reset();
 * }
 * }</pre>
 */
public final class BatchBuilder implements AutoCloseable {
  private final Schema schema;
  private final PagePool pool = new PagePool();
  private final List<ColumnBuilder> columns = new ArrayList<>();
  private final Map<String, ColumnBuilder> columnsByName = new HashMap<>();
  private boolean closed;

  /**
   * A builder without rows.
   *
   * @throws IllegalArgumentException if the schema has a column of a type without a builder
   */
  public BatchBuilder(Schema schema) {
    this.schema = schema;
    try {
      for (Field field : schema.fields()) {
        ColumnBuilder column = ColumnBuilder.of(field.name(), field, pool);
        columns.add(column);
        columnsByName.put(field.name(), column);
      }
    } catch (IllegalArgumentException e) {
      pool.close();
      throw e;
    }
  }

  /** The builder of the column of field {@code index}, the same at every call. */
  public ColumnBuilder column(int index) {
    requireOpen();
    return columns.get(index);
  }

  /**
   * The builder of a column, the same at every call.
   *
   * @throws IllegalArgumentException if there is no column of that name
   */
  public ColumnBuilder column(String name) {
    requireOpen();
    ColumnBuilder column = columnsByName.get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "there is no column '%s'; there are %s"
              .formatted(name, schema.fields().stream().map(Field::name).toList()));
    }
    return column;
  }

  /**
   * The rows appended, as views of the builder's memory: valid until the next row is appended, or
   * the builder is reset or closed.
   *
   * @throws IllegalStateException if the columns have not all the same number of rows
   */
  public Batch build() {
    requireOpen();
    if (columns.stream().mapToLong(ColumnBuilder::length).distinct().count() > 1) {
      throw new IllegalStateException(
          "all columns must have the same number of rows, but there are "
              + columns.stream()
                  .map(c -> "%d in '%s'".formatted(c.length(), c.field().name()))
                  .collect(Collectors.joining(", ")));
    }
    List<Column> built = columns.stream().map(ColumnBuilder::build).toList();
    return new Batch(schema, built, built.isEmpty() ? 0 : built.getFirst().length());
  }

  /** Forgets all rows, also those of a batch that is not complete, and keeps the memory. */
  public void reset() {
    requireOpen();
    columns.forEach(ColumnBuilder::reset);
  }

  /** Bytes of memory that the builder holds, whether rows are in it or not. */
  public long retainedBytes() {
    return pool.retainedBytes();
  }

  /** Frees the memory; batches and column builders end with it. Idempotent. */
  @Override
  public void close() {
    closed = true;
    pool.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the batch builder is closed");
    }
  }
}
