package dev.lancewright.format;

/** Constants of the Lance v2 container, the same in every version of the format. */
public final class Container {
  /** The alignment of buffers in bytes: every buffer starts at a multiple of it. */
  public static final int ALIGNMENT = 64;

  /** The padding byte between buffers. */
  public static final byte PADDING = 72;

  /** The size of the footer at the end of a file in bytes. */
  public static final int FOOTER_BYTES = 40;

  /** The last four bytes of a file, {@code LANC}, read as a little-endian integer. */
  public static final int MAGIC = 0x434E414C;

  private Container() {}

  /** Returns the number of bytes from {@code size} to the next multiple of {@link #ALIGNMENT}. */
  public static int paddingAfter(long size) {
    return (int) (-size & (ALIGNMENT - 1));
  }
}
