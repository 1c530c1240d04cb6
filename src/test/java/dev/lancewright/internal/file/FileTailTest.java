package dev.lancewright.internal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import dev.lancewright.format.Extent;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.proto.File2Proto;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.io.MemorySource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FileTailTest {
  @Test
  void aSoundFileIsRead() throws IOException {
    FileTail tail = read(new FileBuilder().build());
    assertEquals(3, tail.descriptor().rows());
    FileTail.Column column = tail.columns().getFirst();
    assertEquals("x", column.field().path());
    assertEquals(
        List.of(new Extent(0, 2), new Extent(64, 24)), column.pages().getFirst().buffers());
  }

  @Test
  void hostsInTypeNamesAreAccepted() throws IOException {
    FileBuilder file = new FileBuilder();
    file.page.setEncoding(
        FileBuilder.encoding("type.googleapis.com/lance.encodings21.PageLayout", ByteString.EMPTY));
    assertEquals(1, read(file.build()).columns().getFirst().pages().size());
  }

  static Stream<Arguments> brokenMessages() {
    return Stream.of(
        broken(file -> file.descriptor.clearSchema(), "the schema descriptor has no schema"),
        broken(
            file -> file.descriptor.getSchemaBuilder().clearFields(),
            "the schema stands for 0 columns, but the footer counts 1"),
        broken(file -> file.column.clearEncoding(), "column 0 ('x') has no encoding"),
        broken(file -> file.column.setEncoding(none()), "column 0 ('x') has no encoding"),
        broken(
            file ->
                file.column.setEncoding(
                    FileBuilder.encoding("/lance.encodings.ColumnEncoding", ByteString.EMPTY)),
            "column 0 ('x') has an encoding of an unknown kind"),
        broken(file -> file.page.clearEncoding(), "page 0 of column 0 ('x') has no encoding"),
        broken(
            file -> file.page.getEncodingBuilder().getIndirectBuilder().setBufferLength(3),
            "page 0 of column 0 ('x') has its encoding in another place, which no reader supports"),
        broken(
            file ->
                file.page.setEncoding(
                    FileBuilder.encoding("lance.encodings21.PageLayout", ByteString.EMPTY)),
            "page 0 of column 0 ('x') has an encoding of type 'lance.encodings21.PageLayout'; in"
                + " format 2.1 it must be lance.encodings21.PageLayout"),
        broken(
            file -> {
              file.major = 0;
              file.minor = 3;
            },
            "page 0 of column 0 ('x') has an encoding of type '/lance.encodings21.PageLayout'; in"
                + " format 2.0 it must be lance.encodings.ArrayEncoding"),
        broken(
            file ->
                file.page.setEncoding(
                    FileBuilder.encoding(
                        "/lance.encodings21.PageLayout", ByteString.copyFromUtf8("xyz"))),
            "the encoding of page 0 of column 0 ('x') is damaged: While parsing a protocol message,"
                + " the input ended unexpectedly in the middle of a field.  This could mean either"
                + " that the input has been truncated or that an embedded message misreported its"
                + " own length."),
        broken(
            file -> file.page.addBufferSizes(3),
            "page 0 of column 0 ('x') has 2 buffer offsets, but 3 buffer sizes"),
        broken(
            file -> file.page.setBufferOffsets(1, 65),
            "buffer 1 of page 0 of column 0 ('x') starts at byte 65, which is not a multiple of"
                + " 64"),
        broken(
            file -> file.page.setBufferSizes(1, 1000),
            "buffer 1 of page 0 of column 0 ('x') is said to have 1000 bytes at byte 64, which is"
                + " not between bytes 0 and 155, where it belongs"),
        broken(
            file -> file.page.setBufferSizes(1, -1),
            "buffer 1 of page 0 of column 0 ('x') is said to have 18446744073709551615 bytes at"
                + " byte 64, which is not between bytes 0 and 155, where it belongs"),
        broken(
            file -> file.page.setBufferOffsets(0, Long.MIN_VALUE),
            "buffer 0 of page 0 of column 0 ('x') is said to have 2 bytes at byte"
                + " 9223372036854775808, which is not between bytes 0 and 155, where it belongs"),
        broken(
            file -> file.page.setLength(-1),
            "page 0 of column 0 ('x') is said to have 18446744073709551615 rows"),
        broken(
            file ->
                file.column
                    .addPagesBuilder()
                    .mergeFrom(file.page.build())
                    .setLength(Long.MAX_VALUE),
            "page 1 of column 0 ('x') is said to have 9223372036854775807 rows"),
        broken(
            file -> file.page.setLength(2),
            "column 0 ('x') has 2 rows in its pages, but the file is said to have 3"),
        broken(
            file -> file.column.clearPages(),
            "column 0 ('x') has 0 rows in its pages, but the file is said to have 3"),
        broken(
            file -> file.minor = 9,
            "file version 2.9 is not supported; known are 2.0, 2.1, 2.2 and 2.3"));
  }

  @ParameterizedTest
  @MethodSource("brokenMessages")
  void contradictionsAreNamed(Consumer<FileBuilder> spoil, String message) {
    FileBuilder file = new FileBuilder();
    spoil.accept(file);
    LanceFormatException refusal =
        assertThrows(LanceFormatException.class, () -> read(file.build()).columns());
    assertEquals("f.lance: " + message, refusal.getMessage());
  }

  static Stream<Arguments> brokenNumbers() {
    String contradiction =
        "the footer at byte 291 contradicts itself: column metadata at byte %s, the table of its %s"
            + " columns at byte %s, the table of its %s global buffers at byte %s";
    return Stream.of(
        Arguments.of(
            -40,
            0x7FFFFFFFFFFFFFFFL,
            contradiction.formatted("9223372036854775807", 1, 259, 1, 275)),
        Arguments.of(-40, -1L, contradiction.formatted("18446744073709551615", 1, 259, 1, 275)),
        Arguments.of(-32, 315L, contradiction.formatted(155, 1, 315, 1, 275)),
        Arguments.of(-24, 0L, contradiction.formatted(155, 1, 259, 1, 0)),
        Arguments.of(
            -16, 0xFFFFFFFF_00000001L, contradiction.formatted(155, "4294967295", 259, 1, 275)),
        Arguments.of(
            -16, 0x00000001_FFFFFFFFL, contradiction.formatted(155, 1, 259, "4294967295", 275)),
        Arguments.of(
            -16, 0x00000001_00000000L, "the file has no global buffers, so it has no schema"),
        Arguments.of(-56, 65L, "global buffer 0 starts at byte 65, which is not a multiple of 64"),
        Arguments.of(
            -48,
            28L,
            "global buffer 0 is said to have 28 bytes at byte 128, which is not between bytes 0 and"
                + " 155, where it belongs"),
        Arguments.of(
            -72,
            154L,
            "the metadata of column 0 ('x') is said to have 104 bytes at byte 154, which is not"
                + " between bytes 155 and 259, where it belongs"),
        Arguments.of(
            -64,
            Long.MAX_VALUE,
            "the metadata of column 0 ('x') is said to have 9223372036854775807 bytes at byte 155,"
                + " which is not between bytes 155 and 259, where it belongs"));
  }

  @ParameterizedTest
  @MethodSource("brokenNumbers")
  void offsetsAndCountsThatLieAreNamed(int fromEnd, long value, String message) {
    byte[] file = new FileBuilder().build();
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(file.length + fromEnd, value);
    assertEquals("f.lance: " + message, messageOf(file));
  }

  @Test
  void pathsThatMultiplyALongNameAreRefused() {
    FileBuilder file = new FileBuilder();
    FileProto.Schema.Builder schema = file.descriptor.getSchemaBuilder();
    schema.getFieldsBuilder(0).setName("x".repeat(1 << 20)).setLogicalType("struct");
    for (int id = 1; id <= 64; id++) {
      schema.addFieldsBuilder().setName("y").setId(id).setParentId(0).setLogicalType("int8");
    }
    assertEquals(
        "f.lance: the names of the fields, joined to paths, have more than 67108864 characters",
        messageOf(file.build()));
  }

  @Test
  void otherFilesAreRefused() {
    String footer = ", and the footer alone takes 40";
    assertEquals("f.lance: not a Lance file: it has 0 bytes" + footer, messageOf(new byte[0]));
    assertEquals("f.lance: not a Lance file: it has 39 bytes" + footer, messageOf(new byte[39]));
    assertEquals(
        "f.lance: not a Lance file, or cut short: its last four bytes are not LANC",
        messageOf(new byte[1000]));
  }

  private static Arguments broken(Consumer<FileBuilder> spoil, String message) {
    return Arguments.of(spoil, message);
  }

  private static File2Proto.Encoding none() {
    return File2Proto.Encoding.newBuilder().setNone(Empty.getDefaultInstance()).build();
  }

  private static FileTail read(byte[] file) throws IOException {
    return FileTail.read(new MemorySource("f.lance", MemorySegment.ofArray(file)));
  }

  /** What opening says; it does not look at the metadata of columns. */
  private static String messageOf(byte[] file) {
    return assertThrows(LanceFormatException.class, () -> read(file)).getMessage();
  }
}
