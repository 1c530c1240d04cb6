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
  private static final DataType INT = new DataType.Int(32, true);
  private static final DataType TEXT = new DataType.Utf8(false);

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
        new DataType.Struct(
            List.of(
                Field.required("i", INT), Field.required("b", new DataType.FixedSizeBinary(3))));
    List<Field> fields =
        new ArrayList<>(
            List.of(
                Field.nullable("list", list(INT)),
                Field.nullable("lists", list(list(TEXT))),
                Field.nullable("nulls", list(new DataType.Null())),
                Field.nullable("structs", list(struct(INT, list(new DataType.Bool())))),
                Field.nullable("struct", struct(struct(TEXT, INT), new DataType.Bool())),
                Field.nullable("dictionary", new DataType.Dictionary(INT, TEXT, false)),
                Field.nullable(
                    "dictionaries",
                    list(new DataType.Dictionary(new DataType.Int(8, true), TEXT, false))),
                Field.nullable(
                    "array",
                    new DataType.FixedSizeList(
                        Field.nullable("item", new DataType.FloatingPoint(32)), 3)),
                Field.nullable("wide", new DataType.FixedSizeList(Field.nullable("item", INT), 80)),
                Field.nullable("null", new DataType.Null()),
                new Field("packed", numbers, true, packed),
                Field.nullable(
                    "packs", new DataType.ListOf(new Field("item", numbers, true, packed), true))));
    if (version == FormatVersion.V2_2) {
      DataType entries =
          new DataType.Struct(List.of(Field.required("key", TEXT), Field.nullable("value", INT)));
      DataType mixed =
          new DataType.Struct(
              List.of(
                  Field.required("i", INT),
                  Field.required("s", TEXT),
                  Field.required("l", new DataType.FixedSizeList(Field.nullable("item", INT), 2))));
      fields.add(
          Field.nullable("map", new DataType.MapOf(Field.required("entries", entries), false)));
      fields.add(
          Field.nullable(
              "boxes", new DataType.FixedSizeList(Field.nullable("item", struct(INT, TEXT)), 2)));
      fields.add(new Field("mixed", mixed, true, packed));
    }
    return fields;
  }

  private static DataType list(DataType item) {
    return new DataType.ListOf(Field.nullable("item", item), false);
  }

  private static DataType struct(DataType a, DataType b) {
    return new DataType.Struct(List.of(Field.nullable("a", a), Field.nullable("b", b)));
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
