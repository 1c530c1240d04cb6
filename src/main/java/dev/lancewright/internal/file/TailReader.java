package dev.lancewright.internal.file;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.file.FileTail.ColumnField;
import dev.lancewright.internal.proto.File2Proto;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.io.Source;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the container of a file from its footer on. Nothing is read, and no memory taken, before
 * the place it is said to be in was found to lie inside the file.
 */
final class TailReader {
  /** Position and size, in the tables of columns and global buffers. */
  private static final int TABLE_ENTRY_BYTES = 16;

  /** The longest array that every JVM can have. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Source source;

  TailReader(Source source) {
    this.source = source;
  }

  FileTail read() throws IOException {
    Footer footer = readFooter();
    boolean aligned = footer.version != FormatVersion.V2_0;
    List<Extent> globalBuffers = readTable(footer.bufferTable, footer.buffers);
    for (int i = 0; i < globalBuffers.size(); i++) {
      check("global buffer " + i, globalBuffers.get(i), 0, footer.columnMetadata, aligned);
    }
    SchemaDescriptor.Decoded descriptor =
        SchemaDescriptor.decode(
            parse(
                "the schema descriptor",
                globalBuffers.getFirst(),
                FileProto.FileDescriptor.parser()));
    List<ColumnField> fields = ColumnFields.of(descriptor, footer.version);
    if (fields.size() != footer.columns) {
      throw new LanceFormatException(
          "the schema stands for %d columns, but the footer counts %d"
              .formatted(fields.size(), footer.columns));
    }
    return new FileTail(
        footer.version,
        source.size(),
        descriptor,
        globalBuffers,
        readColumns(footer, fields, descriptor.rows()));
  }

  private Footer readFooter() throws IOException {
    long position = source.size() - Container.FOOTER_BYTES;
    if (position < 0) {
      throw new LanceFormatException(
          "not a Lance file: it has %d bytes, and the footer alone takes %d"
              .formatted(source.size(), Container.FOOTER_BYTES));
    }
    Extent extent = new Extent(position, Container.FOOTER_BYTES);
    MemorySegment bytes = MemorySegment.ofArray(bytes("the footer", extent));
    if (bytes.get(LittleEndian.INT, 36) != Container.MAGIC) {
      throw new LanceFormatException(
          "not a Lance file, or cut short: its last four bytes are not LANC");
    }
    Footer footer = Footer.of(bytes);
    footer.check(position);
    return footer;
  }

  private List<FileTail.Column> readColumns(Footer footer, List<ColumnField> fields, long rows)
      throws IOException {
    List<Extent> table = readTable(footer.columnTable, footer.columns);
    ColumnReader reader = new ColumnReader(footer.version, footer.columnMetadata, rows);
    List<FileTail.Column> columns = new ArrayList<>();
    long end = footer.columnMetadata;
    for (int i = 0; i < fields.size(); i++) {
      String name = "column %d (%s)".formatted(i, FileText.quote(fields.get(i).path()));
      String what = "the metadata of " + name;
      // In order and disjoint, so that all of it together is no larger than the file.
      check(what, table.get(i), end, footer.columnTable, false);
      end = table.get(i).end();
      File2Proto.ColumnMetadata metadata =
          parse(what, table.get(i), File2Proto.ColumnMetadata.parser());
      columns.add(reader.read(name, fields.get(i), metadata));
    }
    return columns;
  }

  private List<Extent> readTable(long position, long entries) throws IOException {
    Extent extent = new Extent(position, entries * TABLE_ENTRY_BYTES);
    MemorySegment bytes = MemorySegment.ofArray(bytes("a table", extent));
    List<Extent> table = new ArrayList<>();
    for (long at = 0; at < bytes.byteSize(); at += TABLE_ENTRY_BYTES) {
      table.add(new Extent(bytes.get(LittleEndian.LONG, at), bytes.get(LittleEndian.LONG, at + 8)));
    }
    return table;
  }

  private <M extends MessageLite> M parse(String what, Extent extent, Parser<M> parser)
      throws IOException {
    byte[] bytes = bytes(what, extent);
    return parse(what, () -> parser.parseFrom(bytes));
  }

  private byte[] bytes(String what, Extent extent) throws IOException {
    if (extent.size() > MAX_ARRAY) {
      throw new LanceFormatException(
          "%s takes %d bytes; at most %d are supported".formatted(what, extent.size(), MAX_ARRAY));
    }
    byte[] bytes = new byte[(int) extent.size()];
    source.read(extent.position(), MemorySegment.ofArray(bytes));
    return bytes;
  }

  /** Checks that an extent lies between two positions of the file. */
  static void check(String what, Extent extent, long from, long to, boolean aligned)
      throws LanceFormatException {
    long position = extent.position();
    if (position < from || position > to || extent.size() < 0 || extent.size() > to - position) {
      throw new LanceFormatException(
          "%s is said to have %s bytes at byte %s, which is not between bytes %d and %d, where it"
                  .formatted(
                      what,
                      Long.toUnsignedString(extent.size()),
                      Long.toUnsignedString(position),
                      from,
                      to)
              + " belongs");
    }
    if (aligned && position % Container.ALIGNMENT != 0) {
      throw new LanceFormatException(
          "%s starts at byte %d, which is not a multiple of %d"
              .formatted(what, position, Container.ALIGNMENT));
    }
  }

  /** Parses a message, and says which one it is if that fails. */
  static <M> M parse(String what, Parse<M> parse) throws LanceFormatException {
    try {
      return parse.run();
    } catch (InvalidProtocolBufferException e) {
      throw new LanceFormatException(
          what + " is damaged: " + FileText.oneLine(String.valueOf(e.getMessage())), e);
    }
  }

  /** Parsing of a protobuf message. */
  interface Parse<M> {
    M run() throws InvalidProtocolBufferException;
  }

  /** The last bytes of a file. Positions are absolute, counts are of table entries. */
  private record Footer(
      long columnMetadata,
      long columnTable,
      long bufferTable,
      long buffers,
      long columns,
      FormatVersion version) {

    static Footer of(MemorySegment bytes) throws LanceFormatException {
      return new Footer(
          bytes.get(LittleEndian.LONG, 0),
          bytes.get(LittleEndian.LONG, 8),
          bytes.get(LittleEndian.LONG, 16),
          Integer.toUnsignedLong(bytes.get(LittleEndian.INT, 24)),
          Integer.toUnsignedLong(bytes.get(LittleEndian.INT, 28)),
          FormatVersion.ofFooter(
              Short.toUnsignedInt(bytes.get(LittleEndian.SHORT, 32)),
              Short.toUnsignedInt(bytes.get(LittleEndian.SHORT, 34))));
    }

    /** The tables and the footer follow one another without gaps; so counts cannot lie. */
    void check(long position) throws LanceFormatException {
      if (buffers == 0) {
        throw new LanceFormatException("the file has no global buffers, so it has no schema");
      }
      boolean inOrder =
          0 <= columnMetadata && columnMetadata <= columnTable && columnTable <= bufferTable;
      if (!inOrder
          || bufferTable - columnTable != columns * TABLE_ENTRY_BYTES
          || position - bufferTable != buffers * TABLE_ENTRY_BYTES) {
        throw new LanceFormatException(
            ("the footer at byte %d contradicts itself: column metadata at byte %s, the table of"
                    + " its %d columns at byte %s, the table of its %d global buffers at byte %s")
                .formatted(
                    position,
                    Long.toUnsignedString(columnMetadata),
                    columns,
                    Long.toUnsignedString(columnTable),
                    buffers,
                    Long.toUnsignedString(bufferTable)));
      }
    }
  }
}
