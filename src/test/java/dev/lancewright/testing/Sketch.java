package dev.lancewright.testing;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.EncodingsProto.ColumnEncoding;
import dev.lancewright.internal.proto.File2Proto;
import dev.lancewright.internal.proto.File2Proto.ColumnMetadata;
import dev.lancewright.internal.proto.FileProto;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The parts of a file without the positions and sizes that tie them together, so that each of them
 * can change by itself. Parts are behind one another, a mark between them; the first byte of each
 * says what it is.
 */
public final class Sketch {
  private static final byte[] MARK = {(byte) 0xF7, '|', (byte) 0xF8, '|'};
  private static final byte SCHEMA = 'S';
  private static final byte COLUMN = 'C';
  private static final byte PAGE = 'P';
  private static final byte BUFFER = 'B';
  private static final byte EDITS = 'E';
  private static final int ALIGNMENT = 64;
  private static final int[][] VERSIONS = {{2, 1}, {2, 2}, {2, 3}, {0, 3}};

  /** Schema and rows. */
  public final FileProto.FileDescriptor.Builder descriptor = FileProto.FileDescriptor.newBuilder();

  public final List<List<Page>> columns = new ArrayList<>();

  /** Which one, 2.1 being 0. */
  public int version;

  /** For who changes sketches: what to change. No part of the file. */
  public byte[] edits = {};

  /** What a page says and has. */
  public static final class Page {
    public final PageLayout.Builder layout = PageLayout.newBuilder();
    public final List<byte[]> buffers = new ArrayList<>();
    public long length;

    /** No part of {@link Sketch#toBytes}. */
    public long priority;
  }

  /** Adds a field, whose id is its place in the list; -1 is no parent. */
  public Sketch field(String logicalType, int parent) {
    int id = descriptor.getSchema().getFieldsCount();
    descriptor
        .getSchemaBuilder()
        .addFieldsBuilder()
        .setName("f" + id)
        .setId(id)
        .setParentId(parent)
        .setNullable(true)
        .setLogicalType(logicalType);
    return this;
  }

  /** Adds a column of one page. */
  public Page column(long length, byte[]... buffers) {
    Page page = new Page();
    page.length = length;
    page.buffers.addAll(List.of(buffers));
    columns.add(new ArrayList<>(List.of(page)));
    return page;
  }

  /** Reads what {@link #toBytes} wrote, or anything else. */
  public static Sketch of(byte[] bytes) {
    Sketch sketch = new Sketch();
    for (int at = 0; at < bytes.length; ) {
      int end = endOfPart(bytes, at);
      sketch.add(Arrays.copyOfRange(bytes, at, end));
      at = end + MARK.length;
    }
    return sketch;
  }

  private static int endOfPart(byte[] bytes, int from) {
    for (int at = from; at <= bytes.length - MARK.length; at++) {
      if (Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length)) {
        return at;
      }
    }
    return bytes.length;
  }

  private void add(byte[] part) {
    switch (part.length == 0 ? 0 : part[0]) {
      case SCHEMA -> {
        version = part.length > 1 ? part[1] & 3 : 0;
        merge(descriptor, FileProto.FileDescriptor.parser(), part, 2);
      }
      case COLUMN -> columns.add(new ArrayList<>());
      case PAGE -> {
        Page page = new Page();
        page.length = part.length < 9 ? 0 : littleEndian(part).getLong(1);
        merge(page.layout, PageLayout.parser(), part, 9);
        if (columns.isEmpty()) {
          columns.add(new ArrayList<>());
        }
        columns.getLast().add(page);
      }
      case EDITS -> edits = Arrays.copyOfRange(part, 1, part.length);
      case BUFFER -> {
        if (!columns.isEmpty() && !columns.getLast().isEmpty()) {
          columns.getLast().getLast().buffers.add(Arrays.copyOfRange(part, 1, part.length));
        }
      }
      default -> {}
    }
  }

  private static void merge(
      Message.Builder target, Parser<? extends Message> parser, byte[] part, int from) {
    try {
      target.mergeFrom(parser.parsePartialFrom(part, from, Math.max(0, part.length - from)));
    } catch (InvalidProtocolBufferException e) {
      if (e.getUnfinishedMessage() instanceof Message begun) {
        target.mergeFrom(begun);
      }
    }
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All parts, one behind the other. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    part(out, new byte[] {SCHEMA, (byte) version}, descriptor.build().toByteArray());
    for (List<Page> column : columns) {
      part(out, new byte[] {COLUMN});
      for (Page page : column) {
        byte[] head = new byte[9];
        littleEndian(head).put(PAGE).putLong(page.length);
        part(out, head, page.layout.build().toByteArray());
        page.buffers.forEach(buffer -> part(out, new byte[] {BUFFER}, buffer));
      }
    }
    part(out, new byte[] {EDITS}, edits);
    return out.toByteArray();
  }

  private static void part(ByteArrayOutputStream out, byte[]... bytes) {
    if (out.size() > 0) {
      out.writeBytes(MARK);
    }
    for (byte[] some : bytes) {
      out.writeBytes(some);
    }
  }

  /** A file of these parts, in which positions and sizes are right. */
  public byte[] file() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<byte[]> metadata = columns.stream().map(column -> column(column, out)).toList();
    align(out);
    byte[] schema = descriptor.build().toByteArray();
    long schemaAt = out.size();
    out.writeBytes(schema);
    long metadataAt = out.size();
    byte[] tableBytes = new byte[16 * metadata.size() + 16];
    ByteBuffer tables = littleEndian(tableBytes);
    for (byte[] one : metadata) {
      tables.putLong(out.size()).putLong(one.length);
      out.writeBytes(one);
    }
    tables.putLong(schemaAt).putLong(schema.length);
    byte[] footerBytes = new byte[40];
    ByteBuffer footer = littleEndian(footerBytes);
    footer.putLong(metadataAt).putLong(out.size()).putLong(out.size() + 16L * metadata.size());
    footer.putInt(1).putInt(metadata.size());
    footer.putShort((short) VERSIONS[version][0]).putShort((short) VERSIONS[version][1]);
    footer.putInt(0x434E414C);
    out.writeBytes(tableBytes);
    out.writeBytes(footerBytes);
    return out.toByteArray();
  }

  private static byte[] column(List<Page> pages, ByteArrayOutputStream out) {
    ColumnMetadata.Builder column = ColumnMetadata.newBuilder();
    column.setEncoding(
        encoding(
            "/lance.encodings.ColumnEncoding",
            ColumnEncoding.newBuilder().setValues(Empty.getDefaultInstance()).build()));
    for (Page page : pages) {
      ColumnMetadata.Page.Builder metadata = column.addPagesBuilder();
      metadata.setLength(page.length).setPriority(page.priority);
      metadata.setEncoding(encoding("/lance.encodings21.PageLayout", page.layout.build()));
      for (byte[] buffer : page.buffers) {
        align(out);
        metadata.addBufferOffsets(out.size()).addBufferSizes(buffer.length);
        out.writeBytes(buffer);
      }
    }
    return column.build().toByteArray();
  }

  private static File2Proto.Encoding encoding(String typeUrl, Message message) {
    Any any = Any.newBuilder().setTypeUrl(typeUrl).setValue(message.toByteString()).build();
    ByteString bytes = any.toByteString();
    return File2Proto.Encoding.newBuilder()
        .setDirect(File2Proto.DirectEncoding.newBuilder().setEncoding(bytes))
        .build();
  }

  private static void align(ByteArrayOutputStream out) {
    while (out.size() % ALIGNMENT != 0) {
      out.write(72);
    }
  }
}
