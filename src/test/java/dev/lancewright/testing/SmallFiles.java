package dev.lancewright.testing;

import dev.lancewright.LanceWriter;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.io.MemorySink;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.RandomColumns.Form;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Files of a few kilobytes that between them have every layout and encoding. */
public final class SmallFiles {
  private static final DataType INT = DataType.int32();
  private static final DataType TEXT = DataType.utf8();

  private SmallFiles() {}

  /**
   * Columns of any encodings.
   *
   * @param columns how many, of {@code rows} rows each
   */
  public static byte[] encodings(FormatVersion version, long seed, int columns, int rows)
      throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    CompressionProfile profile = CompressionProfile.FASTEST;
    try (Arena arena = Arena.ofConfined()) {
      EncodingCases source = new EncodingCases(version, profile, random, arena);
      List<Field> fields = new ArrayList<>();
      List<Column> values = new ArrayList<>();
      CompressionParams.Builder params = CompressionParams.builder();
      for (int i = 0; i < columns; i++) {
        EncodingCase one = source.next("c" + i, rows);
        fields.add(one.field());
        values.add(one.column());
        FieldCompression settings = FieldCompression.UNSET;
        for (Map.Entry<String, String> setting : one.settings().entrySet()) {
          settings = settings.merge(FieldCompression.parse(setting.getKey(), setting.getValue()));
        }
        params.column(one.path(), settings);
      }
      Batch batch = new Batch(new Schema(fields, Map.of("a", "b")), values, rows);
      return write(
          LanceWriter.builder(batch.schema())
              .formatVersion(version)
              .profile(profile)
              .compression(params.build()),
          batch);
    }
  }

  /** Columns of lists, structs and what else has levels. */
  public static byte[] nested(FormatVersion version, long seed, Nulls nulls, int rows)
      throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      Schema schema = new Schema(nestedFields(version), Map.of());
      Batch batch = new RandomColumns(seed, nulls, Form.PLAIN, false).batch(schema, rows, arena);
      return write(
          LanceWriter.builder(schema).formatVersion(version).dataCacheBytes(16 << 10), batch);
    }
  }

  private static List<Field> nestedFields(FormatVersion version) {
    Map<String, String> packed = Map.of("packed", "true");
    DataType numbers =
        DataType.struct(Field.required("i", INT), Field.required("b", DataType.fixedSizeBinary(3)));
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.nullable("list", list(INT)),
                Field.nullable("lists", list(list(TEXT))),
                Field.nullable("nulls", list(DataType.nullType())),
                Field.nullable("structs", list(struct(INT, list(DataType.bool())))),
                Field.nullable("struct", struct(struct(TEXT, INT), DataType.bool())),
                Field.nullable("dictionary", DataType.dictionary(INT, TEXT)),
                Field.nullable("dictionaries", list(DataType.dictionary(DataType.int8(), TEXT))),
                Field.nullable(
                    "array", DataType.fixedSizeList(Field.nullable("item", DataType.float32()), 3)),
                Field.nullable("wide", DataType.fixedSizeList(Field.nullable("item", INT), 80)),
                Field.nullable("null", DataType.nullType()),
                new Field("packed", numbers, true, packed),
                Field.nullable(
                    "packs", DataType.largeList(new Field("item", numbers, true, packed)))));
    if (version == FormatVersion.V2_2) {
      DataType entries = DataType.struct(Field.required("key", TEXT), Field.nullable("value", INT));
      DataType mixed =
          DataType.struct(
              Field.required("i", INT),
              Field.required("s", TEXT),
              Field.required("l", DataType.fixedSizeList(Field.nullable("item", INT), 2)));
      fields.add(
          Field.nullable("map", new DataType.MapOf(Field.required("entries", entries), false)));
      fields.add(
          Field.nullable(
              "boxes", DataType.fixedSizeList(Field.nullable("item", struct(INT, TEXT)), 2)));
      fields.add(new Field("mixed", mixed, true, packed));
    }
    return fields;
  }

  private static DataType list(DataType item) {
    return DataType.list(Field.nullable("item", item));
  }

  private static DataType struct(DataType a, DataType b) {
    return DataType.struct(Field.nullable("a", a), Field.nullable("b", b));
  }

  private static byte[] write(LanceWriter.Builder options, Batch batch) throws IOException {
    try (MemorySink sink = MemorySink.create()) {
      try (LanceWriter writer = options.create(sink)) {
        writer.write(batch);
        writer.finish();
      }
      return sink.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }
}
