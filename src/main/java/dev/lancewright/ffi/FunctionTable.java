package dev.lancewright.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.Collections;

/**
 * The table that {@code lancewright.c} knows as {@code struct table}: three numbers, and a pointer
 * for each function. It lives as long as the process, since native code may keep it forever.
 *
 * <p>All functions have one signature, for linking one takes tens of milliseconds: addresses,
 * handles and numbers as {@code int64_t}, as many as the function needs, and the address of the
 * text of an error last. They return a code.
 */
final class FunctionTable {
  static final long ADDRESS = create().address();

  private static final int FUNCTIONS = 22;
  private static final int LONGS = 7;
  private static final int HEADER_WORDS = 3;

  private FunctionTable() {}

  private static MemorySegment create() {
    MemorySegment table = Arena.global().allocate(ValueLayout.JAVA_LONG, HEADER_WORDS + FUNCTIONS);
    table.setAtIndex(ValueLayout.JAVA_LONG, 0, NativeApi.ABI_VERSION);
    table.setAtIndex(ValueLayout.JAVA_LONG, 1, Failure.TEXT_BYTES);
    table.setAtIndex(ValueLayout.JAVA_LONG, 2, FUNCTIONS);
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            Collections.nCopies(LONGS, ValueLayout.JAVA_LONG).toArray(MemoryLayout[]::new));
    MethodHandle call = dispatcher(signature);
    for (int i = 0; i < FUNCTIONS; i++) {
      table.setAtIndex(ValueLayout.JAVA_LONG, HEADER_WORDS + i, stub(call, i, signature).address());
    }
    return table;
  }

  private static MethodHandle dispatcher(FunctionDescriptor signature) {
    try {
      return MethodHandles.lookup()
          .findStatic(
              FunctionTable.class,
              "call",
              signature.toMethodType().insertParameterTypes(0, int.class));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub(MethodHandle call, int number, FunctionDescriptor signature) {
    return Linker.nativeLinker()
        .upcallStub(MethodHandles.insertArguments(call, 0, number), signature, Arena.global());
  }

  /**
   * Calls a function by its place in the table, which is a constant of the stub.
   *
   * @param text the address of memory for the text of an error
   */
  @SuppressWarnings("UnusedMethod") // It is found by name.
  private static int call(int number, long a, long b, long c, long d, long e, long f, long text) {
    return switch (number) {
      case 0 -> WriterFunctions.open(a, b, c, d, text);
      case 1 -> WriterFunctions.openSink(a, b, c, d, text);
      case 2 -> WriterFunctions.write(a, b, c, text);
      case 3 -> WriterFunctions.writeStream(a, b, c, text);
      case 4 -> WriterFunctions.addMetadata(a, b, c, text);
      case 5 -> WriterFunctions.addBuffer(a, b, c, d, text);
      case 6 -> WriterFunctions.position(a, b, text);
      case 7 -> WriterFunctions.bufferedBytes(a, b, text);
      case 8 -> WriterFunctions.finish(a, b, text);
      case 9 -> WriterFunctions.summaryJson(a, b, text);
      case 10 -> WriterFunctions.abort(a, text);
      case 11 -> WriterFunctions.close(a, text);
      case 12 -> ReaderFunctions.open(a, b, c, text);
      case 13 -> ReaderFunctions.openSource(a, b, c, text);
      case 14 -> ReaderFunctions.schema(a, b, text);
      case 15 -> ReaderFunctions.rows(a, b, text);
      case 16 -> ReaderFunctions.bufferSize(a, b, c, text);
      case 17 -> ReaderFunctions.buffer(a, b, c, d, text);
      case 18 -> ReaderFunctions.scan(a, b, c, text);
      case 19 -> ReaderFunctions.take(a, b, c, d, e, f, text);
      case 20 -> ReaderFunctions.verify(a, b, text);
      case 21 -> ReaderFunctions.close(a, text);
      default -> throw new AssertionError("there is no function " + number);
    };
  }
}
