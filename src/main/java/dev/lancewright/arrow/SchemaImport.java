package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads one node of an ArrowSchema tree. */
final class SchemaImport {
  private static final int MAX_FORMAT_BYTES = 1 << 10;
  private static final int MAX_NAME_BYTES = 1 << 16;
  private static final int MAX_CHILDREN = 1 << 20;
  private static final int MAX_DEPTH = 64;

  private final ArrowSchema node;
  private final String path;
  private final int depth;
  private final String format;

  /**
   * @param path names from the top-level column down, joined by dots; empty for the schema itself
   */
  private SchemaImport(ArrowSchema node, String path, int depth) {
    this.node = node;
    this.path = path;
    this.depth = depth;
    if (Structs.isNull(node.format())) {
      throw fail("the format is NULL; every type has one");
    }
    if (depth > MAX_DEPTH) {
      throw fail("types are nested deeper than " + MAX_DEPTH + " levels; flatten the type");
    }
    format = CStrings.read(node.format(), MAX_FORMAT_BYTES, where() + ": the format");
  }

  /**
   * The schema whose columns are the children of the struct at {@code address}.
   *
   * @throws IllegalArgumentException if it is malformed or released, naming the column
   */
  static Schema schema(MemorySegment address) {
    ArrowSchema struct = ArrowSchema.liveAt(address, "the schema");
    SchemaImport root = new SchemaImport(struct, "", 0);
    if (!root.format.equals("+s")) {
      throw root.fail(
          "the format is '%s'; that of a batch is '+s', a struct".formatted(root.format));
    }
    return new Schema(root.children(), Metadata.read(struct.metadata(), root.where()));
  }

  private List<Field> children() {
    if (node.childCount() < 0 || node.childCount() > MAX_CHILDREN) {
      throw fail(
          "n_children is %d; it must be from 0 to %d".formatted(node.childCount(), MAX_CHILDREN));
    }
    int count = (int) node.childCount();
    if (count > 0 && Structs.isNull(node.children())) {
      throw fail("n_children is " + count + ", but children is NULL");
    }
    List<Field> children = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      children.add(child(i));
    }
    return children;
  }

  private Field child(int index) {
    String what = "%s: child %d".formatted(where(), index);
    ArrowSchema child = ArrowSchema.liveAt(Structs.element(node.children(), index), what);
    String name =
        Structs.isNull(child.name())
            ? ""
            : CStrings.read(child.name(), MAX_NAME_BYTES, what + ": the name");
    SchemaImport below = new SchemaImport(child, depth == 0 ? name : path + "." + name, depth + 1);
    return new Field(
        name,
        below.type(),
        child.hasFlag(ArrowSchema.NULLABLE),
        Metadata.read(child.metadata(), below.where()));
  }

  private DataType type() {
    DataType type = typeOfFormat();
    if (Structs.isNull(node.dictionary())) {
      return type;
    }
    if (!(type instanceof DataType.Int)) {
      throw fail("the indices of the dictionary are of %s; they must be integers".formatted(type));
    }
    ArrowSchema dictionary = ArrowSchema.liveAt(node.dictionary(), where() + ": the dictionary");
    return new DataType.Dictionary(
        type,
        new SchemaImport(dictionary, path, depth + 1).type(),
        node.hasFlag(ArrowSchema.DICTIONARY_ORDERED));
  }

  private DataType typeOfFormat() {
    return switch (format) {
      case "+s" -> new DataType.Struct(children());
      case "+l" -> new DataType.ListOf(onlyChild(), false);
      case "+L" -> new DataType.ListOf(onlyChild(), true);
      case "+m" -> new DataType.MapOf(entries(), node.hasFlag(ArrowSchema.MAP_KEYS_SORTED));
      default -> format.startsWith("+w") ? fixedSizeList() : leaf();
    };
  }

  private Field onlyChild() {
    checkChildCount(1);
    return children().getFirst();
  }

  private Field entries() {
    Field entries = onlyChild();
    if (!(entries.type() instanceof DataType.Struct pair) || pair.children().size() != 2) {
      throw fail(
          "the entries of the map are of %s; they must be a struct of key and value"
              .formatted(entries.type()));
    }
    return entries;
  }

  private DataType fixedSizeList() {
    Field item = onlyChild();
    return parse(() -> new DataType.FixedSizeList(item, Formats.parameter(format, "+w:")));
  }

  private DataType leaf() {
    DataType type = parse(() -> Formats.parse(format));
    if (!(type instanceof DataType.Unsupported)) {
      checkChildCount(0);
    }
    return type;
  }

  private DataType parse(Supplier<DataType> parser) {
    try {
      return parser.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: the format '%s' is malformed: %s".formatted(where(), format, e.getMessage()), e);
    }
  }

  private void checkChildCount(int expected) {
    if (node.childCount() != expected) {
      throw fail(
          "n_children is %d; for the format '%s' it must be %d"
              .formatted(node.childCount(), format, expected));
    }
  }

  private String where() {
    return depth == 0 ? "the schema" : "column '" + path + "'";
  }

  private IllegalArgumentException fail(String problem) {
    return new IllegalArgumentException(where() + ": " + problem);
  }
}
