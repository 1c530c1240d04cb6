package dev.lancewright.ffi;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.util.Collections;
import java.util.List;

/**
 * The table that {@code lancewright.c} knows as {@code struct table}: two numbers, and a pointer
 * for each function. It lives as long as the process, since native code may keep it forever.
 *
 * <p>Functions take addresses, handles and numbers, all as {@code int64_t}, and the address of the
 * text of an error last; they return a code. As few signatures as possible: linking one takes
 * milliseconds.
 */
final class FunctionTable {
  static final long ADDRESS = create().address();

  /**
   * A function.
   *
   * @param arguments how many there are, the text of an error included
   */
  private record Function(Class<?> owner, String name, int arguments) {}

  private FunctionTable() {}

  /** Returns the functions in the order of the table. */
  private static List<Function> functions() {
    Class<?> writers = WriterFunctions.class;
    Class<?> readers = ReaderFunctions.class;
    return List.of(
        new Function(writers, "open", 5),
        new Function(writers, "openSink", 5),
        new Function(writers, "write", 4),
        new Function(writers, "writeStream", 4),
        new Function(writers, "addMetadata", 4),
        new Function(writers, "addBuffer", 5),
        new Function(writers, "position", 3),
        new Function(writers, "bufferedBytes", 3),
        new Function(writers, "finish", 3),
        new Function(writers, "summaryJson", 3),
        new Function(writers, "abort", 2),
        new Function(writers, "close", 2),
        new Function(readers, "open", 4),
        new Function(readers, "openSource", 4),
        new Function(readers, "schema", 3),
        new Function(readers, "rows", 3),
        new Function(readers, "bufferSize", 4),
        new Function(readers, "buffer", 5),
        new Function(readers, "scan", 4),
        new Function(readers, "take", 7),
        new Function(readers, "verify", 3),
        new Function(readers, "close", 2));
  }

  private static MemorySegment create() {
    List<Function> functions = functions();
    MemorySegment table = Arena.global().allocate(ValueLayout.JAVA_LONG, 2L + functions.size());
    table.setAtIndex(ValueLayout.JAVA_LONG, 0, NativeApi.ABI_VERSION);
    table.setAtIndex(ValueLayout.JAVA_LONG, 1, Failure.TEXT_BYTES);
    for (int i = 0; i < functions.size(); i++) {
      table.setAtIndex(ValueLayout.JAVA_LONG, 2L + i, stub(functions.get(i)).address());
    }
    return table;
  }

  @SuppressWarnings("restricted")
  private static MemorySegment stub(Function function) {
    FunctionDescriptor signature =
        FunctionDescriptor.of(
            ValueLayout.JAVA_INT,
            Collections.nCopies(function.arguments(), ValueLayout.JAVA_LONG)
                .toArray(MemoryLayout[]::new));
    try {
      return Linker.nativeLinker()
          .upcallStub(
              MethodHandles.lookup()
                  .findStatic(function.owner(), function.name(), signature.toMethodType()),
              signature,
              Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
