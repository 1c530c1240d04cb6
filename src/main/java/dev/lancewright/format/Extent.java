package dev.lancewright.format;

/**
 * A run of bytes in a file.
 *
 * @param position of the first byte
 * @param size in bytes
 */
public record Extent(long position, long size) {
  /** The position behind the last byte. */
  public long end() {
    return position + size;
  }
}
