package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;

/**
 * Strings to be stored one by one.
 *
 * @param column the strings, or what they are in codes or compressed
 * @param encoding how the column's bytes came about
 */
public record Zipped(VariableWidthColumn column, CompressiveEncoding encoding) {
  /** Strings as they are. */
  public static Zipped plain(VariableWidthColumn column) {
    return new Zipped(column, Encodings.variable(column.type().offsetWidth() * Byte.SIZE));
  }
}
