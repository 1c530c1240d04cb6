package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.List;

/**
 * The memory layout of arrays, and the type of the column that they become.
 *
 * @param type the type of the column
 * @param form the form of the arrays' values
 * @param children the layouts of the children: one for each field of a struct, one for items,
 *     entries or values, or none
 * @param converted whether the array, or one below it, must be converted to the layout of its type
 */
record ArrayLayout(DataType type, Form form, List<ArrayLayout> children, boolean converted) {
  private static final int MAX_VIEW_BUFFERS = 1 << 20;

  /** The form of an array's values. */
  enum Form {
    AS_TYPE(0),
    /** Strings or lists at arbitrary positions, in any order. */
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

    /** Returns the size of a decimal or a run end in bytes. */
    int bytes() {
      return bytes;
    }
  }

  static ArrayLayout of(DataType type, Form form, List<ArrayLayout> children) {
    boolean converted = form != Form.AS_TYPE || children.stream().anyMatch(ArrayLayout::converted);
    return new ArrayLayout(type, form, List.copyOf(children), converted);
  }

  /** Returns the layout of arrays that have the form of their type, at all levels. */
  static ArrayLayout of(DataType type) {
    List<DataType> children =
        type instanceof DataType.Dictionary dictionary
            ? List.of(dictionary.value())
            : fields(type).stream().map(Field::type).toList();
    return of(type, Form.AS_TYPE, children.stream().map(ArrayLayout::of).toList());
  }

  /** Returns the children of a type's C structs, among which a dictionary is not counted. */
  static List<Field> fields(DataType type) {
    return switch (type) {
      case DataType.Struct struct -> struct.children();
      case DataType.ListOf list -> List.of(list.item());
      case DataType.MapOf map -> List.of(map.entries());
      case DataType.FixedSizeList list -> List.of(list.item());
      default -> List.of();
    };
  }

  /** Returns whether a type can be the type of a map's entries. */
  static boolean isPair(DataType type) {
    return type instanceof DataType.Struct pair && pair.children().size() == 2;
  }

  /** Returns the only child. */
  ArrayLayout child() {
    return children.getFirst();
  }

  /** Returns the number of children of an array's C struct, not counting a dictionary. */
  int arrayChildren() {
    return switch (form) {
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> 2;
      default -> type instanceof DataType.Dictionary ? 0 : children.size();
    };
  }

  /** Returns the minimum number of buffers of an array, of which validity is the first. */
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
   * Returns the maximum number of buffers of an array: producers before Arrow 1.0 give a null array
   * a validity buffer, and string views may have any number of buffers.
   */
  int mostBuffers() {
    return switch (type) {
      case DataType.Null ignored when form == Form.AS_TYPE -> 1;
      case DataType.VariableWidth ignored when form == Form.VIEWS -> MAX_VIEW_BUFFERS;
      default -> leastBuffers();
    };
  }

  /** Returns the name that Arrow users know. */
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
