package dev.lancewright.internal.file;

import dev.lancewright.column.Bitmap;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.NewerFormatException;
import dev.lancewright.internal.codec.PackedStructCodec;
import dev.lancewright.internal.layout.MiniBlockFormat;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import dev.lancewright.schema.Schema;
import java.util.HashSet;
import java.util.Set;

/** Refuses, before the first row, what could not be written or not be read back. */
public final class SchemaCheck {
  private static final String BLOB = "lance-encoding:blob";

  private static final String UNPACK = "remove the metadata 'lance-encoding:packed' or 'packed'";

  /** Full-zip pages give the size of a value in bits, as a positive int. */
  private static final int MAX_VALUE_BYTES = Integer.MAX_VALUE / 8;

  private final FormatVersion version;

  private SchemaCheck(FormatVersion version) {
    this.version = version;
  }

  /**
   * Checks names, types, metadata and field ids at any depth.
   *
   * @throws NewerFormatException if a later version could hold the schema
   * @throws IllegalArgumentException if the schema cannot be written; the message names the path of
   *     the first field in the way, its type, and what to do
   */
  public static void check(Schema schema, FormatVersion version) {
    if (schema.fields().isEmpty()) {
      throw new IllegalArgumentException("the schema has no columns; a file needs at least one");
    }
    SchemaCheck check = new SchemaCheck(version);
    for (Field column : schema.fields()) {
      Place place = new Place(column, null);
      if (column.name().indexOf('.') >= 0) {
        throw place.refused(
            "the name of a column must not contain '.', which separates the names of a path",
            "rename the column");
      }
      check.visit(place);
      LeafPath.of(column); // refuses what needs too many levels
    }
    SchemaDescriptor.fieldIds(schema);
  }

  /**
   * A field and where it is.
   *
   * @param above null for a column
   */
  private record Place(Field field, Place above) {
    Place below(Field child) {
      return new Place(child, this);
    }

    String path() {
      return above == null ? field.name() : above.path() + "." + field.name();
    }

    /** Fields above. */
    int depth() {
      return above == null ? 0 : above.depth() + 1;
    }

    boolean isList() {
      return field.type() instanceof DataType.ListOf || field.type() instanceof DataType.MapOf;
    }

    /** Whether there is a list or map above. */
    boolean inList() {
      return above != null && (above.isList() || above.inList());
    }

    /** Whether there is a fixed_size_list of structs above. */
    boolean inStructs() {
      return above != null
          && (above.field.type() instanceof DataType.FixedSizeList || above.inStructs());
    }

    /** In a row, if there is no list above. */
    long slots() {
      if (above == null) {
        return 1;
      }
      return above.slots()
          * (above.field.type() instanceof DataType.FixedSizeList l ? l.size() : 1);
    }

    IllegalArgumentException refused(String reason, String remedy) {
      return new IllegalArgumentException(message(reason, remedy));
    }

    String message(String reason, String remedy) {
      return message(reason + "; " + remedy);
    }

    String message(String refusal) {
      return "column '%s' (%s): %s".formatted(path(), field.type(), refusal);
    }
  }

  private void visit(Place place) {
    checkDepth(place, place.depth());
    checkMetadata(place);
    checkCompression(place);
    switch (place.field.type()) {
      case DataType.Struct struct -> checkStruct(place, struct);
      case DataType.ListOf list -> {
        checkNotInStructs(place);
        visit(place.below(list.item()));
      }
      case DataType.MapOf map -> checkMap(place, map);
      case DataType.FixedSizeList list when list.item().type() instanceof DataType.Struct ->
          checkListOfStructs(place, list);
      case DataType.FixedSizeList list -> checkListOfValues(place, list);
      case DataType.Dictionary dictionary -> checkDictionary(place, dictionary);
      default -> checkFlat(place, place.field.type());
    }
  }

  private static void checkDepth(Place place, int depth) {
    if (depth > LogicalTypes.MAX_DEPTH) {
      throw new IllegalArgumentException(
          "column '%s': nested more than %d deep; flatten it"
              .formatted(place.path(), LogicalTypes.MAX_DEPTH));
    }
  }

  private static void checkMetadata(Place place) {
    if (place.field.metadata().containsKey(BLOB)) {
      throw place.refused(
          "readers expect out-of-line values in a column with metadata '"
              + BLOB
              + "', and those are not supported",
          "remove this metadata to write the values in the column");
    }
    if (ColumnFields.isBlob(place.field)) {
      throw place.refused(
          "readers expect references to blobs in a column of the extension type lance.blob.v2, and"
              + " those are not supported",
          "remove the metadata '"
              + LogicalTypes.EXTENSION_NAME
              + "', or write the values as large_binary");
    }
    if (place.field.type() instanceof DataType.Utf8
        && "arrow.json".equals(place.field.metadata().get(LogicalTypes.EXTENSION_NAME))) {
      throw place.refused(
          "readers take text of the extension type arrow.json for binary values",
          "remove the metadata '" + LogicalTypes.EXTENSION_NAME + "' to write it as text");
    }
    boolean hasChildren = !LogicalTypes.children(place.field.type()).isEmpty();
    if (hasChildren && place.field.isPacked() && !(place.field.type() instanceof DataType.Struct)) {
      throw place.refused("only structs can be packed", UNPACK);
    }
  }

  private void checkCompression(Place place) {
    try {
      FieldCompression.ofMetadata(place.field.metadata()).check(version);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(place.message(e.getMessage()), e);
    }
  }

  private void checkStruct(Place place, DataType.Struct struct) {
    if (struct.children().isEmpty()) {
      throw place.refused(
          "readers take the columns after a struct without children for others",
          "give it a child, or leave it out");
    }
    Set<String> names = new HashSet<>();
    for (Field child : struct.children()) {
      if (!names.add(child.name())) {
        throw place.refused(
            "two of its children are named '" + child.name() + "', and readers find only one",
            "rename one");
      }
    }
    if (place.field.isPacked()) {
      checkPacked(place, struct);
    }
    struct.children().forEach(child -> visit(place.below(child)));
  }

  /** All children of a row are one value of one column. */
  private void checkPacked(Place place, DataType.Struct struct) {
    for (Field child : struct.children()) {
      if (!canBePacked(child.type())) {
        throw place
            .below(child)
            .refused(
                "a packed struct holds values of whole bytes, strings, binaries and"
                    + " fixed_size_lists of values of whole bytes",
                UNPACK + " of the struct");
      }
    }
    if (!PackedStructCodec.supports(struct)) {
      checkVariable(place);
      return;
    }
    long bytes = 0;
    for (Field child : struct.children()) {
      bytes += ((DataType.FixedWidth) child.type()).byteWidth();
    }
    checkValueBytes(place, bytes);
    if (!version.hasLargeChunks()) {
      long room = MiniBlockFormat.roomForTwoValues(1);
      if (MiniBlockFormat.padded(2 * bytes) > room) {
        throw new NewerFormatException(
            place.message(
                "two packed structs take %d bytes, more than the %d that a chunk of format %s has"
                        .formatted(2 * bytes, room, version)
                    + " for them",
                "write format 2.2, or " + UNPACK),
            FormatVersion.V2_2);
      }
    }
  }

  private static boolean canBePacked(DataType type) {
    return switch (type) {
      case DataType.Bool _ -> false;
      case DataType.FixedWidth _, DataType.VariableWidth _ -> true;
      case DataType.FixedSizeList list ->
          !(list.item().type() instanceof DataType.VariableWidth)
              && canBePacked(list.item().type());
      default -> false;
    };
  }

  /** Structs whose values differ in length are in full-zip pages. */
  private void checkVariable(Place place) {
    if (!version.packsVariableWidths()) {
      throw new NewerFormatException(
          place.message(
              "format " + version + " packs values of fixed width only, and no fixed_size_lists",
              "write format 2.2, or " + UNPACK),
          FormatVersion.V2_2);
    }
    if (place.inList()) {
      throw place.refused(
          "readers of packed structs that have strings, binaries or fixed_size_lists fail on rows"
              + " whose lists are all empty",
          UNPACK);
    }
  }

  private void checkMap(Place place, DataType.MapOf map) {
    if (!version.hasMaps()) {
      throw new NewerFormatException(
          place.message(
              "format " + version + " has no maps", "write format 2.2, or a list of structs"),
          FormatVersion.V2_2);
    }
    checkNotInStructs(place);
    if (map.keysSorted()) {
      throw place.refused(
          "a file cannot tell that the keys of a map are sorted", "declare them as not sorted");
    }
    Place entries = place.below(map.entries());
    if (!(map.entries().type() instanceof DataType.Struct struct)
        || struct.children().size() != 2
        || map.entries().nullable()) {
      throw entries.refused(
          "the entries of a map are structs of a key and a value, and never null",
          "declare them so");
    }
    Field key = struct.children().getFirst();
    if (key.nullable()) {
      throw entries
          .below(key)
          .refused("the keys of a map are never null", "declare the key as not nullable");
    }
    visit(entries);
  }

  private static void checkNotInStructs(Place place) {
    if (place.inStructs()) {
      throw place.refused(
          "readers understand no lists and maps below a fixed_size_list of structs",
          "write a list of structs instead of the fixed_size_list");
    }
  }

  private void checkListOfStructs(Place place, DataType.FixedSizeList list) {
    if (!version.hasFixedSizeListsOfStructs()) {
      throw new NewerFormatException(
          place.message(
              "format " + version + " has no fixed_size_list of structs",
              "write format 2.2, or a list of structs"),
          FormatVersion.V2_2);
    }
    if (place.inList()) {
      throw place.refused(
          "readers understand no fixed_size_list of structs below a list or map",
          "write a list of structs instead of it");
    }
    checkSize(place, list);
    Place struct = place.below(list.item());
    if (struct.slots() > Integer.MAX_VALUE) {
      throw place.refused(
          "a row would have %d structs, more than the %d that it may have"
              .formatted(struct.slots(), Integer.MAX_VALUE),
          "write shorter lists");
    }
    visit(struct);
  }

  private static void checkSize(Place place, DataType.FixedSizeList list) {
    if (list.size() == 0) {
      throw place.refused("a list of size 0 has no place in a file", "leave the column out");
    }
  }

  /** Lists of values, or of lists of them: one column, in which a list is one value. */
  private static void checkListOfValues(Place place, DataType.FixedSizeList list) {
    DataType type = list;
    long items = 1;
    long valueBytes = 0;
    long bytesOfTwo = 0;
    int depth = 0;
    while (type instanceof DataType.FixedSizeList inner) {
      checkDepth(place, place.depth() + ++depth);
      checkSize(place, inner);
      items *= inner.size();
      valueBytes += Bitmap.bytesFor(items);
      bytesOfTwo += chunkBytes(2 * items);
      checkValueBytes(place, valueBytes);
      type = inner.item().type();
    }
    if (!(type instanceof DataType.FixedWidth values)) {
      throw place.refused(
          "the items of a fixed_size_list must have a fixed width, such as numbers or bool",
          "write a list, or leave the column out");
    }
    checkFlat(place, values);
    checkValueBytes(place, valueBytes + items * values.byteWidth());
    if (values instanceof DataType.Bool) {
      checkBools(place, bytesOfTwo + chunkBytes(2 * items), depth + 1);
    }
  }

  private static void checkValueBytes(Place place, long bytes) {
    if (bytes > MAX_VALUE_BYTES) {
      throw place.refused(
          "a list takes up to %d bytes, more than the %d that a value may have"
              .formatted(bytes, MAX_VALUE_BYTES),
          "write shorter lists");
    }
  }

  /** Bools are always in mini-block chunks. */
  private static void checkBools(Place place, long bytesOfTwo, int buffers) {
    long room = MiniBlockFormat.roomForTwoValues(buffers);
    if (bytesOfTwo > room) {
      throw place.refused(
          "two lists of bool with validity take %d bytes, more than the %d that a chunk has for them"
              .formatted(bytesOfTwo, room),
          "pack the bits into fixed_size_binary, or write shorter lists");
    }
  }

  /** The bytes that {@code bits} bits take in a chunk. */
  private static long chunkBytes(long bits) {
    return MiniBlockFormat.padded(Bitmap.bytesFor(bits));
  }

  private static void checkDictionary(Place place, DataType.Dictionary dictionary) {
    if (!(dictionary.index() instanceof DataType.Int)) {
      throw place.refused("the indices of a dictionary are integers", "declare them so");
    }
    switch (dictionary.value()) {
      case DataType.Int _, DataType.FloatingPoint _, DataType.VariableWidth _ -> {}
      default ->
          throw place.refused(
              "readers give back dictionaries of integers, floats, strings and binaries only",
              "decode it to " + dictionary.value() + ", or leave it out");
    }
  }

  private static void checkFlat(Place place, DataType type) {
    switch (type) {
      case DataType.Timestamp t when t.zone() != null -> checkZone(place, t.zone());
      case DataType.FixedSizeBinary t when t.byteWidth() == 0 ->
          throw place.refused("values of 0 bytes cannot be stored", "leave the column out");
      case DataType.Unsupported _ ->
          throw place.refused("a Lance file has no such type", "cast the column or leave it out");
      default -> {}
    }
  }

  private static void checkZone(Place place, String zone) {
    // The stored spelling is split at each ':', and '-' stands for no zone.
    if (zone.indexOf(':') >= 0 || zone.equals("-")) {
      throw place.refused(
          "no reader understands the time zone '" + zone + "' in a file",
          "use a named zone such as UTC or Europe/Paris");
    }
  }
}
