package dev.lancewright.bench;

import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A table in off-heap memory, which it owns until it is closed. */
record DataSet(String name, Schema schema, List<Batch> batches, List<BatchBuilder> memory)
    implements AutoCloseable {
  long rows() {
    return batches.stream().mapToLong(Batch::rows).sum();
  }

  /** Bytes of the values and their offsets. */
  long bytes() {
    return batches.stream()
        .flatMap(batch -> batch.columns().stream())
        .mapToLong(Column::valueBytes)
        .sum();
  }

  @Override
  public void close() {
    memory.forEach(BatchBuilder::close);
  }

  /** The columns of a set and how to make their values. */
  static final class Definition {
    private final int rows;
    private final int batchRows;
    private final SplittableRandom seeds = new SplittableRandom(42);
    private final List<Field> fields = new ArrayList<>();
    private final List<Generator> generators = new ArrayList<>();

    Definition(int rows, int batchRows) {
      this.rows = rows;
      this.batchRows = batchRows;
    }

    /** Random numbers, of another sequence at each call but the same in each run. */
    SplittableRandom random() {
      return seeds.split();
    }

    /** Adds a nullable column. */
    Definition column(String column, DataType type, Generator generator) {
      fields.add(Field.nullable(column, type));
      generators.add(generator);
      return this;
    }

    /** The first {@code scale} of the set's rows, but at least one. */
    DataSet generate(String name, double scale) {
      Schema schema = new Schema(fields, Map.of());
      DataSet set = new DataSet(name, schema, new ArrayList<>(), new ArrayList<>());
      int total = Math.max(1, (int) Math.round(rows * scale));
      for (int done = 0; done < total; done += batchRows) {
        BatchBuilder builder = new BatchBuilder(schema);
        set.memory.add(builder);
        fill(builder, Math.min(batchRows, total - done));
        set.batches.add(builder.build());
      }
      return set;
    }

    private void fill(BatchBuilder builder, int count) {
      for (int i = 0; i < generators.size(); i++) {
        for (int row = 0; row < count; row++) {
          generators.get(i).append(builder.column(i));
        }
      }
    }
  }
}
