package dev.lancewright.internal.rows;

import dev.lancewright.column.Bitmap;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import java.util.List;

/**
 * Compares what the leaves of a field say about the lists and structs above them. {@link
 * RowAssembler} believes the first leaf and only counts the others.
 */
public final class SiblingCheck {
  private SiblingCheck() {}

  /**
   * A leaf that disagrees with the one before it.
   *
   * @param path the path of the leaf
   */
  public record Difference(String path, String problem) {}

  /**
   * The first difference.
   *
   * @param leaves the leaves of one field, in order, whose rows were assembled
   * @return null if they agree
   */
  public static Difference find(List<LeafRows> leaves) {
    for (int i = 1; i < leaves.size(); i++) {
      LeafRows first = leaves.get(i - 1);
      LeafRows second = leaves.get(i);
      String problem = compare(first, second);
      if (problem != null) {
        return new Difference(
            second.path().name(), problem + " are not those of '" + first.path().name() + "'");
      }
    }
    return null;
  }

  /** What of the second leaf is not the first's; null if nothing is. */
  private static String compare(LeafRows first, LeafRows second) {
    LevelAssembler a = first.assembler();
    LevelAssembler b = second.assembler();
    for (int i = 0; ; i++) {
      Node node = first.path().nodes().get(i);
      Node same = second.path().nodes().get(i);
      if (a.slots(node) != b.slots(same)
          || !sameBits(a.validity(node), b.validity(same), a.slots(node))) {
        return "its nulls at '" + pathOf(first, i) + "'";
      }
      if (node.kind() == Kind.LIST && a.offsets(node).mismatch(b.offsets(same)) >= 0) {
        return "its offsets at '" + pathOf(first, i) + "'";
      }
      // Here the ways part, at the latest at the leaf.
      if (node.child() != same.child()) {
        return null;
      }
    }
  }

  private static String pathOf(LeafRows leaf, int node) {
    List<String> names =
        leaf.path().fields().subList(0, node + 1).stream().map(field -> field.name()).toList();
    return String.join(".", names);
  }

  private static boolean sameBits(Bitmap a, Bitmap b, long count) {
    if (a == null || b == null) {
      return a == null && b == null;
    }
    for (long i = 0; i < count; i += Long.SIZE) {
      if (a.word(i) != b.word(i)) {
        return false;
      }
    }
    return true;
  }
}
