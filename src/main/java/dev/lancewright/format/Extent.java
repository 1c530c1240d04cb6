package dev.lancewright.format;

/**
 * A range of bytes in a file.
 *
 * @param position the position of the first byte
 * @param size the number of bytes
 */
public record Extent(long position, long size) {
  /** Returns the position after the last byte. */
  public long end() {
    return position + size;
  }
}
