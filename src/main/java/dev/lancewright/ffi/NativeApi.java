package dev.lancewright.ffi;

/**
 * The functions of this library as pointers that C code calls, from any thread.
 *
 * <p>{@code lw_start} finds this class itself. Java code that calls native code passes on what
 * {@link #table} returns, and the native code gives it to {@code lw_start_with_table}.
 */
public final class NativeApi {
  /** The version of the interface in {@code lancewright.h}, {@code LW_ABI_VERSION}. */
  public static final int ABI_VERSION = 1;

  private NativeApi() {}

  /**
   * Returns the address of the table of functions, which is valid until the JVM ends. Its content
   * is known to {@code lancewright.c} alone.
   *
   * @param abiVersion the {@code LW_ABI_VERSION} of the caller
   * @throws IllegalArgumentException if this is not {@link #ABI_VERSION}
   */
  public static long table(int abiVersion) {
    if (abiVersion != ABI_VERSION) {
      throw new IllegalArgumentException(
          "the caller has version %d of the C interface, lancewright.jar has version %d; use those of one release"
              .formatted(abiVersion, ABI_VERSION));
    }
    return FunctionTable.ADDRESS;
  }
}
