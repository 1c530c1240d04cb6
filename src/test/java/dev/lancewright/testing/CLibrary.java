package dev.lancewright.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code ffi/lancewright.c}, compiled and called from this JVM, which it finds running. So what C
 * code hands over can be made by the tests' own producers.
 */
@SuppressWarnings("restricted")
public final class CLibrary {
  private static final int ABI_VERSION = 1;
  private static final Path SOURCE = Path.of("ffi/lancewright.c");
  private static final Path FOLDER = Path.of("target/ffi-it");

  private final SymbolLookup library;

  private CLibrary(Path file) {
    this.library = SymbolLookup.libraryLookup(file, Arena.global());
  }

  /** Returns the C compiler that {@code CC} names, or {@code cc}, if it is there. */
  public static Optional<String> compiler() {
    String name = Optional.ofNullable(System.getenv("CC")).orElse("cc");
    return Stream.of(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)))
        ? Optional.of(name)
        : Optional.empty();
  }

  /** Compiles the library and starts it in this JVM. */
  public static CLibrary start(String compiler) throws IOException, InterruptedException {
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve("liblancewright.so").toAbsolutePath();
    Path include = Path.of(System.getProperty("java.home"), "include");
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    Process process =
        new ProcessBuilder(
                List.of(
                    compiler,
                    "-std=c11",
                    "-O2",
                    "-fPIC",
                    "-shared",
                    "-I" + include,
                    "-I" + include.resolve(system),
                    SOURCE.toString(),
                    "-o",
                    file.toString(),
                    "-ldl",
                    "-lpthread"))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    CLibrary library = new CLibrary(file);
    MethodHandle start =
        library.function(
            "lw_start",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    assertEquals(0, invoke(start, ABI_VERSION, 0L), library::lastError);
    return library;
  }

  /** Returns the text of {@code lw_last_error}. */
  public String lastError() {
    MethodHandle lastError = function("lw_last_error", FunctionDescriptor.of(ValueLayout.ADDRESS));
    try {
      return ((MemorySegment) lastError.invoke()).reinterpret(4096).getString(0);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** Calls a function whose arguments are pointers, by their addresses; returns its code. */
  public int call(String name, long... addresses) {
    ValueLayout[] layouts = new ValueLayout[addresses.length];
    Object[] arguments = new Object[addresses.length];
    for (int i = 0; i < addresses.length; i++) {
      layouts[i] = ValueLayout.JAVA_LONG;
      arguments[i] = addresses[i];
    }
    return invoke(function(name, FunctionDescriptor.of(ValueLayout.JAVA_INT, layouts)), arguments);
  }

  private static int invoke(MethodHandle function, Object... arguments) {
    try {
      return (int) function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private MethodHandle function(String name, FunctionDescriptor signature) {
    return Linker.nativeLinker().downcallHandle(library.find(name).orElseThrow(), signature);
  }
}
