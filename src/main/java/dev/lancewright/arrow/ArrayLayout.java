package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.List;

/**
 * How arrays lie in memory, and the type of the column that they become.
 *
 * @param type of the column
 * @param children of a struct one for each field, otherwise one for items, entries or values, or
 *     none
 * @param converted whether the array, or one below it, must be copied into the form of its type
 */
record ArrayLayout(DataType type, Form form, List<ArrayLayout> children, boolean converted) {
  private static final int MAX_VIEW_BUFFERS = 1 << 20;

  /** What an array holds instead of what its type says. */
  enum Form {
    AS_TYPE(0),
    /** Strings or lists that lie anywhere, in any order. */
    VIEWS(0),
    DECIMAL32(4),
    DECIMAL64(8),
    RUN_ENDS16(2),
    RUN_ENDS32(4),
    RUN_ENDS64(8);

    private final int bytes;

    Form(int bytes) {
      this.bytes = bytes;
    }

    /** Of a decimal or a run end. */
    int bytes() {
      return bytes;
    }
  }

  static ArrayLayout of(DataType type, Form form, List<ArrayLayout> children) {
    boolean converted = form != Form.AS_TYPE || children.stream().anyMatch(ArrayLayout::converted);
    return new ArrayLayout(type, form, List.copyOf(children), converted);
  }

  /** Of arrays that lie as their type says, all the way down. */
  static ArrayLayout of(DataType type) {
    List<DataType> children =
        type instanceof DataType.Dictionary dictionary
            ? List.of(dictionary.value())
            : fields(type).stream().map(Field::type).toList();
    return of(type, Form.AS_TYPE, children.stream().map(ArrayLayout::of).toList());
  }

  /** The children that C structs of a type have; a dictionary is none of them. */
  static List<Field> fields(DataType type) {
    return switch (type) {
      case DataType.Struct struct -> struct.children();
      case DataType.ListOf list -> List.of(list.item());
      case DataType.MapOf map -> List.of(map.entries());
      case DataType.FixedSizeList list -> List.of(list.item());
      default -> List.of();
    };
  }

  /** Whether a type can be that of the entries of a map. */
  static boolean isPair(DataType type) {
    return type instanceof DataType.Struct pair && pair.children().size() == 2;
  }

  /** The only child. */
  ArrayLayout child() {
    return children.getFirst();
  }

  /** Children that the C struct of an array has; a dictionary is none of them. */
  int arrayChildren() {
    return switch (form) {
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> 2;
      default -> type instanceof DataType.Dictionary ? 0 : children.size();
    };
  }

  /** Buffers that an array has at least; validity is the first of them. */
  int leastBuffers() {
    return switch (form) {
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> 0;
      case DECIMAL32, DECIMAL64 -> 2;
      case VIEWS -> 3;
      case AS_TYPE ->
          switch (type) {
            case DataType.Null ignored -> 0;
            case DataType.Struct ignored -> 1;
            case DataType.FixedSizeList ignored -> 1;
            case DataType.VariableWidth ignored -> 3;
            default -> 2;
          };
    };
  }

  /**
   * Buffers that an array has at most: producers of before Arrow 1.0 give a null array one for
   * validity, and views of strings have as many as they like.
   */
  int mostBuffers() {
    return switch (type) {
      case DataType.Null ignored when form == Form.AS_TYPE -> 1;
      case DataType.VariableWidth ignored when form == Form.VIEWS -> MAX_VIEW_BUFFERS;
      default -> leastBuffers();
    };
  }

  /** The name that Arrow users know. */
  @Override
  public String toString() {
    return switch (form) {
      case AS_TYPE -> type.toString();
      case VIEWS ->
          type instanceof DataType.ListOf list
              ? (list.large() ? "large_list_view<" : "list_view<") + list.item().type() + ">"
              : type + "_view";
      case DECIMAL32, DECIMAL64 ->
          "decimal" + form.bytes * 8 + type.toString().substring("decimal128".length());
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 ->
          "run_end_encoded<int" + form.bytes * 8 + ", " + type + ">";
    };
  }
}
