package dev.lancewright.arrow;

import static dev.lancewright.arrow.ArrowProducer.peek;
import static dev.lancewright.arrow.ArrowProducer.poke;
import static dev.lancewright.arrow.ArrowProducer.slot;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exported schemas; that each type comes back is seen with batches of it. */
class ArrowExportSchemaTest {
  private static final StructLayout LAYOUT = ArrowSchema.LAYOUT;
  private static final DataType INTERVAL = new DataType.Unsupported("month_interval");

  private final Arena arena = Arena.ofConfined();

  @AfterEach
  void close() {
    arena.close();
  }

  @Test
  void metadataOfAllLevelsAreKept() {
    Map<String, String> extension =
        Map.of("ARROW:extension:name", "lance.json", "ARROW:extension:metadata", "");
    Field item = new Field("größe", Types.UTF8, false, Map.of("", "x".repeat(5000)));
    Schema schema =
        new Schema(
            List.of(
                new Field("j", DataType.largeBinary(), true, extension),
                new Field("l", DataType.list(item), true, Map.of("k", "ü"))),
            Map.of("origin", "sensor 7", "", "empty key"));

    long address = export(schema);

    assertEquals(schema, ArrowSchemas.read(address));
    ArrowSchemas.release(address);
  }

  @Test
  void flagsSayWhatTheTypeDoesNot() {
    DataType entries =
        DataType.struct(Field.required("key", Types.UTF8), Field.nullable("value", Types.INT32));
    long address =
        export(
            Schema.of(
                Field.required("a", new DataType.MapOf(Field.required("e", entries), true)),
                Field.nullable("b", DataType.orderedDictionary(Types.INT32, Types.UTF8)),
                Field.nullable("c", Types.INT32)));

    assertEquals(4, peek(child(address, 0), LAYOUT, "flags"));
    assertEquals(3, peek(child(address, 1), LAYOUT, "flags"));
    assertEquals(2, peek(child(address, 2), LAYOUT, "flags"));
    ArrowSchemas.release(address);
  }

  @Test
  void aChildThatWasMovedOutOutlivesItsParent() {
    DataType list = DataType.list(Field.nullable("item", Types.UTF8));
    long address =
        export(Schema.of(Field.nullable("a", DataType.struct(Field.nullable("l", list)))));
    long struct = child(address, 0);
    long moved = arena.allocate(LAYOUT).copyFrom(segment(struct)).address();
    poke(struct, LAYOUT, "release", 0);
    long stale = arena.allocate(LAYOUT).copyFrom(segment(address)).address();

    ArrowSchemas.release(address);
    ArrowSchemas.release(stale);

    assertEquals(Schema.of(Field.nullable("l", list)), ArrowSchemas.read(moved));
    ArrowSchemas.release(moved);
    assertEquals(0, peek(moved, LAYOUT, "release"));
  }

  @Test
  void whatArrowCannotHoldIsRefusedByItsPath() {
    DataType list = DataType.list(Field.nullable("item", INTERVAL));
    assertRefused(
        "column 'a.item' (month_interval): this type cannot be exported; leave the column out, or"
            + " cast it to another",
        list);
    assertRefused(
        "column 'a.dictionary' (month_interval): this type cannot be exported; leave the column"
            + " out, or cast it to another",
        DataType.dictionary(Types.INT32, INTERVAL));
    assertRefused(
        "column 'a' (dictionary<utf8, float32>): the indices are of float32; they must be integers",
        DataType.dictionary(Types.FLOAT32, Types.UTF8));
    assertRefused(
        "column 'a' (map<int32>): the entries are of int32; they must be a struct of key and value",
        new DataType.MapOf(Field.required("e", Types.INT32), false));
    assertRefused(
        "column 'a.x\0y' (int32): the name has a NUL, which ends text in C; rename the column",
        DataType.struct(Field.nullable("x\0y", Types.INT32)));
    assertThrows(IllegalArgumentException.class, () -> ArrowExport.exportSchema(Schema.of(), 0));
  }

  private void assertRefused(String message, DataType type) {
    MemorySegment struct = arena.allocate(LAYOUT).fill((byte) 7);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ArrowExport.exportSchema(Schema.of(Field.nullable("a", type)), struct.address()));
    assertEquals(message, e.getMessage());
    assertEquals(-1, struct.mismatch(arena.allocate(LAYOUT).fill((byte) 7)));
  }

  private long export(Schema schema) {
    long address = arena.allocate(LAYOUT).fill((byte) 7).address();
    ArrowExport.exportSchema(schema, address);
    return address;
  }

  private static long child(long schema, int index) {
    return slot(schema, LAYOUT, "children", index).get(ValueLayout.JAVA_LONG, 0);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment segment(long address) {
    return MemorySegment.ofAddress(address).reinterpret(LAYOUT.byteSize());
  }
}
