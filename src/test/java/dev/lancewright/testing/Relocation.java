package dev.lancewright.testing;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.UnaryOperator;

/**
 * Copies of batches whose segments lie elsewhere.
 *
 * @param place copies one segment
 */
public record Relocation(UnaryOperator<MemorySegment> place) {
  /** To arrays of bytes. */
  public static Relocation toHeap() {
    return new Relocation(segment -> MemorySegment.ofArray(segment.toArray(ValueLayout.JAVA_BYTE)));
  }

  /** To addresses that are by {@code bytes} more than a multiple of 64. */
  public static Relocation to(int bytes, Arena arena) {
    return new Relocation(
        segment -> {
          MemorySegment room = arena.allocate(64 + segment.byteSize(), 64);
          return room.asSlice(bytes, segment.byteSize()).copyFrom(segment);
        });
  }

  public Batch of(Batch batch) {
    return new Batch(batch.schema(), batch.columns().stream().map(this::of).toList(), batch.rows());
  }

  public Column of(Column column) {
    Bitmap validity = column.validity() == null ? null : of(column.validity());
    long length = column.length();
    return switch (column) {
      case NullColumn nulls -> nulls;
      case BoolColumn bools -> new BoolColumn(validity, of(bools.values()));
      case FixedWidthColumn fixed ->
          new FixedWidthColumn(fixed.type(), length, validity, place.apply(fixed.values()));
      case VariableWidthColumn strings ->
          new VariableWidthColumn(
              strings.type(),
              length,
              validity,
              place.apply(strings.offsets()),
              place.apply(strings.data()));
      case FixedSizeListColumn lists ->
          new FixedSizeListColumn(lists.type(), length, validity, of(lists.items()));
      case ListColumn lists ->
          new ListColumn(
              lists.type(), length, validity, place.apply(lists.offsets()), of(lists.items()));
      case StructColumn struct ->
          new StructColumn(
              struct.type(), length, validity, struct.children().stream().map(this::of).toList());
      case DictionaryColumn rows ->
          new DictionaryColumn(
              rows.type(), length, validity, place.apply(rows.indices()), of(rows.values()));
    };
  }

  private Bitmap of(Bitmap bits) {
    return new Bitmap(place.apply(bits.bytes()), bits.offset(), bits.length());
  }
}
