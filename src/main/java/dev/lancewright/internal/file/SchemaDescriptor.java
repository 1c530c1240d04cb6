package dev.lancewright.internal.file;

import com.google.protobuf.ByteString;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.internal.wire.WireMessage;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A file's schema and row count as its first global buffer, in both directions. */
public final class SchemaDescriptor {
  /** Field metadata key that gives a field its id; not stored. */
  static final String FIELD_ID = "lance:field_id";

  private static final String PRIMARY_KEY = "lance-schema:unenforced-primary-key";
  private static final String PRIMARY_KEY_POSITION = PRIMARY_KEY + ":position";
  private static final String CLUSTERING_KEY_POSITION =
      "lance-schema:unenforced-clustering-key:position";

  /** The parent of top-level fields. */
  private static final int NO_PARENT = -1;

  private SchemaDescriptor() {}

  /**
   * What a descriptor says.
   *
   * @param fieldIds the ids of all fields that {@link LogicalTypes#children} reaches, in pre-order
   */
  public record Decoded(Schema schema, long rows, List<Integer> fieldIds) {
    public Decoded {
      fieldIds = List.copyOf(fieldIds);
    }
  }

  /**
   * The descriptor of a schema. The same schema always gives the same bytes.
   *
   * @throws IllegalArgumentException if field ids in the metadata are invalid or used twice
   */
  public static WireMessage encode(Schema schema, long rows) {
    WireMessage stored = new WireMessage();
    int[] ids = fieldIds(schema);
    int next = 0;
    for (Field field : schema.fields()) {
      next = encodeField(field, NO_PARENT, ids, next, stored);
    }
    for (Map.Entry<String, String> entry : schema.metadata().entrySet()) {
      stored.entry(FileProto.Schema.METADATA_FIELD_NUMBER, entry.getKey(), entry.getValue());
    }
    return new WireMessage()
        .message(FileProto.FileDescriptor.SCHEMA_FIELD_NUMBER, stored)
        .number(FileProto.FileDescriptor.LENGTH_FIELD_NUMBER, rows);
  }

  /**
   * The ids of all fields in pre-order. A field keeps the id that its metadata names under {@code
   * lance:field_id}; the others are numbered from above the greatest of those, or from 0.
   *
   * @throws IllegalArgumentException if an id is not a number, negative or used twice
   */
  public static int[] fieldIds(Schema schema) {
    List<Field> fields = new ArrayList<>();
    schema.fields().forEach(field -> addPreOrder(field, fields));
    int[] ids = new int[fields.size()];
    Map<Integer, String> named = new HashMap<>();
    int greatest = -1;
    for (int i = 0; i < ids.length; i++) {
      ids[i] = namedId(fields.get(i));
      greatest = Math.max(greatest, ids[i]);
      String name = fields.get(i).name();
      String first = ids[i] < 0 ? null : named.putIfAbsent(ids[i], name);
      if (first != null) {
        throw new IllegalArgumentException(
            "columns '%s' and '%s' both have %s %d; ids must be unique"
                .formatted(first, name, FIELD_ID, ids[i]));
      }
    }
    if (greatest > Integer.MAX_VALUE - (ids.length - named.size())) {
      throw new IllegalArgumentException(
          "column '%s': %s %d leaves no room for the ids of the other columns; use a smaller one"
              .formatted(named.get(greatest), FIELD_ID, greatest));
    }
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0) {
        ids[i] = ++greatest;
      }
    }
    return ids;
  }

  /**
   * The ids of the fields that own columns from format 2.1 on, in the order of the columns.
   *
   * @throws IllegalArgumentException as {@link #fieldIds}
   */
  public static int[] leafIds(Schema schema) {
    int[] ids = fieldIds(schema);
    IntStream.Builder leaves = IntStream.builder();
    int next = 0;
    for (Field field : schema.fields()) {
      next = addLeafIds(field, true, ids, next, leaves);
    }
    return leaves.build().toArray();
  }

  private static int addLeafIds(
      Field field, boolean owner, int[] ids, int index, IntStream.Builder out) {
    List<Field> children = LogicalTypes.children(field.type());
    if (owner && (children.isEmpty() || field.isPacked())) {
      out.add(ids[index]);
    }
    int next = index + 1;
    for (Field child : children) {
      next = addLeafIds(child, owner && !field.isPacked(), ids, next, out);
    }
    return next;
  }

  /**
   * The schema and row count of a descriptor. A logical type that is not known becomes {@link
   * DataType.Unsupported}.
   *
   * @throws LanceFormatException if the fields form no tree, or the rows cannot be counted
   */
  public static Decoded decode(FileProto.FileDescriptor descriptor) throws LanceFormatException {
    if (!descriptor.hasSchema()) {
      throw new LanceFormatException("the schema descriptor has no schema");
    }
    if (descriptor.getLength() < 0) {
      throw new LanceFormatException(
          "the schema descriptor says %s rows; a file has at most 2^63 - 1"
              .formatted(Long.toUnsignedString(descriptor.getLength())));
    }
    List<Integer> ids = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (Node root : tree(descriptor.getSchema().getFieldsList())) {
      fields.add(decodeField(root, ids));
    }
    Map<String, String> metadata = strings(descriptor.getSchema().getMetadataMap());
    try {
      return new Decoded(new Schema(fields, metadata), descriptor.getLength(), ids);
    } catch (IllegalArgumentException e) {
      throw new LanceFormatException(
          "the schema descriptor contradicts itself: " + FileText.oneLine(e.getMessage()), e);
    }
  }

  private static int encodeField(Field field, int parent, int[] ids, int index, WireMessage out) {
    int id = ids[index];
    String extension = field.metadata().getOrDefault(LogicalTypes.EXTENSION_NAME, "");
    WireMessage message =
        new WireMessage()
            .text(FileProto.Field.NAME_FIELD_NUMBER, field.name())
            .number(FileProto.Field.ID_FIELD_NUMBER, id)
            .number(FileProto.Field.PARENT_ID_FIELD_NUMBER, parent)
            .text(FileProto.Field.LOGICAL_TYPE_FIELD_NUMBER, LogicalTypes.name(field))
            .flag(FileProto.Field.NULLABLE_FIELD_NUMBER, field.nullable())
            .number(FileProto.Field.ENCODING_FIELD_NUMBER, encodingHint(field.type()))
            .text(FileProto.Field.EXTENSION_NAME_FIELD_NUMBER, extension);
    // A field's metadata is sorted by key.
    for (Map.Entry<String, String> entry : field.metadata().entrySet()) {
      if (!entry.getKey().equals(FIELD_ID)) {
        message.entry(FileProto.Field.METADATA_FIELD_NUMBER, entry.getKey(), entry.getValue());
      }
    }
    if (!field.metadata().isEmpty()) {
      putKeys(field, message);
    }
    out.message(FileProto.Schema.FIELDS_FIELD_NUMBER, message);
    int next = index + 1;
    for (Field child : LogicalTypes.children(field.type())) {
      next = encodeField(child, id, ids, next, out);
    }
    return next;
  }

  private static int encodingHint(DataType type) {
    return switch (type) {
      case DataType.FixedWidth _, DataType.FixedSizeList _, DataType.ListOf _, DataType.MapOf _ ->
          FileProto.Field.Encoding.PLAIN_VALUE;
      case DataType.VariableWidth _ -> FileProto.Field.Encoding.VAR_BINARY_VALUE;
      case DataType.Dictionary _ -> FileProto.Field.Encoding.DICTIONARY_VALUE;
      case DataType.Struct _, DataType.Null _, DataType.Unsupported _ ->
          FileProto.Field.Encoding.NONE_VALUE;
    };
  }

  private static void putKeys(Field field, WireMessage out) {
    int primary = position(field, PRIMARY_KEY_POSITION);
    String flag = field.metadata().getOrDefault(PRIMARY_KEY, "");
    out.flag(
            FileProto.Field.UNENFORCED_PRIMARY_KEY_FIELD_NUMBER,
            primary >= 0 || flag.matches("(?i)true|1|yes"))
        .number(FileProto.Field.UNENFORCED_PRIMARY_KEY_POSITION_FIELD_NUMBER, Math.max(primary, 0))
        .number(
            FileProto.Field.UNENFORCED_CLUSTERING_KEY_POSITION_FIELD_NUMBER,
            Math.max(position(field, CLUSTERING_KEY_POSITION), 0));
  }

  /** The number under a key; negative if there is none. */
  private static int position(Field field, String key) {
    String text = field.metadata().getOrDefault(key, "");
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }

  private static void addPreOrder(Field field, List<Field> out) {
    out.add(field);
    LogicalTypes.children(field.type()).forEach(child -> addPreOrder(child, out));
  }

  private static int namedId(Field field) {
    String text = field.metadata().get(FIELD_ID);
    if (text == null) {
      return -1;
    }
    if (!text.matches("[0-9]{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "column '%s': %s is '%s'; a field id is a number from 0 to %d"
              .formatted(field.name(), FIELD_ID, text, Integer.MAX_VALUE));
    }
    return Integer.parseInt(text);
  }

  /** A stored field and the fields that name it as their parent. */
  private record Node(FileProto.Field proto, int depth, List<Node> children) {}

  private static List<Node> tree(List<FileProto.Field> fields) throws LanceFormatException {
    List<Node> roots = new ArrayList<>();
    Map<Integer, Node> byId = new HashMap<>();
    for (FileProto.Field proto : fields) {
      Node parent = byId.get(proto.getParentId());
      if (parent == null && proto.getParentId() != NO_PARENT) {
        throw new LanceFormatException(
            "field %s says that its parent is field %d, which does not come before it"
                .formatted(FileText.quote(proto.getName()), proto.getParentId()));
      }
      Node node = new Node(proto, parent == null ? 0 : parent.depth + 1, new ArrayList<>());
      (parent == null ? roots : parent.children).add(node);
      if (node.depth > LogicalTypes.MAX_DEPTH) {
        throw new LanceFormatException(
            "field %s is nested more than %d deep"
                .formatted(FileText.quote(proto.getName()), LogicalTypes.MAX_DEPTH));
      }
      // Some files give ids of -1 to fields that are nobody's parent.
      if (proto.getId() >= 0 && byId.put(proto.getId(), node) != null) {
        throw new LanceFormatException(
            "field %s has the id %d of a field before it"
                .formatted(FileText.quote(proto.getName()), proto.getId()));
      }
    }
    return roots;
  }

  private static Field decodeField(Node node, List<Integer> ids) throws LanceFormatException {
    FileProto.Field proto = node.proto;
    int position = ids.size();
    ids.add(proto.getId());
    List<Field> children = new ArrayList<>();
    for (Node child : node.children) {
      children.add(decodeField(child, ids));
    }
    Map<String, String> metadata = strings(proto.getMetadataMap());
    if (!proto.getExtensionName().isEmpty()) {
      metadata.put(LogicalTypes.EXTENSION_NAME, proto.getExtensionName());
    }
    try {
      DataType type = LogicalTypes.parse(proto.getLogicalType(), children);
      if (type instanceof DataType.Unsupported) {
        ids.subList(position + 1, ids.size()).clear();
      }
      return new Field(
          proto.getName(),
          type,
          proto.getNullable(),
          LogicalTypes.metadata(proto.getLogicalType(), metadata));
    } catch (IllegalArgumentException e) {
      throw new LanceFormatException(
          "field %s (%s): %s"
              .formatted(
                  FileText.quote(proto.getName()),
                  FileText.quote(proto.getLogicalType()),
                  e.getMessage()),
          e);
    }
  }

  private static Map<String, String> strings(Map<String, ByteString> stored) {
    Map<String, String> strings = new TreeMap<>();
    stored.forEach((key, value) -> strings.put(key, value.toStringUtf8()));
    return strings;
  }
}
