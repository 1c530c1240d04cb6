package dev.lancewright.arrow;

import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.CStrings;
import dev.lancewright.internal.cdata.Metadata;
import dev.lancewright.internal.cdata.NativeMemory;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Creates ArrowSchema trees from schemas. */
final class SchemaExport {
  /** The estimated size of a struct, the pointer to it, and some text. */
  private static final long FIELD_BYTES = 2 * ArrowSchema.LAYOUT.byteSize();

  private final NativeMemory memory;
  private final ExportedTree tree;

  private SchemaExport(NativeMemory memory, ExportedTree tree) {
    this.memory = memory;
    this.tree = tree;
  }

  /** Fills {@code struct}, or leaves it untouched if an exception is thrown. */
  static void into(ArrowSchema struct, Schema schema) {
    NativeMemory memory = new NativeMemory((1 + schema.fields().size()) * FIELD_BYTES);
    ExportedTree tree = new ExportedTree(memory, () -> {});
    try {
      new SchemaExport(memory, tree).schema(struct, schema);
    } catch (Throwable e) {
      memory.free();
      throw e;
    }
  }

  /**
   * Checks that a schema can be exported.
   *
   * @throws IllegalArgumentException if it cannot; the message names the column
   */
  static void check(Schema schema) {
    try (Arena arena = Arena.ofConfined()) {
      ArrowSchema struct = new ArrowSchema(arena.allocate(ArrowSchema.LAYOUT));
      into(struct, schema);
      ExportedTree.release(struct);
    }
  }

  /** Fills a schema; the root comes last, since the consumer may release it once it is filled. */
  private void schema(ArrowSchema root, Schema schema) {
    int node = tree.open(root);
    MemorySegment children = children(schema.fields(), null);
    MemorySegment format = CStrings.write(Formats.STRUCT, memory);
    MemorySegment name = CStrings.write("", memory);
    MemorySegment metadata = Metadata.write(schema.metadata(), memory);
    tree.close(node);
    tree.publish();
    root.fill(format, name, metadata, 0, ExportStubs.RELEASE_SCHEMA, tree.privateData(node));
    root.setChildren(children);
  }

  private MemorySegment children(List<Field> fields, String path) {
    MemorySegment pointers = memory.pointers(fields.size());
    for (int i = 0; i < fields.size(); i++) {
      Field field = fields.get(i);
      String childPath = path == null ? field.name() : path + "." + field.name();
      pointers.setAtIndex(ValueLayout.ADDRESS, i, field(field, childPath).struct());
    }
    return pointers;
  }

  private ArrowSchema field(Field field, String path) {
    check(field, path);
    ArrowSchema schema = new ArrowSchema(memory.struct(ArrowSchema.LAYOUT));
    int node = tree.open(schema);
    schema.fill(
        CStrings.write(Formats.of(field.type()), memory),
        CStrings.write(field.name(), memory),
        Metadata.write(field.metadata(), memory),
        flags(field),
        ExportStubs.RELEASE_SCHEMA,
        tree.privateData(node));
    schema.setChildren(children(ArrayLayout.fields(field.type()), path));
    if (field.type() instanceof DataType.Dictionary dictionary) {
      Field values = Field.nullable("", dictionary.value());
      schema.setDictionary(field(values, path + ".dictionary"));
    }
    tree.close(node);
    return schema;
  }

  private static long flags(Field field) {
    long flags = field.nullable() ? ArrowSchema.NULLABLE : 0;
    if (field.type() instanceof DataType.Dictionary dictionary && dictionary.ordered()) {
      flags |= ArrowSchema.DICTIONARY_ORDERED;
    }
    if (field.type() instanceof DataType.MapOf map && map.keysSorted()) {
      flags |= ArrowSchema.MAP_KEYS_SORTED;
    }
    return flags;
  }

  private static void check(Field field, String path) {
    if (field.name().indexOf('\0') >= 0) {
      throw fail(field, path, "the name has a NUL, which ends text in C; rename the column");
    }
    switch (field.type()) {
      case DataType.Unsupported _ ->
          throw fail(
              field,
              path,
              "this type cannot be exported; leave the column out, or cast it to another");
      case DataType.Dictionary dictionary when !(dictionary.index() instanceof DataType.Int) ->
          throw fail(
              field,
              path,
              "the indices are of %s; they must be integers".formatted(dictionary.index()));
      case DataType.MapOf map when !ArrayLayout.isPair(map.entries().type()) ->
          throw fail(
              field,
              path,
              "the entries are of %s; they must be a struct of key and value"
                  .formatted(map.entries().type()));
      default -> {}
    }
  }

  private static IllegalArgumentException fail(Field field, String path, String problem) {
    return new IllegalArgumentException(
        "column '%s' (%s): %s".formatted(path, field.type(), problem));
  }
}
