package dev.lancewright.internal.cdata;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A view of the C struct that describes a type, a field or a whole schema.
 *
 * <pre>{@code
 * struct ArrowSchema {
 *   const char* format;
 *   const char* name;
 *   const char* metadata;
 *   int64_t flags;
 *   int64_t n_children;
 *   struct ArrowSchema** children;
 *   struct ArrowSchema* dictionary;
 *   void (*release)(struct ArrowSchema*);
 *   void* private_data;
 * };
 * }</pre>
 */
public final class ArrowSchema extends CStruct {
  public static final StructLayout LAYOUT =
      MemoryLayout.structLayout(
              ValueLayout.ADDRESS.withName("format"),
              ValueLayout.ADDRESS.withName("name"),
              ValueLayout.ADDRESS.withName("metadata"),
              ValueLayout.JAVA_LONG.withName("flags"),
              ValueLayout.JAVA_LONG.withName("n_children"),
              ValueLayout.ADDRESS.withName("children"),
              ValueLayout.ADDRESS.withName("dictionary"),
              ValueLayout.ADDRESS.withName("release"),
              ValueLayout.ADDRESS.withName("private_data"))
          .withName("ArrowSchema");

  public static final long DICTIONARY_ORDERED = 1;
  public static final long NULLABLE = 2;
  public static final long MAP_KEYS_SORTED = 4;

  private static final VarHandle FORMAT = Structs.member(LAYOUT, "format");
  private static final VarHandle NAME = Structs.member(LAYOUT, "name");
  private static final VarHandle METADATA = Structs.member(LAYOUT, "metadata");
  private static final VarHandle FLAGS = Structs.member(LAYOUT, "flags");
  private static final VarHandle CHILD_COUNT = Structs.member(LAYOUT, "n_children");
  private static final VarHandle CHILDREN = Structs.member(LAYOUT, "children");
  private static final VarHandle DICTIONARY = Structs.member(LAYOUT, "dictionary");

  /** Creates a view of the struct in {@code struct}. */
  public ArrowSchema(MemorySegment struct) {
    super(struct, LAYOUT);
  }

  /**
   * Returns a view of the struct at {@code address}, which may be released.
   *
   * @throws IllegalArgumentException if there is none; the message begins with {@code where}
   */
  public static ArrowSchema at(MemorySegment address, String where) {
    return new ArrowSchema(Structs.at(address, LAYOUT, where));
  }

  /**
   * Returns a view of the struct at {@code address}, which must not be released, as the members of
   * a released one may point anywhere.
   *
   * @throws IllegalArgumentException if there is none, or if it is released; the message begins
   *     with {@code where}
   */
  public static ArrowSchema liveAt(MemorySegment address, String where) {
    ArrowSchema schema = at(address, where);
    if (schema.isReleased()) {
      throw new IllegalArgumentException(where + " was released before; read it first");
    }
    return schema;
  }

  public MemorySegment format() {
    return (MemorySegment) FORMAT.get(struct(), 0L);
  }

  public MemorySegment name() {
    return (MemorySegment) NAME.get(struct(), 0L);
  }

  public MemorySegment metadata() {
    return (MemorySegment) METADATA.get(struct(), 0L);
  }

  public boolean hasFlag(long flag) {
    return ((long) FLAGS.get(struct(), 0L) & flag) != 0;
  }

  public long childCount() {
    return (long) CHILD_COUNT.get(struct(), 0L);
  }

  public MemorySegment children() {
    return (MemorySegment) CHILDREN.get(struct(), 0L);
  }

  public MemorySegment dictionary() {
    return (MemorySegment) DICTIONARY.get(struct(), 0L);
  }

  /**
   * Initializes the struct as an exported schema without children and dictionary.
   *
   * @param release the callback that C code calls to release it
   */
  public void fill(
      MemorySegment format,
      MemorySegment name,
      MemorySegment metadata,
      long flags,
      MemorySegment release,
      long privateData) {
    reset(release, privateData);
    FORMAT.set(struct(), 0L, format);
    NAME.set(struct(), 0L, name);
    METADATA.set(struct(), 0L, metadata);
    FLAGS.set(struct(), 0L, flags);
  }

  public void setChildren(MemorySegment pointers) {
    CHILD_COUNT.set(struct(), 0L, Structs.elements(pointers));
    CHILDREN.set(struct(), 0L, pointers);
  }

  public void setDictionary(ArrowSchema dictionary) {
    DICTIONARY.set(struct(), 0L, dictionary.struct());
  }
}
