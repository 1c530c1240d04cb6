package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import java.io.IOException;

/**
 * The values of a page's dictionary, in one buffer: fixed widths as they are, byte strings behind
 * their offsets.
 *
 * <pre>
 * byte strings:  bits of an offset | where the bytes start | n + 1 offsets, from 0 | bytes
 *                all but the bytes in the width of an offset
 * </pre>
 */
public final class DictionaryBlock {
  private DictionaryBlock() {}

  /** How the values are described in the page's layout. */
  public static CompressiveEncoding encoding(Column values) {
    return switch (values) {
      case FixedWidthColumn fixed -> Encodings.flat(fixed.type().bitWidth());
      case VariableWidthColumn variable -> Encodings.variable(variable.type().offsetWidth() * 8);
      default -> throw new IllegalArgumentException(values.type() + " has no dictionaries");
    };
  }

  /** Puts out the buffer. */
  public static void write(Column values, StagedOutput output) throws IOException {
    switch (values) {
      case FixedWidthColumn fixed ->
          output.put(fixed.values(), 0, fixed.length() * fixed.type().byteWidth());
      case VariableWidthColumn variable -> writeStrings(variable, output);
      default -> throw new IllegalArgumentException(values.type() + " has no dictionaries");
    }
  }

  private static void writeStrings(VariableWidthColumn values, StagedOutput output)
      throws IOException {
    int width = values.type().offsetWidth();
    long first = values.offset(0);
    put(width * 8L, width, output);
    put(width * (values.length() + 3), width, output);
    for (long i = 0; i <= values.length(); i++) {
      put(values.offset(i) - first, width, output);
    }
    output.put(values.data(), first, values.offset(values.length()) - first);
  }

  private static void put(long number, int width, StagedOutput output) throws IOException {
    if (width == 8) {
      output.putLong(number);
    } else {
      output.putInt((int) number);
    }
  }
}
