package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;

import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Exports schemas of any layout: as types that {@link ArrowExport} takes, whose format strings are
 * then replaced. The name of an unsupported type is its format string.
 */
final class ProducedSchema {
  private static final StructLayout LAYOUT = ArrowSchema.LAYOUT;

  private final Arena arena;

  /**
   * @param arena of the replaced format strings
   */
  ProducedSchema(Arena arena) {
    this.arena = arena;
  }

  void into(ImportSchema schema, MemorySegment struct) {
    List<Field> fields = standIns(schema.schema().fields(), schema.layout().children());
    ArrowExport.exportSchema(new Schema(fields, schema.schema().metadata()), struct.address());
    replaceFormats(struct.address(), schema.layout());
  }

  private static List<Field> standIns(List<Field> fields, List<ArrayLayout> layouts) {
    List<Field> standIns = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      standIns.add(standIn(fields.get(i), layouts.get(i)));
    }
    return standIns;
  }

  private static Field standIn(Field field, ArrayLayout layout) {
    return new Field(field.name(), standIn(layout), field.nullable(), field.metadata());
  }

  private static DataType standIn(ArrayLayout layout) {
    if (isRunEnds(layout)) {
      return DataType.struct(
          Field.required("run_ends", new DataType.Int(layout.form().bytes() * 8, true)),
          Field.nullable("values", standIn(layout.child())));
    }
    return switch (layout.type()) {
      case DataType.Struct struct ->
          new DataType.Struct(standIns(struct.children(), layout.children()));
      case DataType.ListOf list ->
          new DataType.ListOf(standIn(list.item(), layout.child()), list.large());
      case DataType.MapOf map ->
          new DataType.MapOf(standIn(map.entries(), layout.child()), map.keysSorted());
      case DataType.FixedSizeList list ->
          DataType.fixedSizeList(standIn(list.item(), layout.child()), list.size());
      case DataType.Dictionary dictionary ->
          new DataType.Dictionary(
              dictionary.index(), standIn(layout.child()), dictionary.ordered());
      case DataType.Unsupported _ -> DataType.nullType();
      default -> layout.type();
    };
  }

  private void replaceFormats(long struct, ArrayLayout layout) {
    String format = format(layout);
    if (format != null) {
      poke(struct, LAYOUT, "format", arena.allocateFrom(format).address());
    }
    if (isRunEnds(layout)) {
      replaceFormats(child(struct, 1), layout.child());
    } else if (layout.type() instanceof DataType.Dictionary) {
      replaceFormats(peek(struct, LAYOUT, "dictionary"), layout.child());
    } else {
      for (int i = 0; i < layout.children().size(); i++) {
        replaceFormats(child(struct, i), layout.children().get(i));
      }
    }
  }

  /** Null if the format is that of the stand-in. */
  private static String format(ArrayLayout layout) {
    return switch (layout.form()) {
      case AS_TYPE ->
          layout.type() instanceof DataType.Unsupported unsupported ? unsupported.name() : null;
      case DECIMAL32 -> Formats.of(layout.type()).replace("128", "32");
      case DECIMAL64 -> Formats.of(layout.type()).replace("128", "64");
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> Formats.RUN_ENDS;
      case VIEWS ->
          layout.type() instanceof DataType.ListOf
              ? Formats.of(layout.type()).replace("+", "+v")
              : "v" + Formats.of(layout.type());
    };
  }

  private static boolean isRunEnds(ArrayLayout layout) {
    return layout.form().name().startsWith("RUN_ENDS");
  }

  private static long child(long struct, int index) {
    return slot(struct, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }
}
