package dev.lancewright.internal.file;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import dev.lancewright.internal.proto.Encodings21Proto;
import dev.lancewright.internal.proto.EncodingsProto;
import dev.lancewright.internal.proto.File2Proto;
import dev.lancewright.internal.proto.FileProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A small file of format 2.1, every part of which a test may spoil before it is put together. */
final class FileBuilder {
  static final int DATA_BYTES = 128;

  final FileProto.FileDescriptor.Builder descriptor = FileProto.FileDescriptor.newBuilder();
  final File2Proto.ColumnMetadata.Builder column = File2Proto.ColumnMetadata.newBuilder();
  final File2Proto.ColumnMetadata.Page.Builder page;
  int major = 2;
  int minor = 1;

  /** One column 'x' of int32 with one page of 3 rows in two buffers. */
  FileBuilder() {
    descriptor
        .setLength(3)
        .getSchemaBuilder()
        .addFieldsBuilder()
        .setName("x")
        .setParentId(-1)
        .setLogicalType("int32");
    column.setEncoding(
        encoding(
            "/lance.encodings.ColumnEncoding",
            EncodingsProto.ColumnEncoding.newBuilder()
                .setValues(Empty.getDefaultInstance())
                .build()
                .toByteString()));
    Encodings21Proto.PageLayout.Builder layout = Encodings21Proto.PageLayout.newBuilder();
    layout
        .getMiniBlockLayoutBuilder()
        .setNumItems(3)
        .getValueCompressionBuilder()
        .getFlatBuilder()
        .setBitsPerValue(32);
    page =
        column
            .addPagesBuilder()
            .setLength(3)
            .addBufferOffsets(0)
            .addBufferSizes(2)
            .addBufferOffsets(64)
            .addBufferSizes(24)
            .setEncoding(encoding("/lance.encodings21.PageLayout", layout.build().toByteString()));
  }

  static File2Proto.Encoding encoding(String typeUrl, ByteString value) {
    Any any = Any.newBuilder().setTypeUrl(typeUrl).setValue(value).build();
    return File2Proto.Encoding.newBuilder()
        .setDirect(File2Proto.DirectEncoding.newBuilder().setEncoding(any.toByteString()))
        .build();
  }

  byte[] build() {
    byte[] schema = descriptor.build().toByteArray();
    byte[] metadata = column.build().toByteArray();
    int columnMetadata = DATA_BYTES + schema.length;
    int columnTable = columnMetadata + metadata.length;
    return ByteBuffer.allocate(columnTable + 16 + 16 + 40)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[DATA_BYTES])
        .put(schema)
        .put(metadata)
        .putLong(columnMetadata)
        .putLong(metadata.length)
        .putLong(DATA_BYTES)
        .putLong(schema.length)
        .putLong(columnMetadata)
        .putLong(columnTable)
        .putLong(columnTable + 16)
        .putInt(1)
        .putInt(1)
        .putShort((short) major)
        .putShort((short) minor)
        .putInt(0x434E414C)
        .array();
  }
}
