package dev.lancewright.builder;

import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;

/**
 * Builds a column of text: utf8 or large_utf8. Bytes are appended as they are; they are checked to
 * be valid UTF-8 when the batch is written.
 */
public final class Utf8Builder extends VariableWidthBuilder {
  Utf8Builder(String name, Field field, DataType.VariableWidth type, PagePool pool) {
    super(name, field, type, pool);
  }

  /**
   * Appends text.
   *
   * @throws IllegalArgumentException if it has an unpaired surrogate
   */
  public void append(String text) {
    requireValue(text);
    long bytes = Utf8.byteLength(text);
    if (bytes < 0) {
      throw new IllegalArgumentException(
          "%s: there is an unpaired surrogate at index %d of the text; it has no UTF-8 form"
              .formatted(where(), ~bytes));
    }
    appendText(text, bytes);
  }

  @Override
  String accessor() {
    return "strings";
  }
}
