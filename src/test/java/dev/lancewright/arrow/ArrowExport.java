package dev.lancewright.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.column.Batch;
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
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/**
 * A producer for tests: copies schemas and batches into C structs of the Arrow C interfaces and
 * counts how often each is released. Addresses are valid until {@link #close}, whether released or
 * not.
 */
@SuppressWarnings("restricted")
public final class ArrowExport implements AutoCloseable {
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

  /** An error that a stream reports. */
  public static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * @param text null for a stream that has no message
     */
    public Failure(int errno, String text) {
      super(text);
      this.errno = errno;
    }

    int errno() {
      return errno;
    }
  }

  private static final String RELEASE = "release";
  private static final String PRIVATE_DATA = "private_data";

  private final boolean marksReleased;
  private final Arena arena = Arena.ofShared();
  private final List<MemorySegment> roots = new ArrayList<>();
  private final List<MemorySegment> children = new ArrayList<>();
  private final MemorySegment releaseSchema = releaseStub(ArrowSchema.LAYOUT);
  private final MemorySegment releaseArray = releaseStub(ArrowArray.LAYOUT);
  private final MemorySegment releaseStream = releaseStub(ArrowArrayStream.LAYOUT);

  /** A producer that follows the specification. */
  public ArrowExport() {
    this(true);
  }

  /**
   * @param marksReleased whether release callbacks set the struct's callback to NULL, as they must
   */
  ArrowExport(boolean marksReleased) {
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
    List<Layout> layouts = new ArrayList<>();
    for (Field field : schema.fields()) {
      DataType type = field.type();
      layouts.add(
          type instanceof DataType.VariableWidth variable && !variable.large()
              ? Layout.of(type, Layout.Form.VIEWS, List.of())
              : Layout.of(type, Layout.Form.RUN_ENDS32, List.of(Layout.of(type))));
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

  /**
   * The address of an ArrowArrayStream that asks for schema and batches when it is asked. A {@link
   * Failure} that they throw becomes the error of the callback.
   */
  public long stream(Supplier<Schema> schema, Iterator<Batch> batches) {
    return streamOf(() -> ImportSchema.of(schema.get()), batches);
  }

  private long streamOf(Supplier<ImportSchema> schema, Iterator<Batch> batches) {
    MemorySegment struct = arena.allocate(ArrowArrayStream.LAYOUT);
    new StreamExport(this, schema, batches).into(struct);
    counted(struct, ArrowArrayStream.LAYOUT, releaseStream, roots);
    return struct.address();
  }

  /** How often the struct that was exported to {@code address} was released, moved or not. */
  public int released(long address, StructLayout layout) {
    return count(MemorySegment.ofAddress(peek(address, layout, PRIVATE_DATA)));
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
      assertEquals(1, count(roots.get(i)), "releases of struct " + i + " of " + roots.size());
    }
    for (MemorySegment child : children) {
      assertEquals(0, count(child), "releases of a child");
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

  void schemaInto(ImportSchema schema, MemorySegment struct) {
    struct.fill((byte) 0);
    new SchemaExport(this).into(schema, struct);
    counted(struct, ArrowSchema.LAYOUT, releaseSchema, roots);
  }

  void arrayInto(
      ImportSchema schema,
      List<List<Object>> columns,
      long rows,
      Shape shape,
      MemorySegment struct) {
    struct.fill((byte) 0);
    new ArrayExport(this, shape).into(struct, schema.layout(), columns, rows);
    counted(struct, ArrowArray.LAYOUT, releaseArray, roots);
  }

  /** A batch of another schema than {@code schema} lies in memory as its own says. */
  void arrayInto(Batch batch, ImportSchema schema, MemorySegment struct) {
    boolean same = batch.schema().equals(schema.schema());
    ImportSchema layout = same ? schema : ImportSchema.of(batch.schema());
    arrayInto(layout, Values.of(batch), batch.rows(), Shape.PLAIN, struct);
  }

  MemorySegment childSchema() {
    MemorySegment struct = arena.allocate(ArrowSchema.LAYOUT);
    counted(struct, ArrowSchema.LAYOUT, releaseSchema, children);
    return struct;
  }

  MemorySegment childArray() {
    MemorySegment struct = arena.allocate(ArrowArray.LAYOUT);
    counted(struct, ArrowArray.LAYOUT, releaseArray, children);
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
    arena.close();
  }

  /** The counter of releases lies where the struct's private data point, so it survives a move. */
  private void counted(
      MemorySegment struct, StructLayout layout, MemorySegment stub, List<MemorySegment> counters) {
    MemorySegment counter = arena.allocate(ValueLayout.JAVA_INT);
    counters.add(counter);
    set(struct, layout, PRIVATE_DATA, counter);
    set(struct, layout, RELEASE, stub);
  }

  /** A C function that calls {@code target}. */
  MemorySegment stub(MethodHandle target, FunctionDescriptor signature) {
    return Linker.nativeLinker().upcallStub(target, signature, arena);
  }

  private MemorySegment releaseStub(StructLayout layout) {
    MethodType type = MethodType.methodType(void.class, StructLayout.class, MemorySegment.class);
    try {
      MethodHandle release = MethodHandles.lookup().bind(this, "release", type).bindTo(layout);
      return stub(release, FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** What the release callbacks call. */
  void release(StructLayout layout, MemorySegment pointer) {
    MemorySegment struct = struct(pointer.address(), layout);
    MemorySegment counter =
        struct.get(ValueLayout.ADDRESS, offset(layout, PRIVATE_DATA)).reinterpret(4);
    counter.set(ValueLayout.JAVA_INT, 0, count(counter) + 1);
    if (marksReleased) {
      set(struct, layout, RELEASE, MemorySegment.NULL);
    }
  }

  private static int count(MemorySegment counter) {
    return counter.reinterpret(4).get(ValueLayout.JAVA_INT, 0);
  }

  private static MemorySegment struct(long address, StructLayout layout) {
    return MemorySegment.ofAddress(address).reinterpret(layout.byteSize());
  }

  private static long offset(StructLayout layout, String member) {
    return layout.byteOffset(PathElement.groupElement(member));
  }
}
