package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.Any;
import dev.lancewright.LanceWriter;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.File2Proto;
import dev.lancewright.io.MemorySink;
import dev.lancewright.io.MemorySource;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.Rows;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class FileCheckTest {
  @Test
  void namesBuffersThatOverlap() {
    FileBuilder file = new FileBuilder();
    file.page.setBufferOffsets(1, 0);
    file.page.setBufferSizes(0, 65);
    assertFault(
        file.build(),
        "column 'x', page 0, buffer 1: it starts at byte 0, inside column 'x', page 0, buffer 0,"
            + " which ends at byte 65");
  }

  @Test
  void namesAPageInsideOfTheSchema() {
    FileBuilder file = new FileBuilder();
    file.page.setBufferOffsets(1, FileBuilder.DATA_BYTES);
    assertFault(
        file.build(),
        "column 'x', page 0, buffer 1: it starts at byte 128, inside global buffer 0, which ends at"
            + " byte "
            + (FileBuilder.DATA_BYTES + file.descriptor.build().getSerializedSize()));
  }

  @Test
  void namesWhatLiesBeforeTheFirstBuffer() {
    FileBuilder file = new FileBuilder();
    file.page.setBufferOffsets(0, 64).setBufferSizes(1, 0);
    byte[] bytes = file.build();
    bytes[3] = 9;
    assertFault(
        bytes,
        "the padding before the first buffer has the byte 9 at position 3; it must be 72, or 0");
  }

  @Test
  void comparesTheCountsOfAFullZipPage() throws IOException {
    byte[] bytes = fullZip();
    new FileCheck(FileTail.read(source(bytes)), source(bytes), 1 << 20).run();
    assertFault(
        withLayout(bytes, layout -> layout.getFullZipLayoutBuilder().setNumItems(4)),
        "column 'text', page 0: it has 3 entries, but is said to have 4");
    assertFault(
        withLayout(bytes, layout -> layout.getFullZipLayoutBuilder().setNumVisibleItems(2)),
        "column 'text', page 0: it has 3 values, but is said to have 2");
  }

  private static byte[] fullZip() throws IOException {
    Field field = Field.nullable("text", DataType.utf8());
    CompressionParams params =
        CompressionParams.builder()
            .column("*", FieldCompression.parse("structural-encoding", "fullzip"))
            .build();
    try (MemorySink sink = MemorySink.create();
        Rows rows = Rows.of(field, "a", null, "ccc");
        LanceWriter writer =
            LanceWriter.builder(Schema.of(field)).compression(params).create(sink)) {
      writer.write(rows.batch());
      writer.finish();
      return sink.segment().toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /** The file with another layout of its only page, which takes as many bytes. */
  private static byte[] withLayout(byte[] file, Consumer<PageLayout.Builder> change)
      throws IOException {
    Extent extent = FileTail.read(source(file)).metadata(0);
    MemorySegment bytes = MemorySegment.ofArray(file.clone());
    MemorySegment place = bytes.asSlice(extent.position(), extent.size());
    File2Proto.ColumnMetadata.Builder metadata =
        File2Proto.ColumnMetadata.parseFrom(place.toArray(ValueLayout.JAVA_BYTE)).toBuilder();
    Any any = Any.parseFrom(metadata.getPages(0).getEncoding().getDirect().getEncoding());
    PageLayout.Builder layout = PageLayout.parseFrom(any.getValue()).toBuilder();
    change.accept(layout);
    metadata
        .getPagesBuilder(0)
        .setEncoding(FileBuilder.encoding(any.getTypeUrl(), layout.build().toByteString()));
    byte[] changed = metadata.build().toByteArray();
    assertEquals(extent.size(), changed.length);
    place.copyFrom(MemorySegment.ofArray(changed));
    return bytes.toArray(ValueLayout.JAVA_BYTE);
  }

  private static MemorySource source(byte[] bytes) {
    return new MemorySource("m", MemorySegment.ofArray(bytes));
  }

  private static void assertFault(byte[] bytes, String message) {
    LanceFormatException e =
        assertThrows(
            LanceFormatException.class,
            () -> new FileCheck(FileTail.read(source(bytes)), source(bytes), 1 << 20).run());
    assertEquals("m: " + message, e.getMessage());
  }
}
