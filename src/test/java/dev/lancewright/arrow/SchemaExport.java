package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowExport.set;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.TimeUnit;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes schemas as ArrowSchema structs. The name of an unsupported type is its format string. */
final class SchemaExport {
  private static final StructLayout LAYOUT = ArrowSchema.LAYOUT;

  private final ArrowExport export;

  SchemaExport(ArrowExport export) {
    this.export = export;
  }

  void into(ImportSchema schema, MemorySegment struct) {
    describe(struct, schema.layout());
    set(struct, LAYOUT, "name", MemorySegment.NULL);
    set(struct, LAYOUT, "metadata", metadata(schema.schema().metadata()));
  }

  private MemorySegment node(Field field, Layout layout) {
    MemorySegment struct = export.childSchema();
    describe(struct, layout);
    set(struct, LAYOUT, "name", export.arena().allocateFrom(field.name()));
    set(struct, LAYOUT, "metadata", metadata(field.metadata()));
    set(struct, LAYOUT, "flags", flags(field));
    return struct;
  }

  private void describe(MemorySegment struct, Layout layout) {
    List<MemorySegment> children = children(layout);
    set(struct, LAYOUT, "format", export.arena().allocateFrom(format(layout)));
    set(struct, LAYOUT, "n_children", children.size());
    set(struct, LAYOUT, "children", export.pointers(children));
    if (isDictionary(layout)) {
      MemorySegment values = node(Field.nullable("", layout.child().type()), layout.child());
      set(struct, LAYOUT, "dictionary", values);
    }
  }

  private List<MemorySegment> children(Layout layout) {
    if (layout.form().name().startsWith("RUN_ENDS")) {
      Layout ends = Layout.of(new DataType.Int(layout.form().bytes() * 8, true));
      return List.of(
          node(Field.required("run_ends", ends.type()), ends),
          node(Field.nullable("values", layout.type()), layout.child()));
    }
    List<Field> fields =
        switch (layout.type()) {
          case DataType.Struct struct -> struct.children();
          case DataType.ListOf list -> List.of(list.item());
          case DataType.FixedSizeList list -> List.of(list.item());
          case DataType.MapOf map -> List.of(map.entries());
          default -> List.of();
        };
    List<MemorySegment> children = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      children.add(node(fields.get(i), layout.children().get(i)));
    }
    return children;
  }

  private static boolean isDictionary(Layout layout) {
    return layout.form() == Layout.Form.AS_TYPE && layout.type() instanceof DataType.Dictionary;
  }

  private static long flags(Field field) {
    long flags = field.nullable() ? ArrowSchema.NULLABLE : 0;
    if (field.type() instanceof DataType.Dictionary dictionary && dictionary.ordered()) {
      flags |= ArrowSchema.DICTIONARY_ORDERED;
    }
    if (field.type() instanceof DataType.MapOf map && map.keysSorted()) {
      flags |= ArrowSchema.MAP_KEYS_SORTED;
    }
    return flags;
  }

  private MemorySegment metadata(Map<String, String> pairs) {
    if (pairs.isEmpty()) {
      return MemorySegment.NULL;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder());
    bytes.putInt(pairs.size());
    pairs.forEach((key, value) -> List.of(key, value).forEach(text -> put(bytes, text)));
    return export.arena().allocate(bytes.position()).copyFrom(MemorySegment.ofBuffer(bytes.flip()));
  }

  private static void put(ByteBuffer bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.putInt(utf8.length).put(utf8);
  }

  private static String format(Layout layout) {
    return switch (layout.form()) {
      case AS_TYPE -> format(layout.type());
      case DECIMAL32 -> format(layout.type()).replace("128", "32");
      case DECIMAL64 -> format(layout.type()).replace("128", "64");
      case RUN_ENDS16, RUN_ENDS32, RUN_ENDS64 -> "+r";
      case VIEWS ->
          layout.type() instanceof DataType.ListOf
              ? format(layout.type()).replace("+", "+v")
              : "v" + format(layout.type());
    };
  }

  private static String format(DataType type) {
    return switch (type) {
      case DataType.Null ignored -> "n";
      case DataType.Bool ignored -> "b";
      case DataType.Int integer -> integerFormat(integer);
      case DataType.FloatingPoint real ->
          switch (real.bitWidth()) {
            case 16 -> "e";
            case 32 -> "f";
            default -> "g";
          };
      case DataType.Decimal decimal ->
          "d:" + decimal.precision() + "," + decimal.scale() + "," + decimal.bitWidth();
      case DataType.Date date -> date.bitWidth() == 32 ? "tdD" : "tdm";
      case DataType.Time time -> "tt" + letter(time.unit());
      case DataType.Timestamp stamp ->
          "ts" + letter(stamp.unit()) + ":" + (stamp.zone() == null ? "" : stamp.zone());
      case DataType.Duration duration -> "tD" + letter(duration.unit());
      case DataType.FixedSizeBinary binary -> "w:" + binary.byteWidth();
      case DataType.Utf8 text -> text.large() ? "U" : "u";
      case DataType.Binary binary -> binary.large() ? "Z" : "z";
      case DataType.FixedSizeList list -> "+w:" + list.size();
      case DataType.ListOf list -> list.large() ? "+L" : "+l";
      case DataType.Struct ignored -> "+s";
      case DataType.MapOf ignored -> "+m";
      case DataType.Unsupported unsupported -> unsupported.name();
      case DataType.Dictionary dictionary -> format(dictionary.index());
    };
  }

  private static String integerFormat(DataType.Int type) {
    String letter =
        switch (type.bitWidth()) {
          case 8 -> "c";
          case 16 -> "s";
          case 32 -> "i";
          default -> "l";
        };
    return type.signed() ? letter : letter.toUpperCase(Locale.ROOT);
  }

  private static String letter(TimeUnit unit) {
    return unit.symbol().substring(0, 1);
  }
}
