package dev.lancewright.internal.file;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.file.FileTail.ColumnField;
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
  /**
   * Bytes at the end of the file that are read at once. Where reading has a latency they cost no
   * more than the footer alone, and from the system's cache some ten microseconds; files of a few
   * hundred columns say all about themselves in them.
   */
  private static final int TAIL_BYTES = 64 << 10;

  private final Source source;

  TailReader(Source source) {
    this.source = source;
  }

  FileTail read() throws IOException {
    FileBytes tail = readTail();
    Footer footer = footer(tail);
    long columnBytes = footer.columns() * Footer.TABLE_ENTRY_BYTES;
    MemorySegment tables =
        held(tail, "the tables of columns and global buffers", footer.tables())
            .segment(footer.tables());
    List<Extent> globalBuffers = globalBuffers(tables.asSlice(columnBytes), footer);
    SchemaDescriptor.Decoded descriptor = descriptor(tail, globalBuffers.getFirst());
    List<ColumnField> fields = ColumnFields.of(descriptor, footer.version());
    if (fields.size() != footer.columns()) {
      throw new LanceFormatException(
          "the schema stands for %d columns, but the footer counts %d"
              .formatted(fields.size(), footer.columns()));
    }
    ColumnOffsetTable columns =
        ColumnOffsetTable.of(
            fields, tables.asSlice(0, columnBytes), footer.columnMetadata(), footer.columnTable());
    ColumnReader reader =
        new ColumnReader(footer.version(), footer.columnMetadata(), descriptor.rows());
    return new FileTail(
        footer.version(),
        source,
        descriptor,
        globalBuffers,
        new LazyColumns(source, columns, reader, tail));
  }

  private FileBytes readTail() throws IOException {
    if (source.size() < Container.FOOTER_BYTES) {
      throw new LanceFormatException(
          "not a Lance file: it has %d bytes, and the footer alone takes %d"
              .formatted(source.size(), Container.FOOTER_BYTES));
    }
    long bytes = Math.min(source.size(), TAIL_BYTES);
    return FileBytes.read(source, "the tail", new Extent(source.size() - bytes, bytes));
  }

  private Footer footer(FileBytes tail) throws LanceFormatException {
    long position = source.size() - Container.FOOTER_BYTES;
    return Footer.of(position, tail.segment(new Extent(position, Container.FOOTER_BYTES)));
  }

  private static List<Extent> globalBuffers(MemorySegment table, Footer footer)
      throws LanceFormatException {
    boolean aligned = footer.version() != FormatVersion.V2_0;
    List<Extent> buffers = new ArrayList<>();
    for (int i = 0; i < footer.buffers(); i++) {
      Extent buffer = entry(table, i);
      check("global buffer " + i, buffer, 0, footer.columnMetadata(), aligned);
      buffers.add(buffer);
    }
    return buffers;
  }

  private SchemaDescriptor.Decoded descriptor(FileBytes tail, Extent extent) throws IOException {
    String what = "the schema descriptor";
    return SchemaDescriptor.decode(
        held(tail, what, extent).parse(what, extent, FileProto.FileDescriptor.parser()));
  }

  /** The tail if an extent lies in it, else the bytes of that extent. */
  private FileBytes held(FileBytes tail, String what, Extent extent) throws IOException {
    return tail.hold(extent) ? tail : FileBytes.read(source, what, extent);
  }

  /** An entry of a table of positions and sizes. */
  static Extent entry(MemorySegment table, int index) {
    long at = (long) index * Footer.TABLE_ENTRY_BYTES;
    return new Extent(table.get(LittleEndian.LONG, at), table.get(LittleEndian.LONG, at + 8));
  }

  /** Checks that an extent lies between two positions of the file. */
  static void check(String what, Extent extent, long from, long to, boolean aligned)
      throws LanceFormatException {
    if (!isBetween(extent, from, to)) {
      throw misplaced(what, extent, from, to);
    }
    if (aligned && extent.position() % Container.ALIGNMENT != 0) {
      throw new LanceFormatException(
          "%s starts at byte %d, which is not a multiple of %d"
              .formatted(what, extent.position(), Container.ALIGNMENT));
    }
  }

  /** Whether an extent, which may say anything, lies between two positions of the file. */
  static boolean isBetween(Extent extent, long from, long to) {
    long position = extent.position();
    return position >= from
        && position <= to
        && extent.size() >= 0
        && extent.size() <= to - position;
  }

  /** Says that an extent does not lie between two positions. */
  static LanceFormatException misplaced(String what, Extent extent, long from, long to) {
    return new LanceFormatException(
        "%s is said to have %s bytes at byte %s, which is not between bytes %d and %d, where it"
                .formatted(
                    what,
                    Long.toUnsignedString(extent.size()),
                    Long.toUnsignedString(extent.position()),
                    from,
                    to)
            + " belongs");
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
}
