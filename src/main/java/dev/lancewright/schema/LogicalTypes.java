package dev.lancewright.schema;

import dev.lancewright.internal.Require;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The spelling of types in Lance files, such as {@code timestamp:us:UTC} or {@code
 * fixed_size_list:float:768}.
 *
 * <p>A nested type's spelling names only its kind; its children are fields of their own. A
 * fixed-size list of anything but structs is the exception: its item type is part of the spelling,
 * and the item's name, nullability and metadata are not stored.
 */
public final class LogicalTypes {
  /** The field metadata key of the Arrow extension type. */
  public static final String EXTENSION_NAME = "ARROW:extension:name";

  /**
   * The maximum nesting depth. No real schema is deeper; the bound keeps hostile files from
   * exhausting the stack.
   */
  public static final int MAX_DEPTH = 100;

  private static final String LANCE_JSON = "lance.json";
  private static final String BFLOAT16 = "lance.bfloat16";
  private static final String FIXED_SIZE_LIST = "fixed_size_list:";
  private static final String FIXED_SIZE_LIST_OF_STRUCT = "fixed_size_list:struct:";

  private static final Map<String, DataType> TYPES = typesWithoutParameters();
  private static final Map<DataType, String> NAMES =
      TYPES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private LogicalTypes() {}

  /**
   * Returns the spelling of a field's type, or of its extension type if Lance has a name for it.
   */
  public static String name(Field field) {
    boolean json =
        Require.nonNull(field, "field").type().equals(DataType.largeBinary())
            && hasExtension(field, LANCE_JSON);
    return json ? "json" : name(field.type());
  }

  /** Returns the spelling of a type, which for {@link DataType.Unsupported} is its name. */
  public static String name(DataType type) {
    return switch (Require.nonNull(type, "type")) {
      case DataType.Decimal t ->
          "decimal:%d:%d:%d".formatted(t.bitWidth(), t.precision(), t.scale());
      case DataType.Timestamp t ->
          "timestamp:" + t.unit().symbol() + ":" + (t.zone() == null ? "-" : t.zone());
      case DataType.FixedSizeBinary t -> "fixed_size_binary:" + t.byteWidth();
      case DataType.FixedSizeList t -> FIXED_SIZE_LIST + itemName(t.item()) + ":" + t.size();
      case DataType.ListOf t ->
          (t.large() ? "large_list" : "list")
              + (t.item().type() instanceof DataType.Struct ? ".struct" : "");
      case DataType.Struct _ -> "struct";
      case DataType.MapOf _ -> "map";
      // The last part says "ordered"; the reference has no such notion and writes false.
      case DataType.Dictionary t -> "dict:" + name(t.value()) + ":" + name(t.index()) + ":false";
      case DataType.Unsupported t -> t.name();
      case DataType.Null _,
          DataType.Bool _,
          DataType.Int _,
          DataType.FloatingPoint _,
          DataType.Date _,
          DataType.Time _,
          DataType.Duration _,
          DataType.Utf8 _,
          DataType.Binary _ ->
          NAMES.get(type);
    };
  }

  /**
   * Returns the type with the given spelling and children, or an {@link DataType.Unsupported} type
   * named by the spelling if that is unknown.
   *
   * @throws IllegalArgumentException if the number or the types of the children do not match the
   *     type
   */
  public static DataType parse(String name, List<Field> children) {
    Require.nonNull(children, "children");
    return switch (Require.nonNull(name, "name")) {
      case "struct" -> new DataType.Struct(children);
      case "list", "list.struct" -> DataType.list(onlyChild(children));
      case "large_list", "large_list.struct" -> DataType.largeList(onlyChild(children));
      case "map" -> new DataType.MapOf(onlyChild(children), false);
      default -> {
        // The prefix rules out most names; compiling the pattern costs more than reading the field.
        if (name.startsWith(FIXED_SIZE_LIST_OF_STRUCT)
            && name.matches(FIXED_SIZE_LIST_OF_STRUCT + "[0-9]{1,9}")) {
          int size = Integer.parseInt(name.substring(FIXED_SIZE_LIST_OF_STRUCT.length()));
          Field item = onlyChild(children);
          if (!(item.type() instanceof DataType.Struct)) {
            throw new IllegalArgumentException(
                "the child field is not a struct, but " + item.type());
          }
          yield DataType.fixedSizeList(item, size);
        }
        DataType type = parseLeaf(name);
        if (!children.isEmpty() && !(type instanceof DataType.Unsupported)) {
          throw new IllegalArgumentException(
              "the type has no child fields, but the field has " + children.size());
        }
        yield type;
      }
    };
  }

  /** Returns the children that are fields of their own in a file's schema, in order. */
  public static List<Field> children(DataType type) {
    return switch (Require.nonNull(type, "type")) {
      case DataType.Struct t -> t.children();
      case DataType.ListOf t -> List.of(t.item());
      case DataType.MapOf t -> List.of(t.entries());
      case DataType.FixedSizeList t when t.item().type() instanceof DataType.Struct ->
          List.of(t.item());
      default -> List.of();
    };
  }

  /**
   * Returns a field's metadata as seen by a reader: a type that implies an extension adds its name.
   */
  public static Map<String, String> metadata(String name, Map<String, String> stored) {
    Require.nonNull(stored, "stored");
    if (!Require.nonNull(name, "name").equals("json")) {
      return stored;
    }
    Map<String, String> metadata = new HashMap<>(stored);
    metadata.put(EXTENSION_NAME, LANCE_JSON);
    return metadata;
  }

  private static DataType parseLeaf(String name) {
    try {
      return parseLeaf(name, 0);
    } catch (IllegalArgumentException e) {
      return new DataType.Unsupported(name);
    }
  }

  private static DataType parseLeaf(String name, int depth) {
    DataType fixed = TYPES.get(name);
    if (fixed != null) {
      return fixed;
    }
    if (name.equals("json")) {
      return DataType.largeBinary();
    }
    if (name.startsWith(FIXED_SIZE_LIST) && depth < MAX_DEPTH) {
      int end = name.lastIndexOf(':');
      String item =
          name.substring(FIXED_SIZE_LIST.length(), Math.max(end, FIXED_SIZE_LIST.length()));
      int size = Integer.parseInt(name.substring(end + 1));
      return DataType.fixedSizeList(parseItem(item, depth + 1), size);
    }
    String[] parts = name.split(":", -1);
    return switch (parts[0] + "/" + parts.length) {
      case "decimal/4" ->
          new DataType.Decimal(
              Integer.parseInt(parts[1]), Integer.parseInt(parts[2]), Integer.parseInt(parts[3]));
      case "timestamp/3" ->
          new DataType.Timestamp(unit(parts[1]), parts[2].equals("-") ? null : parts[2]);
      case "fixed_size_binary/2" -> DataType.fixedSizeBinary(Integer.parseInt(parts[1]));
      case "dict/4" ->
          new DataType.Dictionary(
              parseLeaf(parts[2], depth), parseLeaf(parts[1], depth), parts[3].equals("true"));
      default -> throw new IllegalArgumentException("unknown type");
    };
  }

  private static Field parseItem(String name, int depth) {
    if (name.equals(BFLOAT16)) {
      return new Field("item", DataType.fixedSizeBinary(2), true, Map.of(EXTENSION_NAME, BFLOAT16));
    }
    return Field.nullable("item", parseLeaf(name, depth));
  }

  private static String itemName(Field item) {
    boolean bfloat16 =
        item.type().equals(DataType.fixedSizeBinary(2)) && hasExtension(item, BFLOAT16);
    return bfloat16 ? BFLOAT16 : name(item.type());
  }

  private static boolean hasExtension(Field field, String name) {
    return name.equals(field.metadata().get(EXTENSION_NAME));
  }

  private static Field onlyChild(List<Field> children) {
    if (children.size() != 1) {
      throw new IllegalArgumentException(
          "the type has one child field, but the field has " + children.size());
    }
    return children.getFirst();
  }

  private static TimeUnit unit(String symbol) {
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.symbol().equals(symbol)) {
        return unit;
      }
    }
    throw new IllegalArgumentException("unknown time unit");
  }

  private static Map<String, DataType> typesWithoutParameters() {
    Map<String, DataType> types = new HashMap<>();
    types.put("null", DataType.nullType());
    types.put("bool", DataType.bool());
    for (int bits = 8; bits <= 64; bits *= 2) {
      types.put("int" + bits, new DataType.Int(bits, true));
      types.put("uint" + bits, new DataType.Int(bits, false));
    }
    types.put("halffloat", DataType.float16());
    types.put("float", DataType.float32());
    types.put("double", DataType.float64());
    types.put("string", DataType.utf8());
    types.put("large_string", DataType.largeUtf8());
    types.put("binary", DataType.binary());
    types.put("large_binary", DataType.largeBinary());
    types.put("date32:day", DataType.date32());
    types.put("date64:ms", DataType.date64());
    for (TimeUnit unit : TimeUnit.values()) {
      DataType.Time time = new DataType.Time(unit);
      types.put("time" + time.bitWidth() + ":" + unit.symbol(), time);
      types.put("duration:" + unit.symbol(), DataType.duration(unit));
    }
    return Map.copyOf(types);
  }
}
