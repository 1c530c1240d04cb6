package dev.lancewright.bench;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.column.Batch;
import java.util.List;
import org.apache.arrow.c.ArrowArray;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Batches as Arrow vectors over the same memory, which must be off-heap and outlive them. */
final class ArrowVectors {
  private ArrowVectors() {}

  /** The batches of a set; the caller closes them. */
  static List<VectorSchemaRoot> of(DataSet set, BufferAllocator allocator) {
    return set.batches().stream().map(batch -> of(batch, allocator)).toList();
  }

  private static VectorSchemaRoot of(Batch batch, BufferAllocator allocator) {
    try (ArrowArray array = ArrowArray.allocateNew(allocator);
        ArrowSchema schema = ArrowSchema.allocateNew(allocator)) {
      ArrowExport.exportSchema(batch.schema(), schema.memoryAddress());
      ArrowExport.exportBatch(new OwnedBatch(batch, () -> {}), array.memoryAddress());
      return Data.importVectorSchemaRoot(allocator, array, schema, null);
    }
  }
}
