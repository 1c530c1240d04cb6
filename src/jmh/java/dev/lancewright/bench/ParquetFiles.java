package dev.lancewright.bench;

import dev.lancewright.column.Batch;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/** Writes Parquet files with parquet-java: its defaults, and zstd. */
final class ParquetFiles {
  private ParquetFiles() {}

  /** A row of a batch. */
  private record Row(Batch batch, int index) {}

  /** Whether this class knows a Parquet type for each column: nested ones have none here. */
  static boolean holds(Schema schema) {
    return schema.fields().stream()
        .map(Field::type)
        .allMatch(
            type -> type instanceof DataType.FixedWidth || type instanceof DataType.VariableWidth);
  }

  static void write(DataSet set, Path file) throws IOException {
    try (File out = new File(file, set.schema())) {
      for (Batch batch : set.batches()) {
        out.write(batch);
      }
    }
  }

  /** A file that is being written. */
  static final class File implements AutoCloseable {
    private final ParquetWriter<Row> writer;

    File(Path file, Schema schema) throws IOException {
      writer =
          new Builder(file, schema)
              .withConf(new PlainParquetConfiguration())
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
              .build();
    }

    void write(Batch batch) throws IOException {
      for (int row = 0; row < batch.rows(); row++) {
        writer.write(new Row(batch, row));
      }
    }

    @Override
    public void close() throws IOException {
      writer.close();
    }
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final Schema schema;

    Builder(Path file, Schema schema) {
      super(new LocalOutputFile(file));
      this.schema = schema;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the superclass
    protected WriteSupport<Row> getWriteSupport(Configuration ignored) {
      return new Rows(schema);
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration ignored) {
      return new Rows(schema);
    }
  }

  private static final class Rows extends WriteSupport<Row> {
    private final Schema schema;
    private RecordConsumer out;

    Rows(Schema schema) {
      this.schema = schema;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract in the superclass
    public WriteContext init(Configuration ignored) {
      return context();
    }

    @Override
    public WriteContext init(ParquetConfiguration ignored) {
      return context();
    }

    private WriteContext context() {
      Types.MessageTypeBuilder message = Types.buildMessage();
      schema.fields().forEach(field -> message.addField(type(field)));
      MessageType type = message.named("row");
      return new WriteContext(type, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(Row row) {
      out.startMessage();
      List<Column> columns = row.batch.columns();
      for (int i = 0; i < columns.size(); i++) {
        if (!columns.get(i).isNull(row.index)) {
          String name = schema.fields().get(i).name();
          out.startField(name, i);
          add(columns.get(i), row.index);
          out.endField(name, i);
        }
      }
      out.endMessage();
    }

    private void add(Column column, int row) {
      switch (column) {
        case BoolColumn bools -> out.addBoolean(bools.values().get(row));
        case VariableWidthColumn strings -> {
          long start = strings.offset(row);
          MemorySegment value = strings.data().asSlice(start, strings.offset(row + 1) - start);
          out.addBinary(Binary.fromConstantByteArray(value.toArray(ValueLayout.JAVA_BYTE)));
        }
        case FixedWidthColumn fixed -> add(fixed.type(), fixed.values(), row);
        default -> throw new IllegalArgumentException("no Parquet type for " + column.type());
      }
    }

    private void add(DataType.FixedWidth type, MemorySegment values, long row) {
      long at = row * type.byteWidth();
      switch (physicalType(type)) {
        case FLOAT -> out.addFloat(Float.intBitsToFloat(values.get(LittleEndian.INT, at)));
        case DOUBLE -> out.addDouble(Double.longBitsToDouble(values.get(LittleEndian.LONG, at)));
        case INT64 -> out.addLong(values.get(LittleEndian.LONG, at));
        default ->
            out.addInteger(
                type.byteWidth() == 1
                    ? Byte.toUnsignedInt(values.get(ValueLayout.JAVA_BYTE, at))
                    : values.get(LittleEndian.INT, at));
      }
    }
  }

  private static org.apache.parquet.schema.Type type(Field field) {
    return Types.optional(physicalType(field.type()))
        .as(annotation(field.type()))
        .named(field.name());
  }

  /** As Parquet's own writers of small decimals do it, a decimal is its lower 64 bits. */
  private static PrimitiveTypeName physicalType(DataType type) {
    return switch (type) {
      case DataType.Bool ignored -> PrimitiveTypeName.BOOLEAN;
      case DataType.VariableWidth ignored -> PrimitiveTypeName.BINARY;
      case DataType.FloatingPoint real ->
          real.bitWidth() == 32 ? PrimitiveTypeName.FLOAT : PrimitiveTypeName.DOUBLE;
      case DataType.FixedWidth number ->
          number.bitWidth() <= 32 ? PrimitiveTypeName.INT32 : PrimitiveTypeName.INT64;
      default -> throw new IllegalArgumentException("no Parquet type for " + type);
    };
  }

  private static LogicalTypeAnnotation annotation(DataType type) {
    return switch (type) {
      case DataType.Utf8 ignored -> LogicalTypeAnnotation.stringType();
      case DataType.Date ignored -> LogicalTypeAnnotation.dateType();
      case DataType.Int integer ->
          LogicalTypeAnnotation.intType(integer.bitWidth(), integer.signed());
      case DataType.Decimal decimal ->
          LogicalTypeAnnotation.decimalType(decimal.scale(), decimal.precision());
      case DataType.Timestamp ignored ->
          LogicalTypeAnnotation.timestampType(false, LogicalTypeAnnotation.TimeUnit.MICROS);
      default -> null;
    };
  }
}
