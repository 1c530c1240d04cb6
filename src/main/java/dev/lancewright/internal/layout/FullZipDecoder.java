package dev.lancewright.internal.layout;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.levels.LayerCodes;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.FullZipLayout;
import dev.lancewright.internal.rows.LeafRows;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes full-zip pages; see {@link FullZipEncoder} for how they lie. */
final class FullZipDecoder extends PageDecoder {
  private static final int DATA = 0;
  private static final int INDEX = 1;

  /** Rows are decoded in pieces of about this many bytes, which stay in the cache. */
  private static final long PIECE_BYTES = 128 << 10;

  private final LeafPath path;
  private final PageInput input;
  private final LayerCodes codes;
  private final FullZipValueReader values;
  private final int wordBytes;
  private final int bitsDef;
  private final boolean indexed;

  /** Bytes of a position in the index. */
  private final int indexWidth;

  private final AppendBuffer rep;
  private final AppendBuffer def;

  FullZipDecoder(
      FullZipLayout layout, LeafPath path, long rows, PageInput input, DecodeMemory memory)
      throws IOException {
    this.path = path;
    this.input = input;
    this.codes = LayerCodes.of(path, layout.getLayersList());
    this.bitsDef = layout.getBitsDef();
    int bits = layout.getBitsRep() + bitsDef;
    if (layout.getBitsRep() < 0 || bitsDef < 0 || bits < 0 || bits > Integer.SIZE) {
      throw new LanceFormatException(
          "levels of %s and %s bits"
              .formatted(
                  Integer.toUnsignedString(layout.getBitsRep()),
                  Integer.toUnsignedString(bitsDef)));
    }
    this.wordBytes = bits > 16 ? 4 : (bits + 7) / 8;
    boolean lengths = layout.hasBitsPerOffset();
    this.values =
        FullZipValueReader.of(
            layout.getValueCompression(),
            path.leaf().type(),
            lengths,
            Integer.toUnsignedLong(lengths ? layout.getBitsPerOffset() : layout.getBitsPerValue()),
            memory);
    this.indexed = lengths || path.lists() > 0;
    this.rep = memory.take();
    this.def = memory.take();
    int needed = indexed ? 2 : 1;
    if (input.buffers() < needed) {
      throw new LanceFormatException(
          "a full-zip page of %d buffers, %d are needed".formatted(input.buffers(), needed));
    }
    this.indexWidth = indexed ? indexWidth(rows) : 0;
    long size = input.size(DATA);
    if (!indexed
        && (entryBytes() == 0 || size % entryBytes() != 0 || size / entryBytes() != rows)) {
      throw new LanceFormatException(
          "%d rows of %d bytes each cannot take %d bytes".formatted(rows, entryBytes(), size));
    }
  }

  @Override
  public boolean lends() {
    return !indexed && wordBytes == 0;
  }

  private int indexWidth(long rows) throws LanceFormatException {
    long size = input.size(INDEX);
    long width = rows == Long.MAX_VALUE ? 0 : size / (rows + 1);
    if ((width != 1 && width != 2 && width != 4 && width != 8) || width * (rows + 1) != size) {
      throw new LanceFormatException(
          "an index of %d bytes cannot tell where %d rows start".formatted(size, rows));
    }
    return (int) width;
  }

  /** Bytes of an entry that has a value; only of those without lengths. */
  private long entryBytes() {
    return wordBytes + values.valueBytes();
  }

  @Override
  public void read(long from, long count, LeafRows out) throws IOException, BatchTooLargeException {
    if (!indexed) {
      readFixed(from, count, out);
      return;
    }
    MemorySegment index = input.read(INDEX, from * indexWidth, (count + 1) * indexWidth);
    for (long row = 0; row < count; ) {
      long start = position(index, row);
      long next = row + 1;
      while (next < count && position(index, next + 1) - start <= PIECE_BYTES) {
        next++;
      }
      long end = position(index, next);
      if (start < 0 || end < start || end > input.size(DATA)) {
        throw new LanceFormatException(
            "row %d is said to lie between bytes %d and %d of %d"
                .formatted(from + row, start, end, input.size(DATA)));
      }
      readPiece(input.read(DATA, start, end - start), next - row, index, row, out);
      row = next;
    }
  }

  private long position(MemorySegment index, long row) {
    return switch (indexWidth) {
      case 1 -> index.get(ValueLayout.JAVA_BYTE, row) & 0xFF;
      case 2 -> index.get(LittleEndian.SHORT, row * 2) & 0xFFFF;
      case 4 -> index.get(LittleEndian.INT, row * 4) & 0xFFFFFFFFL;
      default -> index.get(LittleEndian.LONG, row * 8);
    };
  }

  private void readFixed(long from, long count, LeafRows out)
      throws IOException, BatchTooLargeException {
    if (lends() && out.canBorrow()) {
      MemorySegment all = input.read(DATA, from * entryBytes(), count * entryBytes());
      out.borrow(values.view(all, count));
      out.appendLevels(null, null, 0, count);
      return;
    }
    long rowsOfPiece = Math.max(1, PIECE_BYTES / entryBytes());
    for (long done = 0; done < count; ) {
      long part = Math.min(rowsOfPiece, count - done);
      long bytes = part * entryBytes();
      MemorySegment piece = input.read(DATA, (from + done) * entryBytes(), bytes);
      if (wordBytes == 0) {
        out.append(values.view(piece, part), 0, part);
        out.appendLevels(null, null, 0, part);
      } else {
        readPiece(piece, part, null, 0, out);
      }
      done += part;
    }
  }

  /**
   * Reads entries that make up {@code rows} rows exactly.
   *
   * @param index where each row starts, from row {@code first} on; null if all are of one length
   */
  private void readPiece(
      MemorySegment piece, long rows, MemorySegment index, long first, LeafRows out)
      throws LanceFormatException, BatchTooLargeException {
    rep.clear();
    def.clear();
    values.clear();
    long end = piece.byteSize();
    long at = 0;
    long entries = 0;
    long starts = 0;
    long slots = 0;
    while (at < end) {
      if (wordBytes > end - at) {
        throw new LanceFormatException("a control word goes beyond its row");
      }
      long word = word(piece, at);
      long repLevel = word >>> bitsDef;
      long defLevel = word & ((1L << bitsDef) - 1);
      if (repLevel > codes.rowStart() || defLevel >= codes.definitions().length) {
        throw new LanceFormatException(
            "a control word says repetition level %d and definition level %d; the maxima are %d and %d"
                .formatted(repLevel, defLevel, codes.rowStart(), codes.definitions().length - 1));
      }
      if (repLevel == codes.rowStart()) {
        if (index != null
            && starts < rows
            && position(index, first + starts) - position(index, first) != at) {
          throw new LanceFormatException("a row starts elsewhere than its index says");
        }
        starts++;
      }
      at += wordBytes;
      int code = codes.definitions()[(int) defLevel];
      put(rep, (int) repLevel);
      put(def, code);
      entries++;
      if (path.lists() == 0 || code <= path.maxVisibleCode()) {
        slots++;
        if (code != 0 && values.haveLengths()) {
          values.readNothing();
        } else {
          at = values.read(piece, at, end);
        }
      }
    }
    if (starts != rows
        || (entries > 0 && rep.block().get(ValueLayout.JAVA_BYTE, 0) != codes.rowStart())) {
      throw new LanceFormatException(
          "%d rows by the index have the starts of %d rows".formatted(rows, starts));
    }
    out.expand(values.fillerBytes());
    out.append(values.column(), 0, slots);
    out.appendLevels(
        path.lists() == 0 ? null : rep.block(),
        codes.hasDefinitions() ? def.block() : null,
        0,
        entries);
  }

  private static void put(AppendBuffer levels, int level) {
    long at = levels.reserve(1);
    levels.block().set(ValueLayout.JAVA_BYTE, at, (byte) level);
    levels.advance(1);
  }

  private long word(MemorySegment source, long at) {
    return switch (wordBytes) {
      case 0 -> 0;
      case 1 -> source.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
      case 2 -> source.get(LittleEndian.SHORT, at) & 0xFFFF;
      default -> source.get(LittleEndian.INT, at) & 0xFFFFFFFFL;
    };
  }
}
