package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.CStrings;
import dev.lancewright.internal.cdata.Handles;
import dev.lancewright.internal.cdata.NativeMemory;
import dev.lancewright.internal.cdata.Structs;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** The implementation of an exported ArrowArrayStream's callbacks. Thread-safe. */
final class StreamExport {
  /** The errno of an I/O error, like the following the same on every system. */
  private static final int EIO = 5;

  private static final int ENOMEM = 12;
  private static final int EINVAL = 22;

  private static final int ERROR_BYTES = 256;
  private static final Handles<StreamExport> STREAMS = new Handles<>();

  private final StreamProducer producer;
  private NativeMemory errorMemory;
  private MemorySegment error = MemorySegment.NULL;
  private boolean released;

  /** Fills a given struct. */
  private interface Filler {
    void fill(MemorySegment struct) throws IOException;
  }

  private StreamExport(StreamProducer producer) {
    this.producer = producer;
  }

  /** Fills {@code stream}; releasing it closes {@code producer}. */
  static void into(ArrowArrayStream stream, StreamProducer producer) {
    long handle = STREAMS.next();
    STREAMS.add(handle, new StreamExport(producer));
    stream.fill(
        ExportStubs.GET_SCHEMA,
        ExportStubs.GET_NEXT,
        ExportStubs.GET_LAST_ERROR,
        ExportStubs.RELEASE_STREAM,
        handle);
  }

  static int getSchema(ArrowArrayStream stream, MemorySegment out) {
    StreamExport export = STREAMS.get(stream.privateData());
    return export == null
        ? EINVAL
        : export.answer(out, ArrowSchema.LAYOUT, export.producer::schema);
  }

  static int getNext(ArrowArrayStream stream, MemorySegment out) {
    StreamExport export = STREAMS.get(stream.privateData());
    return export == null ? EINVAL : export.answer(out, ArrowArray.LAYOUT, export.producer::next);
  }

  /** Returns text that is valid until the next call, or NULL if the last call did not fail. */
  static MemorySegment getLastError(ArrowArrayStream stream) {
    StreamExport export = STREAMS.get(stream.privateData());
    return export == null ? MemorySegment.NULL : export.lastError();
  }

  /** Closes the producer of a stream; does nothing if it was released before. */
  static void release(ArrowArrayStream stream) throws IOException {
    stream.markReleased();
    StreamExport export = STREAMS.remove(stream.privateData());
    if (export != null) {
      export.close();
    }
  }

  private synchronized int answer(MemorySegment out, StructLayout layout, Filler filler) {
    try {
      forgetError();
      if (released) {
        throw new IllegalStateException("the stream was released");
      }
      filler.fill(Structs.at(out, layout, "the struct to fill").fill((byte) 0));
      return 0;
    } catch (Throwable e) {
      keepError(e);
      return errno(e);
    }
  }

  private synchronized MemorySegment lastError() {
    return error;
  }

  private synchronized void close() throws IOException {
    released = true;
    forgetError();
    producer.close();
  }

  private void keepError(Throwable e) {
    try {
      String text = e.getMessage() == null ? e.toString() : e.getMessage();
      errorMemory = new NativeMemory(ERROR_BYTES);
      error = CStrings.write(text, errorMemory);
    } catch (OutOfMemoryError noText) {
      forgetError();
    }
  }

  private void forgetError() {
    error = MemorySegment.NULL;
    if (errorMemory != null) {
      errorMemory.free();
      errorMemory = null;
    }
  }

  /** Returns the C error for an exception. */
  static int errno(Throwable e) {
    return switch (e) {
      case OutOfMemoryError _ -> ENOMEM;
      case IllegalArgumentException _ -> EINVAL;
      case IllegalStateException _ -> EINVAL;
      default -> EIO;
    };
  }
}
