package dev.lancewright.internal.levels;

import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The path from a field of a schema down to one of its leaves, which owns a column of the file,
 * with each node's definition levels for a null and an empty list.
 *
 * <p>Lists divide the path into segments: all nodes of a segment have the same slots, one for each
 * item of the list above. Levels are numbered here as if every node could be null and every list
 * empty; {@link LayerNumbering} omits the numbers that a page does not need.
 */
public final class LeafPath {
  public static final int MAX_CODE = LevelBytes.MAX;

  public enum Kind {
    STRUCT,
    /** A fixed-size list of structs; any other fixed-size list is a leaf. */
    FIXED_SIZE_LIST,
    LIST,
    LEAF
  }

  /**
   * A field on the path to the leaf, or the leaf itself.
   *
   * @param kind the kind of the node
   * @param index the position of the node on the path
   * @param child for a struct, the index of the child that comes next on the path
   * @param code the definition level of a null; the next one is that of an empty list
   * @param nullable whether the schema allows nulls here, including those of a struct above
   * @param slotsPerRow the number of slots for each row, which is more than one below fixed-size
   *     lists of structs
   */
  public record Node(Kind kind, int index, int child, int code, boolean nullable, int slotsPerRow) {
    public int emptyCode() {
      return code + 1;
    }
  }

  /**
   * Consecutive nodes with the same slots, and the list that ends them.
   *
   * @param items the nodes that can be null without ending a list, outermost first
   * @param list the list that ends the segment; null for the last segment, which ends with the leaf
   */
  public record Segment(List<Node> items, Node list) {
    public Segment {
      items = List.copyOf(items);
    }
  }

  private final String name;
  private final List<Field> fields;
  private final List<Node> nodes;
  private final List<Segment> segments;

  private LeafPath(String name, List<Field> fields, List<Node> nodes) {
    this.name = name;
    this.fields = List.copyOf(fields);
    this.nodes = List.copyOf(nodes);
    this.segments = segments(nodes);
  }

  /**
   * Returns the paths to all leaves of a field, in the order of the file's columns.
   *
   * @throws IllegalArgumentException if the field is nested too deeply
   */
  public static List<LeafPath> of(Field field) {
    List<LeafPath> paths = new ArrayList<>();
    descend(List.of(field), List.of(), 1, paths);
    return paths;
  }

  /** Returns the path of a flat column. */
  public static LeafPath flat(Field field) {
    return of(field).getFirst();
  }

  /**
   * A node whose definition level is not known yet: levels are assigned once the leaf is reached.
   */
  private record Step(Kind kind, int child, boolean nullable, int slotsPerRow) {
    /** Returns whether a null of this node makes the next one null. */
    boolean passesNulls() {
      return nullable && kind != Kind.LIST;
    }
  }

  private static void descend(
      List<Field> fields, List<Step> above, int slotsPerRow, List<LeafPath> paths) {
    Field field = fields.getLast();
    boolean nullable = field.nullable() || (!above.isEmpty() && above.getLast().passesNulls());
    switch (field.type()) {
      case DataType.Struct struct when !field.isPacked() -> {
        for (int i = 0; i < struct.children().size(); i++) {
          List<Step> steps = plus(above, new Step(Kind.STRUCT, i, nullable, slotsPerRow));
          descendTo(fields, struct.children().get(i), steps, slotsPerRow, paths);
        }
      }
      case DataType.ListOf list -> {
        List<Step> steps = plus(above, new Step(Kind.LIST, 0, nullable, slotsPerRow));
        descendTo(fields, list.item(), steps, slotsPerRow, paths);
      }
      case DataType.MapOf map -> {
        List<Step> steps = plus(above, new Step(Kind.LIST, 0, nullable, slotsPerRow));
        descendTo(fields, map.entries(), steps, slotsPerRow, paths);
      }
      case DataType.FixedSizeList list when list.item().type() instanceof DataType.Struct -> {
        List<Step> steps = plus(above, new Step(Kind.FIXED_SIZE_LIST, 0, nullable, slotsPerRow));
        int slots = Math.multiplyExact(slotsPerRow, list.size());
        descendTo(fields, list.item(), steps, slots, paths);
      }
      default -> {
        List<Step> steps = plus(above, new Step(Kind.LEAF, 0, nullable, slotsPerRow));
        String name = name(fields);
        paths.add(new LeafPath(name, fields, nodes(name, steps)));
      }
    }
  }

  private static void descendTo(
      List<Field> fields, Field child, List<Step> above, int slotsPerRow, List<LeafPath> paths) {
    descend(plus(fields, child), above, slotsPerRow, paths);
  }

  private static String name(List<Field> fields) {
    return fields.size() == 1
        ? fields.getFirst().name()
        : fields.stream().map(Field::name).collect(Collectors.joining("."));
  }

  private static <T> List<T> plus(List<T> above, T next) {
    List<T> longer = new ArrayList<>(above.size() + 1);
    longer.addAll(above);
    longer.add(next);
    return longer;
  }

  private static List<Node> nodes(String name, List<Step> steps) {
    List<Node> innermostFirst = new ArrayList<>(steps.size());
    int code = 1;
    for (int i = steps.size() - 1; i >= 0; i--) {
      Step step = steps.get(i);
      innermostFirst.add(new Node(step.kind, i, step.child, code, step.nullable, step.slotsPerRow));
      code += step.kind == Kind.LIST ? 2 : 1;
    }
    if (code - 1 > MAX_CODE) {
      throw new IllegalArgumentException(
          "column '%s' is nested too deep: it needs %d definition levels, %d is the limit"
              .formatted(name, code - 1, MAX_CODE));
    }
    return innermostFirst.reversed();
  }

  private static List<Segment> segments(List<Node> nodes) {
    List<Segment> segments = new ArrayList<>(1);
    List<Node> items = new ArrayList<>(nodes.size());
    for (Node node : nodes) {
      if (node.kind == Kind.LIST) {
        segments.add(new Segment(items, node));
        items = new ArrayList<>();
      } else {
        items.add(node);
      }
    }
    segments.add(new Segment(items, null));
    return List.copyOf(segments);
  }

  /** Returns the names from the field down, joined by dots. */
  public String name() {
    return name;
  }

  /** Returns the fields from the outermost down to the leaf. */
  public List<Field> fields() {
    return fields;
  }

  public Field leaf() {
    return fields.getLast();
  }

  /** Returns the nodes, outermost first, ending with the leaf. */
  public List<Node> nodes() {
    return nodes;
  }

  /** Returns the segments, outermost first, one more than there are lists. */
  public List<Segment> segments() {
    return segments;
  }

  /**
   * Returns the number of lists on the path, which is the repetition level of a row's first value.
   */
  public int lists() {
    return segments.size() - 1;
  }

  /** Returns whether the path has levels besides those of the leaf's validity. */
  public boolean isNested() {
    return nodes.size() > 1;
  }

  /**
   * Returns the number of leaf slots for each row if there are no lists: the product of the fixed
   * sizes on the path.
   */
  public int slotsPerRow() {
    return nodes.getLast().slotsPerRow();
  }

  /** Returns whether a node other than a list has different slots than the leaf. */
  boolean isOutside(Node node) {
    return node.index() < segments.getLast().items().getFirst().index()
        || node.slotsPerRow() < slotsPerRow();
  }

  /**
   * Returns the maximum definition level of an entry with a value slot, which includes nulls inside
   * the innermost list.
   */
  public int maxVisibleCode() {
    return segments.getLast().items().getFirst().code();
  }
}
