package dev.lancewright.internal.rows;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.levels.LeafPath.Node;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Puts the leaves of a field together to a column. What leaves share, such as the offsets of a list
 * of structs, is taken from the first of them; others must have as many slots.
 */
public final class RowAssembler {
  private final Iterator<LeafRows> leaves;
  private LeafRows next;

  private RowAssembler(List<LeafRows> leaves) {
    this.leaves = leaves.iterator();
    advance();
  }

  private void advance() {
    next = leaves.hasNext() ? leaves.next() : null;
  }

  /**
   * The column of a field; valid until one of its leaves changes.
   *
   * @param leaves the leaves of the field, in order, with {@code rows} rows each
   * @throws LanceFormatException if levels contradict one another
   * @throws BatchTooLargeException if there are more items than offsets can count
   */
  public static Column column(Field field, List<LeafRows> leaves, long rows)
      throws LanceFormatException, BatchTooLargeException {
    for (LeafRows leaf : leaves) {
      leaf.assemble();
    }
    return new RowAssembler(leaves).build(field, 0, rows);
  }

  private Column build(Field field, int depth, long slots) throws LanceFormatException {
    return switch (field.type()) {
      case DataType.Struct struct when !field.isPacked() -> buildStruct(struct, depth, slots);
      case DataType.ListOf list -> buildList(field, list.item(), depth, slots);
      case DataType.MapOf map -> buildList(field, map.entries(), depth, slots);
      case DataType.FixedSizeList list when list.item().type() instanceof DataType.Struct -> {
        Bitmap validity = validity(depth, slots);
        Column items = build(list.item(), depth + 1, slots * list.size());
        yield new FixedSizeListColumn(list, slots, validity, items);
      }
      default -> buildLeaf(slots);
    };
  }

  private Column buildStruct(DataType.Struct struct, int depth, long slots)
      throws LanceFormatException {
    // A struct without children has no leaf, and so no nulls.
    Bitmap validity = struct.children().isEmpty() ? null : validity(depth, slots);
    List<Column> children = new ArrayList<>();
    for (Field child : struct.children()) {
      children.add(build(child, depth + 1, slots));
    }
    return new StructColumn(struct, slots, validity, children);
  }

  private Column buildList(Field field, Field item, int depth, long slots)
      throws LanceFormatException {
    Bitmap validity = validity(depth, slots);
    Node node = next.path().nodes().get(depth);
    LevelAssembler levels = next.assembler();
    long items = levels.items(node);
    Column below = build(item, depth + 1, items);
    return new ListColumn(field.type(), slots, validity, levels.offsets(node), below);
  }

  private Bitmap validity(int depth, long slots) throws LanceFormatException {
    Node node = next.path().nodes().get(depth);
    checkSlots(next.assembler().slots(node), slots);
    return next.assembler().validity(node);
  }

  private Column buildLeaf(long slots) throws LanceFormatException {
    LeafRows leaf = next;
    checkSlots(leaf.slots(), slots);
    checkSlots(leaf.assembler().slots(leaf.path().nodes().getLast()), slots);
    advance();
    return leaf.leaf();
  }

  private void checkSlots(long found, long expected) throws LanceFormatException {
    if (found != expected) {
      throw new LanceFormatException(
          "'%s' has %d values where its neighbours have %d"
              .formatted(next.path().name(), found, expected));
    }
  }
}
