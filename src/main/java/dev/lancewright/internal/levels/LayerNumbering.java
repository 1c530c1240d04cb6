package dev.lancewright.internal.levels;

import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.internal.proto.Encodings21Proto.RepDefLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * The layers of a page and the numbers of its definition levels. {@link LeafPath} numbers levels as
 * if nulls and empty lists were everywhere; a page has numbers for those that it needs, without
 * gaps. The reading side is {@link LayerCodes}.
 *
 * <p>Immutable.
 */
final class LayerNumbering {
  private final List<RepDefLayer> layers;
  private final byte[] numbers = new byte[LeafPath.MAX_CODE + 1];
  private final int maxNumber;

  /** The greatest number of a level that has a value slot. */
  private final int maxVisibleNumber;

  /** How many layers outside the innermost list are nullable items. */
  private final int outerNullableItems;

  /**
   * Numbers the levels of a page.
   *
   * @param used whether each definition level of the path occurs
   * @param bySchema whether item layers are nullable where the schema says so, nulls or not
   */
  LayerNumbering(LeafPath path, boolean[] used, boolean bySchema) {
    boolean[] nullable = nullable(path, used, bySchema);
    List<RepDefLayer> innermostFirst = new ArrayList<>();
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

  /** Returns, by node, whether its layer is nullable on this page. */
  private static boolean[] nullable(LeafPath path, boolean[] used, boolean bySchema) {
    // What lies below a null struct is null, too: readers check that a field which is declared
    // non-null has no null that its parent lacks. A list ends that, since it has no items there.
    // And where slots are not the leaf's, readers count the leaf's on pages whose layer is all
    // valid, when another page's is not. So there the schema decides, for all pages alike.
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
   * Whether a list must say that it may be empty, even if it never is: readers leave a list that is
   * all valid out when they count the lists between a level and the leaf, and from the second page
   * on lose their way in lists of lists that have no definition levels at all.
   */
  private static boolean mustBeEmptyable(LeafPath path, Node list) {
    return !list.equals(path.segments().getFirst().list());
  }

  private static RepDefLayer itemLayer(boolean nulls) {
    return nulls ? RepDefLayer.REPDEF_NULLABLE_ITEM : RepDefLayer.REPDEF_ALL_VALID_ITEM;
  }

  private static RepDefLayer listLayer(boolean nulls, boolean empties) {
    if (nulls) {
      return empties ? RepDefLayer.REPDEF_NULL_AND_EMPTY_LIST : RepDefLayer.REPDEF_NULLABLE_LIST;
    }
    return empties ? RepDefLayer.REPDEF_EMPTYABLE_LIST : RepDefLayer.REPDEF_ALL_VALID_LIST;
  }

  /** The layers, innermost first. */
  List<RepDefLayer> layers() {
    return layers;
  }

  /** The number of each definition level of the path, 0 if it has none; not to be changed. */
  byte[] numbers() {
    return numbers;
  }

  /** The greatest number, 0 if there are no definition levels. */
  int maxNumber() {
    return maxNumber;
  }

  /** Whether any of the levels that occur has another number than in the path. */
  boolean renumbers(boolean[] used) {
    for (int level = 1; level < numbers.length; level++) {
      if (used[level] && numbers[level] != level) {
        return true;
      }
    }
    return false;
  }

  /** Whether a layer outside the innermost list is a nullable item. */
  boolean hasOuterNullableItems() {
    return outerNullableItems > 0;
  }

  /**
   * Whether readers of full-zip and of constant pages take any of the levels that occur for that of
   * an entry with a value, though it has none.
   */
  boolean hasLevelsTakenForValues(boolean[] used) {
    // They count all nullable items, outside the innermost list too, and take levels up to that
    // count for visible. Numbers go from the inside out: the first ones are those of items inside
    // the innermost list, and for each item outside one more number behaves as if it were, too.
    for (int level = 1; level < numbers.length; level++) {
      int excess = numbers[level] - maxVisibleNumber;
      if (used[level] && excess > 0 && excess <= outerNullableItems) {
        return true;
      }
    }
    return false;
  }
}
