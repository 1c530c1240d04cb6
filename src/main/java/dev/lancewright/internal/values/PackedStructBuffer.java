package dev.lancewright.internal.values;

import dev.lancewright.column.Column;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Structs whose children share a column. Null structs have zeros and empty strings; where a struct
 * is valid, so are its children.
 */
final class PackedStructBuffer extends LeafBuffer {
  private final DataType.Struct type;
  private final List<LeafBuffer> children;

  /** Of a row, without the bytes of strings. */
  private final long rowBits;

  private final boolean fixedWidth;

  PackedStructBuffer(DataType.Struct type, PagePool pool) {
    super(pool);
    this.type = type;
    this.children = type.children().stream().map(child -> create(child.type(), pool)).toList();
    this.rowBits = type.children().stream().mapToLong(child -> bits(child.type())).sum();
    this.fixedWidth =
        type.children().stream().noneMatch(child -> child.type() instanceof DataType.VariableWidth);
  }

  private static long bits(DataType type) {
    return type instanceof DataType.VariableWidth strings
        ? strings.offsetWidth() * 8L
        : FixedSizeListBuffer.bits(type);
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (LeafBuffer child : children) {
      bytes += child.bytes();
    }
    return bytes;
  }

  @Override
  public long rowsToComplete(Column column, long from, long count, long pageBytes) {
    if (fixedWidth) {
      return rowsToReach(pageBytes, rows(), rowBits);
    }
    StructColumn structs = (StructColumn) column;
    long bySize = rowsToReach(structs, from, count, pageBytes - bytes());
    long byRoom = Long.MAX_VALUE;
    for (int i = 0; i < children.size(); i++) {
      Column child = child(structs, i);
      byRoom = Math.min(byRoom, children.get(i).rowsToComplete(child, from, count, Long.MAX_VALUE));
    }
    return Math.min(bySize, byRoom);
  }

  private long rowsToReach(StructColumn structs, long from, long count, long bytes) {
    if (structs.slice(from, count).valueBytes() < bytes) {
      return Long.MAX_VALUE;
    }
    List<VariableWidthColumn> strings = new ArrayList<>();
    for (Column child : structs.children()) {
      if (child instanceof VariableWidthColumn variable) {
        strings.add(variable);
      }
    }
    long taken = 0;
    for (long row = from; row < from + count; row++) {
      taken += rowBits / 8;
      if (!structs.isNull(row)) {
        for (VariableWidthColumn variable : strings) {
          taken += variable.offset(row + 1) - variable.offset(row);
        }
      }
      if (taken >= bytes) {
        return row + 1 - from;
      }
    }
    return Long.MAX_VALUE;
  }

  @Override
  public boolean holds(Column column, long from, long count) {
    StructColumn structs = (StructColumn) column;
    for (int i = 0; i < children.size(); i++) {
      if (!children.get(i).holds(child(structs, i), from, count)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean isClean(Column column, long from, long count) {
    List<Column> columns = ((StructColumn) column).children();
    boolean clean = super.isClean(column, from, count);
    for (int i = 0; i < children.size(); i++) {
      clean = clean && children.get(i).isClean(columns.get(i), from, count);
    }
    return clean;
  }

  @Override
  public void append(Column column, long from, long count) {
    StructColumn structs = (StructColumn) column;
    for (int i = 0; i < children.size(); i++) {
      children.get(i).append(child(structs, i), from, count);
    }
    validity.append(structs.validity(), from, count);
  }

  /** A child that is null where its struct is. */
  private static Column child(StructColumn structs, int index) {
    return structs.children().get(index).withValidity(structs.validity());
  }

  @Override
  public void appendFiller(long count) {
    for (LeafBuffer child : children) {
      child.appendFiller(count);
    }
    validity.append(null, 0, count);
  }

  @Override
  public long fillerBytes(long count) {
    long bytes = 0;
    for (LeafBuffer child : children) {
      long more = child.fillerBytes(count);
      bytes = more > Long.MAX_VALUE - bytes ? Long.MAX_VALUE : bytes + more;
    }
    return bytes;
  }

  @Override
  public Column view() {
    List<Column> views = children.stream().map(LeafBuffer::view).toList();
    return new StructColumn(type, rows(), validity.view(), views);
  }

  @Override
  public void release() {
    super.release();
    children.forEach(LeafBuffer::release);
  }

  @Override
  public void clear() {
    super.clear();
    children.forEach(LeafBuffer::clear);
  }
}
