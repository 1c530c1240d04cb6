package dev.lancewright.bench;

import dev.lancewright.arrow.ArrowExport;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.c.ArrowSchema;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;

/** Batches as Arrow vectors over the same memory, which must be off-heap and outlive them. */
final class ArrowVectors {
  private final BufferAllocator allocator;
  private final List<ArrowFieldNode> nodes = new ArrayList<>();
  private final List<ArrowBuf> buffers = new ArrayList<>();

  private ArrowVectors(BufferAllocator allocator) {
    this.allocator = allocator;
  }

  /** The batches of a set; the caller closes them. */
  static List<VectorSchemaRoot> of(DataSet set, BufferAllocator allocator) {
    Schema schema = schema(set, allocator);
    return set.batches().stream().map(batch -> of(batch, schema, allocator)).toList();
  }

  private static Schema schema(DataSet set, BufferAllocator allocator) {
    try (ArrowExport export = new ArrowExport()) {
      return Data.importSchema(allocator, ArrowSchema.wrap(export.schema(set.schema())), null);
    }
  }

  private static VectorSchemaRoot of(Batch batch, Schema schema, BufferAllocator allocator) {
    ArrowVectors vectors = new ArrowVectors(allocator);
    batch.columns().forEach(vectors::add);
    VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
    int rows = Math.toIntExact(batch.rows());
    try (ArrowRecordBatch all = new ArrowRecordBatch(rows, vectors.nodes, vectors.buffers)) {
      new VectorLoader(root).load(all);
    } finally {
      vectors.buffers.forEach(ArrowBuf::close);
    }
    return root;
  }

  /** Adds a column and what is below it, in the order of Arrow's record batches. */
  private void add(Column column) {
    nodes.add(new ArrowFieldNode(column.length(), column.nullCount()));
    Bitmap validity = column.validity();
    buffers.add(validity == null ? allocator.getEmpty() : bits(validity));
    switch (column) {
      case FixedWidthColumn fixed -> buffers.add(buffer(fixed.values()));
      case BoolColumn bools -> buffers.add(bits(bools.values()));
      case VariableWidthColumn variable -> {
        buffers.add(buffer(variable.offsets()));
        buffers.add(buffer(variable.data()));
      }
      case FixedSizeListColumn lists -> add(lists.items());
      case ListColumn lists -> {
        buffers.add(buffer(lists.offsets()));
        add(lists.items());
      }
      case StructColumn structs -> structs.children().forEach(this::add);
      default -> throw new IllegalArgumentException("no data set has columns of " + column.type());
    }
  }

  private ArrowBuf bits(Bitmap bits) {
    if (bits.offset() != 0) {
      throw new IllegalArgumentException("bits of slices are not shared");
    }
    return buffer(bits.bytes());
  }

  private ArrowBuf buffer(MemorySegment bytes) {
    if (bytes.byteSize() == 0) {
      return allocator.getEmpty();
    }
    return allocator.wrapForeignAllocation(
        new ForeignAllocation(bytes.byteSize(), bytes.address()) {
          @Override
          protected void release0() {
            // The data set owns the memory.
          }
        });
  }
}
