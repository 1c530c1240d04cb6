import dev.lancewright.LanceReader;
import dev.lancewright.ffi.NativeApi;
import java.nio.file.Path;

/** Java that calls native code, which writes a file. */
class Example {
  /**
   * Hands the functions to native code.
   *
   * @param table the address that {@code lw_start_with_table} takes
   */
  private static native void start(long table);

  private static native long write(String path);

  public static void main(String[] arguments) throws Exception {
    System.load(arguments[0]);
    start(NativeApi.table(NativeApi.ABI_VERSION));
    long rows = write(arguments[1]);
    try (LanceReader reader = LanceReader.open(Path.of(arguments[1]))) {
      if (reader.rows() != rows) {
        throw new AssertionError("%d rows, not %d".formatted(reader.rows(), rows));
      }
    }
    System.out.println("JNI: %d rows".formatted(rows));
  }
}
