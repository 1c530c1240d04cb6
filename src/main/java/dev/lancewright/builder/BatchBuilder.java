package dev.lancewright.builder;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.Require;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;

/**
 * Builds batches value by value, off-heap. Reuse one builder for many batches: it keeps its memory,
 * so that after the first batches none is allocated.
 *
 * <p>Each column has a builder for what it holds, which {@link NamedBuilders} finds by name: {@code
 * longs} for a column of int64, {@code strings} for one of utf8, and so on. Rows are appended
 * column by column in any order; when all columns have the same number of rows, {@link #build}
 * hands them over.
 *
 * <p>The builder owns the memory of all its columns and frees it on {@link #close}. Used by one
 * thread at a time, which need not be always the same. That takes shared memory, whose closing
 * stops all threads of the process for a moment; so it is closed as a whole and once, and blocks
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
   * Hands over the rows appended since the last call, and starts anew: the next batch has only rows
   * that are appended after this call.
   *
   * @return views of the builder's memory, which are valid until anything is appended to a column
   *     of this builder, or the builder builds its next batch, is reset or closed
   * @throws IllegalStateException if not all columns have the same number of rows, or items or
   *     children are in no row yet; the builder then keeps all rows
   */
  public Batch build() {
    requireOpen();
    columns.requireRows();
    Batch batch = new Batch(schema, columns.view(), columns.rows());
    columns.reset();
    return batch;
  }

  /** Forgets all rows that no batch has, also incomplete ones, and keeps the memory. */
  public void reset() {
    requireOpen();
    columns.reset();
  }

  /**
   * Returns the number of off-heap bytes that the builder holds, whether rows are in them or not.
   */
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
