package dev.lancewright.builder;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;

/**
 * Builds batches value by value, off-heap. Reuse one builder for many batches: it keeps its memory,
 * so that nothing is allocated after the first few.
 *
 * <p>Each column has a builder for its type, which the methods of {@link NamedBuilders} find by
 * name: {@code longs} for a column of int64, {@code strings} for one of utf8, and so on. Rows are
 * appended column by column in any order; when all columns have the same number of rows, {@link
 * #build} hands them over.
 *
 * <p>The builder owns the memory of all its columns and frees it on {@link #close}. It must be used
 * by one thread at a time, but not always by the same one. That requires shared arenas, and closing
 * one stops all threads of the process for a moment; so all memory is freed at once, and blocks
 * that a column has outgrown are kept for other columns.
 *
 * <pre>{@code
 * try (BatchBuilder batch = new BatchBuilder(schema)) {
 *   LongBuilder id = batch.longs("id");
 *   Utf8Builder name = batch.strings("name");
 *   id.append(1);
 *   name.append("one");
 *   id.append(2);
 *   name.appendNull();
 *   writer.write(batch.build());
 * }
 * }</pre>
 */
public final class BatchBuilder implements NamedBuilders, AutoCloseable {
  private final Schema schema;
  private final PagePool pool;
  private final ColumnSet columns = new ColumnSet();
  private boolean closed;

  /**
   * Creates a builder without rows.
   *
   * @throws IllegalArgumentException if the schema has a column of a type without a builder
   */
  public BatchBuilder(Schema schema) {
    this.schema = Require.nonNull(schema, "schema");
    pool = new PagePool();
    try {
      for (Field field : schema.fields()) {
        columns.add(ColumnBuilder.of(field.name(), field, pool));
      }
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public ColumnBuilder column(int index) {
    requireOpen();
    return columns.get(index);
  }

  @Override
  public ColumnBuilder column(String name) {
    requireOpen();
    return columns.get(name, null);
  }

  /**
   * Returns the rows appended since the last call as a batch and starts the next one, which will
   * have only the rows appended after this call.
   *
   * @return views of the builder's memory, which are valid until anything is appended to a column
   *     of this builder, or the builder builds its next batch, is reset or closed
   * @throws IllegalStateException if not all columns have the same number of rows, or if items or
   *     children were appended that belong to no row yet; the builder then keeps all rows
   */
  public Batch build() {
    requireOpen();
    columns.requireRows();
    Batch batch = new Batch(schema, columns.view(), columns.rows());
    columns.reset();
    return batch;
  }

  /**
   * Discards all rows not yet built into a batch, including incomplete ones, and keeps the memory.
   */
  public void reset() {
    requireOpen();
    columns.reset();
  }

  /** Returns the number of off-heap bytes that the builder holds, whether in use or not. */
  public long retainedBytes() {
    return pool.retainedBytes();
  }

  /** Frees the memory, which invalidates all batches and column builders. Idempotent. */
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
