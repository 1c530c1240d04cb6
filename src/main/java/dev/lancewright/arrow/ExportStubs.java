package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.Callbacks;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The C functions in exported structs. All structs share them, and they live as long as the
 * process, since a consumer may keep a struct forever.
 *
 * <p>An exception thrown out of one of them would crash the process.
 */
@SuppressWarnings("UnusedMethod") // Methods are found by name.
final class ExportStubs {
  static final MemorySegment RELEASE_SCHEMA = stub("releaseSchema", Callbacks.RELEASE_SIGNATURE);
  static final MemorySegment RELEASE_ARRAY = stub("releaseArray", Callbacks.RELEASE_SIGNATURE);
  static final MemorySegment RELEASE_STREAM = stub("releaseStream", Callbacks.RELEASE_SIGNATURE);
  static final MemorySegment GET_SCHEMA = stub("getSchema", Callbacks.GET_SIGNATURE);
  static final MemorySegment GET_NEXT = stub("getNext", Callbacks.GET_SIGNATURE);
  static final MemorySegment GET_LAST_ERROR = stub("getLastError", Callbacks.GET_TEXT_SIGNATURE);

  private ExportStubs() {}

  private static void releaseSchema(MemorySegment schema) {
    try {
      ExportedTree.release(ArrowSchema.at(schema, "the schema"));
    } catch (Throwable e) {
      report(e);
    }
  }

  private static void releaseArray(MemorySegment array) {
    try {
      ExportedTree.release(ArrowArray.at(array, "the array"));
    } catch (Throwable e) {
      report(e);
    }
  }

  private static void releaseStream(MemorySegment stream) {
    try {
      StreamExport.release(ArrowArrayStream.at(stream, "the stream"));
    } catch (Throwable e) {
      report(e);
    }
  }

  private static int getSchema(MemorySegment stream, MemorySegment out) {
    try {
      return StreamExport.getSchema(ArrowArrayStream.at(stream, "the stream"), out);
    } catch (Throwable e) {
      return StreamExport.errno(e);
    }
  }

  private static int getNext(MemorySegment stream, MemorySegment out) {
    try {
      return StreamExport.getNext(ArrowArrayStream.at(stream, "the stream"), out);
    } catch (Throwable e) {
      return StreamExport.errno(e);
    }
  }

  private static MemorySegment getLastError(MemorySegment stream) {
    try {
      return StreamExport.getLastError(ArrowArrayStream.at(stream, "the stream"));
    } catch (Throwable e) {
      return MemorySegment.NULL;
    }
  }

  /** Reports an exception of a release callback, which cannot return an error to its caller. */
  private static void report(Throwable e) {
    try {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    } catch (Throwable ignored) {
      // There is nobody else to report to.
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub(String name, FunctionDescriptor signature) {
    MethodType type = signature.toMethodType();
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup().findStatic(ExportStubs.class, name, type),
              signature,
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
