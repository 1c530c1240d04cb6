package dev.lancewright.arrow;

import dev.lancewright.column.Batch;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Iterator;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The callbacks of one ArrowArrayStream. */
@SuppressWarnings("restricted")
final class StreamExport {
  private static final int EIO = 5;
  private static final FunctionDescriptor GET =
      FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS);
  private static final FunctionDescriptor GET_TEXT =
      FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.ADDRESS);

  private final ArrowExport export;
  private final Supplier<ImportSchema> schema;
  private final Iterator<Batch> batches;
  private MemorySegment lastError = MemorySegment.NULL;

  StreamExport(ArrowExport export, Supplier<ImportSchema> schema, Iterator<Batch> batches) {
    this.export = export;
    this.schema = schema;
    this.batches = batches;
  }

  void into(MemorySegment struct) {
    MethodType get = MethodType.methodType(int.class, MemorySegment.class, MemorySegment.class);
    MethodType getText = MethodType.methodType(MemorySegment.class, MemorySegment.class);
    StructLayout layout = ArrowArrayStream.LAYOUT;
    ArrowExport.set(struct, layout, "get_schema", stub("getSchema", get, GET));
    ArrowExport.set(struct, layout, "get_next", stub("getNext", get, GET));
    ArrowExport.set(struct, layout, "get_last_error", stub("getLastError", getText, GET_TEXT));
  }

  private MemorySegment stub(String name, MethodType type, FunctionDescriptor signature) {
    try {
      return export.stub(MethodHandles.lookup().bind(this, name, type), signature);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  int getSchema(MemorySegment stream, MemorySegment out) {
    return answer(out, ArrowSchema.LAYOUT, struct -> export.schemaInto(schema.get(), struct));
  }

  /** At the end the array is left released. */
  int getNext(MemorySegment stream, MemorySegment out) {
    return answer(
        out,
        ArrowArray.LAYOUT,
        struct -> {
          if (batches.hasNext()) {
            export.arrayInto(batches.next(), schema.get(), struct);
          } else {
            struct.fill((byte) 0);
          }
        });
  }

  MemorySegment getLastError(MemorySegment stream) {
    return lastError;
  }

  private int answer(MemorySegment out, StructLayout layout, Consumer<MemorySegment> body) {
    try {
      body.accept(out.reinterpret(layout.byteSize()));
      return 0;
    } catch (RuntimeException e) {
      lastError =
          e.getMessage() == null ? MemorySegment.NULL : export.arena().allocateFrom(e.getMessage());
      return e instanceof ArrowExport.Failure failure ? failure.errno() : EIO;
    }
  }
}
