package dev.lancewright.cli.compare;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.util.List;

/**
 * Finds the first difference of two schemas in names and types. Nullability, metadata and the names
 * of list items do not matter.
 */
public final class SchemaDifference {
  private SchemaDifference() {}

  /**
   * Describes the first difference between a file's schema and an input's, or returns null if there
   * is none.
   */
  public static String find(Schema file, Schema input) {
    return findFields("", file.fields(), input.fields());
  }

  private static String findFields(String prefix, List<Field> file, List<Field> input) {
    for (int i = 0; i < Math.max(file.size(), input.size()); i++) {
      String inFile = i < file.size() ? file.get(i).name() : null;
      String inInput = i < input.size() ? input.get(i).name() : null;
      if (inFile == null || !inFile.equals(inInput)) {
        return "column %d%s is %s in the file, but %s in the input"
            .formatted(
                i + 1,
                prefix.isEmpty() ? "" : " of '" + prefix.substring(0, prefix.length() - 1) + "'",
                inFile == null ? "missing" : "'" + inFile + "'",
                inInput == null ? "missing" : "'" + inInput + "'");
      }
      String below = findType(prefix + inFile, file.get(i).type(), input.get(i).type());
      if (below != null) {
        return below;
      }
    }
    return null;
  }

  private static String findType(String path, DataType file, DataType input) {
    if (file instanceof DataType.Struct a && input instanceof DataType.Struct b) {
      return findFields(path + ".", a.children(), b.children());
    }
    Field fileItem = item(file);
    Field inputItem = item(input);
    if (fileItem != null && inputItem != null && kind(file).equals(kind(input))) {
      return findType(path + "." + fileItem.name(), fileItem.type(), inputItem.type());
    }
    return file.equals(input)
        ? null
        : "column '%s' is %s in the file, but %s in the input".formatted(path, file, input);
  }

  private static Field item(DataType type) {
    return switch (type) {
      case DataType.ListOf list -> list.item();
      case DataType.FixedSizeList list -> list.item();
      case DataType.MapOf map -> map.entries();
      default -> null;
    };
  }

  private static String kind(DataType type) {
    return switch (type) {
      case DataType.ListOf list -> "list " + list.large();
      case DataType.FixedSizeList list -> "fixed " + list.size();
      default -> "map";
    };
  }
}
