import dev.lancewright.LanceWriter;
import dev.lancewright.arrow.ArrowSchemas;
import dev.lancewright.arrow.ImportSchema;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * Compares lw_write of 1,024 rows with writeArrow of the same array, in one JVM and in turns, so
 * that both have the same machine, compiled code and memory.
 */
class Cost {
  private static final int ROUNDS = 30;
  private static final int CALLS = 1000;

  private static SymbolLookup library;

  public static void main(String[] arguments) throws Throwable {
    library = SymbolLookup.libraryLookup(Path.of(arguments[0]), Arena.global());
    String file = arguments[1];
    function("cost_start", FunctionDescriptor.ofVoid()).invoke();
    double c = Double.MAX_VALUE;
    double java = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      c = Math.min(c, inC(file));
      java = Math.min(java, inJava(file));
    }
    System.out.printf(
        "cost: lw_write of 1,024 rows %.2f us, writeArrow %.2f us, %+.1f %%%n",
        c, java, 100 * (c / java - 1));
  }

  private static double inC(String file) throws Throwable {
    MethodHandle open = function("cost_open", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    MethodHandle write = function("cost_write", FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      open.invoke(arena.allocateFrom(file));
    }
    long begin = System.nanoTime();
    write.invoke(CALLS);
    double micros = (System.nanoTime() - begin) / 1e3 / CALLS;
    function("cost_close", FunctionDescriptor.ofVoid()).invoke();
    return micros;
  }

  private static double inJava(String file) throws Throwable {
    MethodHandle array = function("cost_array", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
    ImportSchema schema = schema();
    try (LanceWriter writer =
        LanceWriter.builder(schema.schema()).overwrite(true).create(Path.of(file))) {
      long begin = System.nanoTime();
      write(writer, schema, array);
      double micros = (System.nanoTime() - begin) / 1e3 / CALLS;
      writer.finish();
      return micros;
    }
  }

  private static void write(LanceWriter writer, ImportSchema schema, MethodHandle array)
      throws Throwable {
    for (int i = 0; i < CALLS; i++) {
      writer.writeArrow((long) array.invokeExact(), schema);
    }
  }

  private static ImportSchema schema() throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment struct = arena.allocate(ArrowSchemas.STRUCT_BYTES, 8);
      function("cost_schema", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS)).invoke(struct);
      ImportSchema schema = ImportSchema.read(struct.address());
      ArrowSchemas.release(struct.address());
      return schema;
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), signature);
  }
}
