package dev.lancewright.arrow;

import dev.lancewright.internal.Require;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The columns that arrays become, and how the arrays lie in memory. The two differ for types that a
 * Lance file does not have and that convert without loss: views of strings and lists, run ends, and
 * decimals of 32 and 64 bits. Immutable.
 */
public final class ImportSchema {
  private final Schema schema;
  private final ArrayLayout layout;

  /**
   * @param layouts one for each field
   */
  ImportSchema(Schema schema, List<ArrayLayout> layouts) {
    this.schema = schema;
    layout =
        ArrayLayout.of(new DataType.Struct(schema.fields()), ArrayLayout.Form.AS_TYPE, layouts);
  }

  /**
   * The schema of a batch: the struct at {@code address} describes a struct type whose children are
   * the columns. It is only borrowed: whoever owns it still has to {@link ArrowSchemas#release} it.
   *
   * @param address of a {@code struct ArrowSchema}
   * @throws IllegalArgumentException if the schema is malformed, was released, or has two columns
   *     of one name; the message names the column
   */
  public static ImportSchema read(long address) {
    return SchemaImport.schema(MemorySegment.ofAddress(address));
  }

  /** Of arrays that all lie in memory as the types of {@code schema} say. */
  public static ImportSchema of(Schema schema) {
    return new ImportSchema(
        Require.nonNull(schema, "schema"),
        schema.fields().stream().map(Field::type).map(ArrayLayout::of).toList());
  }

  /** The columns, with the types that they have once converted. */
  public Schema schema() {
    return schema;
  }

  /** The layout of a batch: a struct of all columns. */
  ArrayLayout layout() {
    return layout;
  }
}
