package dev.lancewright.internal.file;

import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import java.lang.foreign.MemorySegment;

/**
 * The last bytes of a file.
 *
 * @param position the position of the footer itself; the other positions are absolute, too
 * @param buffers entries in the table of global buffers
 * @param columns entries in the table of columns
 */
record Footer(
    long position,
    long columnMetadata,
    long columnTable,
    long bufferTable,
    long buffers,
    long columns,
    FormatVersion version) {
  /** Position and size, in the tables of columns and global buffers. */
  static final int TABLE_ENTRY_BYTES = 16;

  /** Unpacks and checks the footer that was found at a position. */
  static Footer of(long position, MemorySegment bytes) throws LanceFormatException {
    if (bytes.get(LittleEndian.INT, 36) != Container.MAGIC) {
      throw new LanceFormatException(
          "not a Lance file, or cut short: its last four bytes are not LANC");
    }
    Footer footer =
        new Footer(
            position,
            bytes.get(LittleEndian.LONG, 0),
            bytes.get(LittleEndian.LONG, 8),
            bytes.get(LittleEndian.LONG, 16),
            Integer.toUnsignedLong(bytes.get(LittleEndian.INT, 24)),
            Integer.toUnsignedLong(bytes.get(LittleEndian.INT, 28)),
            FormatVersion.ofFooter(
                Short.toUnsignedInt(bytes.get(LittleEndian.SHORT, 32)),
                Short.toUnsignedInt(bytes.get(LittleEndian.SHORT, 34))));
    footer.check();
    return footer;
  }

  /** Where the table of columns and, right after it, that of global buffers lie. */
  Extent tables() {
    return new Extent(columnTable, position - columnTable);
  }

  /** The tables and the footer follow one another without gaps; so counts cannot lie. */
  private void check() throws LanceFormatException {
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
