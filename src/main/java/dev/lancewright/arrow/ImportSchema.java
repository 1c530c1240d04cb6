package dev.lancewright.arrow;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The columns that arrays become, and the memory layout of the arrays. The two differ for types
 * that a Lance file does not have but that convert without loss: string and list views, run-end
 * encoded values, and decimals of 32 and 64 bits. Immutable.
 */
public final class ImportSchema {
  private final Schema schema;
  private final ArrayLayout layout;

  /**
   * Creates an import schema.
   *
   * @param layouts the layouts, one for each field
   */
  ImportSchema(Schema schema, List<ArrayLayout> layouts) {
    this.schema = schema;
    layout =
        ArrayLayout.of(new DataType.Struct(schema.fields()), ArrayLayout.Form.AS_TYPE, layouts);
  }

  /**
   * Reads the schema of a batch: the struct at {@code address} describes a struct type whose
   * children are the columns. The struct is only borrowed: its owner must still {@link
   * ArrowSchemas#release} it.
   *
   * @param address the address of a {@code struct ArrowSchema}
   * @throws IllegalArgumentException if the schema is malformed, was released, or has two columns
   *     of the same name; the message names the column
   */
  public static ImportSchema read(long address) {
    return SchemaImport.schema(MemorySegment.ofAddress(address));
  }

  /**
   * Returns an import schema for arrays that all have the memory layout of the types in {@code
   * schema}.
   */
  public static ImportSchema of(Schema schema) {
    return new ImportSchema(
        Require.nonNull(schema, "schema"),
        schema.fields().stream().map(Field::type).map(ArrayLayout::of).toList());
  }

  /** Returns the columns, with their types after conversion. */
  public Schema schema() {
    return schema;
  }

  /** Returns the layout of a batch, a struct of all columns. */
  ArrayLayout layout() {
    return layout;
  }
}
