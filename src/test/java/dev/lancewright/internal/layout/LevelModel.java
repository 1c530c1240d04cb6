package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafPath.Kind;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.testing.Rows;
import java.util.ArrayList;
import java.util.List;

/** What levels are by definition: walks down from a row to each value, one at a time. */
public final class LevelModel {
  /** The value of an entry that ends at a list. */
  static final Object NO_VALUE = new Object();

  /**
   * @param rep how many lists go on at this entry, counted from the outermost: all but so many
   * @param code of the outermost node that is null or empty; 0 if there is none
   * @param value null, {@link #NO_VALUE} or as {@link Rows} has it
   */
  public record Entry(int rep, int code, Object value) {
    public boolean hasValue() {
      return value != NO_VALUE;
    }
  }

  private final LeafPath path;
  private final List<Entry> entries = new ArrayList<>();
  private long slots;

  public LevelModel(LeafPath path) {
    this.path = path;
  }

  /** All entries of the rows added. */
  public List<Entry> entries() {
    return entries;
  }

  /** Lists and values in the rows added, null or not. */
  public long slots() {
    return slots;
  }

  public void add(Column column, long row) {
    walk(0, column, row, path.lists());
  }

  private void walk(int depth, Column column, long slot, int rep) {
    Node node = path.nodes().get(depth);
    if (node.kind() == Kind.LEAF) {
      Object value = Rows.value(column, slot);
      end(rep, value == null ? node.code() : 0, value);
      return;
    }
    if (column.isNull(slot)) {
      endNull(depth, rep);
      return;
    }
    switch (column) {
      case StructColumn struct -> walk(depth + 1, struct.children().get(node.child()), slot, rep);
      case FixedSizeListColumn list -> {
        int size = list.type().size();
        for (int i = 0; i < size; i++) {
          walk(depth + 1, list.items(), slot * size + i, rep);
        }
      }
      case ListColumn list -> {
        slots++;
        long first = list.offset(slot);
        long last = list.offset(slot + 1);
        if (first == last) {
          entries.add(new Entry(rep, node.emptyCode(), NO_VALUE));
        }
        for (long i = first; i < last; i++) {
          walk(depth + 1, list.items(), i, i == first ? rep : listsBelow(depth));
        }
      }
      default -> throw new AssertionError(column.type());
    }
  }

  private void end(int rep, int code, Object value) {
    slots++;
    entries.add(new Entry(rep, code, value));
  }

  /** One entry if there is a list below, or else one for each value below. */
  private void endNull(int depth, int rep) {
    int code = path.nodes().get(depth).code();
    if (path.nodes().get(depth).kind() == Kind.LIST || listsBelow(depth) > 0) {
      end(rep, code, NO_VALUE);
      return;
    }
    int values = path.slotsPerRow() / path.nodes().get(depth).slotsPerRow();
    for (int i = 0; i < values; i++) {
      end(rep, code, null);
    }
  }

  private int listsBelow(int depth) {
    int lists = 0;
    for (Node node : path.nodes().subList(depth + 1, path.nodes().size())) {
      lists += node.kind() == Kind.LIST ? 1 : 0;
    }
    return lists;
  }
}
