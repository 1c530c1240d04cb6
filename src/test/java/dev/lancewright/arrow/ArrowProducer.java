package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Batch;
import dev.lancewright.internal.cdata.ArrowArray;
import dev.lancewright.internal.cdata.ArrowArrayStream;
import dev.lancewright.internal.cdata.ArrowSchema;
import dev.lancewright.internal.cdata.Callbacks;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A producer for tests of imports: exports schemas, arrays and streams of any layout and counts how
 * often each is released. What addresses point to can be changed, and is valid until {@link
 * #close}, whether released or not.
 */
@SuppressWarnings("restricted")
public final class ArrowProducer implements AutoCloseable {
  /**
   * How arrays lie in memory.
   *
   * @param batchOffset the offset of the struct array: rows of every column that are not the
   *     batch's
   * @param columnOffset the offset of every column and of every array below
   * @param misalignment bytes by which every buffer misses a multiple of 64
   * @param nullsCounted whether null_count is told, or -1
   * @param spare rows that every child has more than its parent needs
   */
  public record Shape(
      int batchOffset, int columnOffset, int misalignment, boolean nullsCounted, int spare) {
    public static final Shape PLAIN = new Shape(0, 0, 0, true, 0);
  }

  private static final String RELEASE = "release";
  private static final String PRIVATE_DATA = "private_data";

  /** A struct, moved or not. */
  private record Export(String struct, long privateData) {}

  private final boolean marksReleased;
  private final Arena arena = Arena.ofShared();
  private final Map<Export, Integer> releases = new HashMap<>();
  private final List<Export> roots = new ArrayList<>();
  private final List<Export> children = new ArrayList<>();
  private final List<Runnable> atClose = new ArrayList<>();
  private final MemorySegment releaseSchema = releaseStub(ArrowSchema.LAYOUT);
  private final MemorySegment releaseArray = releaseStub(ArrowArray.LAYOUT);
  private final MemorySegment releaseStream = releaseStub(ArrowArrayStream.LAYOUT);

  /** A producer that follows the specification. */
  public ArrowProducer() {
    this(true);
  }

  /**
   * @param marksReleased whether release callbacks set the struct's callback to NULL, as they must
   */
  ArrowProducer(boolean marksReleased) {
    this.marksReleased = marksReleased;
  }

  /** The address of an ArrowSchema whose children are the fields of {@code schema}. */
  public long schema(Schema schema) {
    return schema(ImportSchema.of(schema));
  }

  /** The address of an ArrowSchema of any layout. */
  public long schema(ImportSchema schema) {
    MemorySegment struct = arena.allocate(ArrowSchema.LAYOUT);
    schemaInto(schema, struct);
    return struct.address();
  }

  /** The address of an ArrowArray of the rows of {@code batch}. */
  public long array(Batch batch) {
    return array(batch, Shape.PLAIN);
  }

  /** The address of an ArrowArray of the rows of {@code batch}. */
  public long array(Batch batch, Shape shape) {
    return array(batch, ImportSchema.of(batch.schema()), shape);
  }

  /** The address of an ArrowArray of the rows of {@code batch}, lying as {@code schema} says. */
  public long array(Batch batch, ImportSchema schema, Shape shape) {
    return array(schema, Values.of(batch), batch.rows(), shape);
  }

  /**
   * Columns of {@code schema} as a file has no type for: views of short strings, others as runs.
   */
  public static ImportSchema converted(Schema schema) {
    List<ArrayLayout> layouts = new ArrayList<>();
    for (Field field : schema.fields()) {
      DataType type = field.type();
      layouts.add(
          type instanceof DataType.VariableWidth variable && !variable.large()
              ? ArrayLayout.of(type, ArrayLayout.Form.VIEWS, List.of())
              : ArrayLayout.of(type, ArrayLayout.Form.RUN_ENDS32, List.of(ArrayLayout.of(type))));
    }
    return new ImportSchema(schema, layouts);
  }

  /**
   * The address of an ArrowArray of any layout.
   *
   * @param columns the rows of each, as {@link Values} has them
   */
  long array(ImportSchema schema, List<List<Object>> columns, long rows, Shape shape) {
    MemorySegment struct = arena.allocate(ArrowArray.LAYOUT);
    arrayInto(schema, columns, rows, shape, struct);
    return struct.address();
  }

  /** The address of an ArrowArrayStream of some batches. */
  public long stream(Schema schema, Batch... batches) {
    return stream(() -> schema, List.of(batches).iterator());
  }

  /**
   * The address of an ArrowArrayStream of some batches, whose arrays lie as {@code schema} says.
   */
  public long stream(ImportSchema schema, Batch... batches) {
    return streamOf(() -> schema, List.of(batches).iterator());
  }

  /** The address of an ArrowArrayStream that asks for schema and batches when it is asked. */
  public long stream(Supplier<Schema> schema, Iterator<Batch> batches) {
    return streamOf(() -> ImportSchema.of(schema.get()), batches);
  }

  private long streamOf(Supplier<ImportSchema> schema, Iterator<Batch> batches) {
    MemorySegment struct = arena.allocate(ArrowArrayStream.LAYOUT);
    StreamExport.into(new ArrowArrayStream(struct), new Stream(schema, batches));
    countRootReleases(struct, ArrowArrayStream.LAYOUT, releaseStream);
    return struct.address();
  }

  private final class Stream implements StreamProducer {
    private final Supplier<ImportSchema> schema;
    private final Iterator<Batch> batches;

    Stream(Supplier<ImportSchema> schema, Iterator<Batch> batches) {
      this.schema = schema;
      this.batches = batches;
    }

    @Override
    public void schema(MemorySegment struct) {
      schemaInto(schema.get(), struct);
    }

    /** A batch of another schema than the stream's lies in memory as its own says. */
    @Override
    public void next(MemorySegment struct) {
      if (batches.hasNext()) {
        Batch batch = batches.next();
        boolean same = batch.schema().equals(schema.get().schema());
        ImportSchema layout = same ? schema.get() : ImportSchema.of(batch.schema());
        arrayInto(layout, Values.of(batch), batch.rows(), Shape.PLAIN, struct);
      }
    }

    @Override
    public void close() {}
  }

  /** How often the struct that was exported to {@code address} was released, moved or not. */
  public int released(long address, StructLayout layout) {
    return releases.get(export(struct(address, layout), layout));
  }

  /** How often the array that was exported to {@code address} was released, moved or not. */
  public int arrayReleased(long address) {
    return released(address, ArrowArray.LAYOUT);
  }

  /** Makes an array that was taken ready to be taken once more. */
  public void rearm(long arrayAddress) {
    poke(arrayAddress, ArrowArray.LAYOUT, RELEASE, releaseArray.address());
  }

  /** Fails unless every struct made so far was released once, and none through a child. */
  public void assertAllReleasedOnce() {
    for (int i = 0; i < roots.size(); i++) {
      assertEquals(
          1, releases.get(roots.get(i)), "releases of struct " + i + " of " + roots.size());
    }
    for (Export child : children) {
      assertEquals(0, releases.get(child), "releases of a child");
    }
  }

  /** Overwrites a member of an exported struct. */
  static void poke(long address, StructLayout layout, String member, long value) {
    set(struct(address, layout), layout, member, value);
  }

  /** A member of an exported struct. */
  static long peek(long address, StructLayout layout, String member) {
    return struct(address, layout).get(ValueLayout.JAVA_LONG, offset(layout, member));
  }

  /** Element {@code index} of the array of pointers that is a member of an exported struct. */
  static MemorySegment slot(long address, StructLayout layout, String member, int index) {
    return MemorySegment.ofAddress(peek(address, layout, member) + index * 8L).reinterpret(8);
  }

  Arena arena() {
    return arena;
  }

  private void schemaInto(ImportSchema schema, MemorySegment struct) {
    new ProducedSchema(arena).into(schema, struct);
    countRootReleases(struct, ArrowSchema.LAYOUT, releaseSchema);
    countChildReleases(struct);
  }

  private void countChildReleases(MemorySegment schema) {
    long count = schema.get(ValueLayout.JAVA_LONG, offset(ArrowSchema.LAYOUT, "n_children"));
    for (int i = 0; i < count; i++) {
      MemorySegment slot = slot(schema.address(), ArrowSchema.LAYOUT, "children", i);
      countChildRelease(slot.get(ValueLayout.JAVA_LONG, 0));
    }
    countChildRelease(peek(schema.address(), ArrowSchema.LAYOUT, "dictionary"));
  }

  private void countChildRelease(long schema) {
    if (schema != 0) {
      MemorySegment struct = struct(schema, ArrowSchema.LAYOUT);
      countReleases(struct, ArrowSchema.LAYOUT, releaseSchema, children);
      countChildReleases(struct);
    }
  }

  private void arrayInto(
      ImportSchema schema,
      List<List<Object>> columns,
      long rows,
      Shape shape,
      MemorySegment struct) {
    struct.fill((byte) 0);
    new ProducedArray(this, shape).into(struct, schema.layout(), columns, rows);
    ownArray(struct, roots);
  }

  MemorySegment childArray() {
    MemorySegment struct = arena.allocate(ArrowArray.LAYOUT);
    ownArray(struct, children);
    return struct;
  }

  MemorySegment pointers(List<MemorySegment> targets) {
    if (targets.isEmpty()) {
      return MemorySegment.NULL;
    }
    MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, targets.size());
    for (int i = 0; i < targets.size(); i++) {
      pointers.setAtIndex(ValueLayout.ADDRESS, i, targets.get(i));
    }
    return pointers;
  }

  static void set(MemorySegment struct, StructLayout layout, String member, MemorySegment value) {
    set(struct, layout, member, value.address());
  }

  static void set(MemorySegment struct, StructLayout layout, String member, long value) {
    struct.set(ValueLayout.JAVA_LONG, offset(layout, member), value);
  }

  @Override
  public void close() {
    atClose.forEach(Runnable::run);
    arena.close();
  }

  private void ownArray(MemorySegment struct, List<Export> exports) {
    set(struct, ArrowArray.LAYOUT, PRIVATE_DATA, releases.size());
    set(struct, ArrowArray.LAYOUT, RELEASE, releaseArray);
    remember(export(struct, ArrowArray.LAYOUT), exports);
  }

  /** The callback that the struct had is called at the end. */
  private void countRootReleases(MemorySegment struct, StructLayout layout, MemorySegment stub) {
    MemorySegment copy = arena.allocate(layout).copyFrom(struct);
    MemorySegment own = copy.get(ValueLayout.ADDRESS, offset(layout, RELEASE));
    atClose.add(() -> Callbacks.release(own, copy));
    countReleases(struct, layout, stub, roots);
  }

  /** Puts a callback that counts in the place of the struct's own. */
  private void countReleases(
      MemorySegment struct, StructLayout layout, MemorySegment stub, List<Export> exports) {
    remember(export(struct, layout), exports);
    set(struct, layout, RELEASE, stub);
  }

  private void remember(Export export, List<Export> exports) {
    releases.put(export, 0);
    exports.add(export);
  }

  private static Export export(MemorySegment struct, StructLayout layout) {
    long privateData = struct.get(ValueLayout.JAVA_LONG, offset(layout, PRIVATE_DATA));
    return new Export(layout.name().orElseThrow(), privateData);
  }

  /** A C function that calls {@code target}. */
  private MemorySegment stub(MethodHandle target, FunctionDescriptor signature) {
    return Linker.nativeLinker().upcallStub(target, signature, arena);
  }

  /** A C function that gives NULL for the text of a stream's last error. */
  MemorySegment noText() {
    MethodHandle none = MethodHandles.constant(MemorySegment.class, MemorySegment.NULL);
    return stub(
        MethodHandles.dropArguments(none, 0, MemorySegment.class), Callbacks.GET_TEXT_SIGNATURE);
  }

  private MemorySegment releaseStub(StructLayout layout) {
    MethodType type = MethodType.methodType(void.class, StructLayout.class, MemorySegment.class);
    try {
      MethodHandle release = MethodHandles.lookup().bind(this, "release", type).bindTo(layout);
      return stub(release, Callbacks.RELEASE_SIGNATURE);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** What the release callbacks call. */
  void release(StructLayout layout, MemorySegment pointer) {
    MemorySegment struct = struct(pointer.address(), layout);
    releases.merge(export(struct, layout), 1, Integer::sum);
    if (marksReleased) {
      set(struct, layout, RELEASE, MemorySegment.NULL);
    }
  }

  private static MemorySegment struct(long address, StructLayout layout) {
    return MemorySegment.ofAddress(address).reinterpret(layout.byteSize());
  }

  private static long offset(StructLayout layout, String member) {
    return layout.byteOffset(PathElement.groupElement(member));
  }
}
