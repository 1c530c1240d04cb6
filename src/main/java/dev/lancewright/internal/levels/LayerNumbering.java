package dev.lancewright.internal.levels;

import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a page and the numbers of its definition levels. {@link LeafPath} numbers levels as
 * if every node could be null and every list empty; a page numbers only the levels that it needs,
 * without gaps. The reading counterpart is {@link LayerCodes}.
 *
 * <p>Immutable.
 */
final class LayerNumbering {
  private final List<Layer> layers;
  private final byte[] numbers = new byte[LeafPath.MAX_CODE + 1];
  private final int maxNumber;

  /** The maximum number of a level with a value slot. */
  private final int maxVisibleNumber;

  /** The number of nullable item layers outside the innermost list. */
  private final int outerNullableItems;

  /**
   * Numbers the levels of a page.
   *
   * @param used whether each definition level of the path occurs
   * @param bySchema whether item layers are nullable according to the schema, even without nulls
   */
  LayerNumbering(LeafPath path, boolean[] used, boolean bySchema) {
    boolean[] nullable = nullable(path, used, bySchema);
    List<Layer> innermostFirst = new ArrayList<>();
    int next = 1;
    int visible = 0;
    int outerNullable = 0;
    for (Node node : path.nodes().reversed()) {
      boolean nulls = nullable[node.index()];
      if (nulls) {
        numbers[node.code()] = (byte) next++;
      }
      if (node.kind() == Kind.LIST) {
        boolean empties = used[node.emptyCode()] || mustBeEmptyable(path, node);
        if (empties) {
          numbers[node.emptyCode()] = (byte) next++;
        }
        innermostFirst.add(listLayer(nulls, empties));
      } else {
        innermostFirst.add(itemLayer(nulls));
        if (node.code() <= path.maxVisibleCode()) {
          visible = next - 1;
        } else {
          outerNullable += nulls ? 1 : 0;
        }
      }
    }
    this.layers = List.copyOf(innermostFirst);
    this.maxNumber = next - 1;
    this.maxVisibleNumber = visible;
    this.outerNullableItems = outerNullable;
  }

  /** Returns for each node whether its layer is nullable on this page. */
  private static boolean[] nullable(LeafPath path, boolean[] used, boolean bySchema) {
    // Nodes below a null struct are null, too: readers check that a field declared non-null has no
    // null that its parent lacks. A list ends that, since it has no items there. For a node with
    // other slots than the leaf, readers count the leaf's slots on pages where its layer is all
    // valid, if it is not on another page. For those nodes the schema decides, for all pages alike.
    boolean[] nullable = new boolean[path.nodes().size()];
    boolean nullAbove = false;
    for (Node node : path.nodes()) {
      nullAbove |= used[node.code()];
      boolean declared = node.kind() != Kind.LIST && (bySchema || path.isOutside(node));
      nullable[node.index()] = nullAbove || (declared && node.nullable());
      nullAbove &= node.kind() != Kind.LIST;
    }
    return nullable;
  }

  /**
   * Returns whether a list must be declared as possibly empty, even if it never is. Readers omit an
   * all-valid list when they count the lists between a level and the leaf, and fail from the second
   * page on for lists of lists without any definition levels.
   */
  private static boolean mustBeEmptyable(LeafPath path, Node list) {
    return !list.equals(path.segments().getFirst().list());
  }

  private static Layer itemLayer(boolean nulls) {
    return nulls ? Layer.NULLABLE_ITEM : Layer.ALL_VALID_ITEM;
  }

  private static Layer listLayer(boolean nulls, boolean empties) {
    if (nulls) {
      return empties ? Layer.NULL_AND_EMPTY_LIST : Layer.NULLABLE_LIST;
    }
    return empties ? Layer.EMPTYABLE_LIST : Layer.ALL_VALID_LIST;
  }

  /** Returns the layers, innermost first. */
  List<Layer> layers() {
    return layers;
  }

  /**
   * Returns the number of each definition level of the path, or 0 if it has none; must not be
   * modified.
   */
  byte[] numbers() {
    return numbers;
  }

  /** Returns the maximum number, or 0 if there are no definition levels. */
  int maxNumber() {
    return maxNumber;
  }

  /** Returns whether any level that occurs has a different number than in the path. */
  boolean renumbers(boolean[] used) {
    for (int level = 1; level < numbers.length; level++) {
      if (used[level] && numbers[level] != level) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a layer outside the innermost list is a nullable item. */
  boolean hasOuterNullableItems() {
    return outerNullableItems > 0;
  }

  /**
   * Returns whether readers of full-zip and constant pages mistake any level that occurs for one
   * with a value slot.
   */
  boolean hasLevelsTakenForValues(boolean[] used) {
    // They count all nullable item layers, including those outside the innermost list, and treat
    // levels up to that count as visible. Numbers ascend from the inside out: the first ones belong
    // to items inside the innermost list, and for each outer item layer one more number is treated
    // like them.
    for (int level = 1; level < numbers.length; level++) {
      int excess = numbers[level] - maxVisibleNumber;
      if (used[level] && excess > 0 && excess <= outerNullableItems) {
        return true;
      }
    }
    return false;
  }
}
