package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.DictionaryDecoder;
import dev.lancewright.internal.codec.DictionaryRows;
import dev.lancewright.internal.codec.ValueDecoder;
import dev.lancewright.internal.levels.LayerCodes;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LevelDecoder;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.rows.LeafRows;
import dev.lancewright.internal.simd.LevelBits;
import dev.lancewright.internal.simd.LevelBytes;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Decodes mini-block pages, chunk by chunk; see {@link MiniBlockFormat}. */
final class MiniBlockDecoder extends PageDecoder {
  /** What reading levels eight at a time may touch after the last. */
  private static final int SLACK_BYTES = 8;

  private final LeafPath path;
  private final PageInput input;
  private final MiniBlockFormat format;
  private final ValueDecoder decoder;
  private final LevelDecoder repDecoder;
  private final LevelDecoder defDecoder;
  private final ChunkIndex index;
  private final DictionaryRows dictionary;
  private final MemorySegment[] buffers;
  private final AppendBuffer rep;
  private final AppendBuffer def;

  /** The chunk that is decoded; -1 if none is. */
  private int current = -1;

  private Column values;
  private int levels;

  MiniBlockDecoder(
      MiniBlockLayout layout, LeafPath path, long rows, PageInput input, DecodeMemory memory)
      throws IOException {
    this.path = path;
    this.input = input;
    boolean lists = path.lists() > 0;
    int indexBuffer = input.buffers() - 1;
    int needed = 2 + (layout.hasDictionary() ? 1 : 0) + (lists ? 1 : 0);
    if (input.buffers() < needed) {
      throw new LanceFormatException(
          "a mini-block page of %d buffers, %d are needed".formatted(input.buffers(), needed));
    }
    LayerCodes codes = LayerCodes.of(path, layout.getLayersList());
    checkLevels(layout, codes);
    this.repDecoder =
        lists ? LevelDecoder.of(layout.getRepCompression(), codes.repetitions(), memory) : null;
    this.defDecoder =
        layout.hasDefCompression()
            ? LevelDecoder.of(layout.getDefCompression(), codes.definitions(), memory)
            : null;
    this.rep = memory.take();
    this.def = memory.take();
    this.dictionary = layout.hasDictionary() ? dictionary(layout, memory) : null;
    this.decoder = ValueDecoder.of(layout.getValueCompression(), storedType(layout), memory);
    if (layout.getNumBuffers() != decoder.bufferCount()) {
      throw new LanceFormatException(
          "%s value buffers for each chunk, but the encoding has %d"
              .formatted(Long.toUnsignedString(layout.getNumBuffers()), decoder.bufferCount()));
    }
    this.buffers = new MemorySegment[decoder.bufferCount()];
    this.format =
        new MiniBlockFormat(
            layout.getHasLargeChunk(), lists, defDecoder != null, decoder.bufferCount());
    long items = layout.getNumItems();
    if (items < 0 || (!lists && items != rows)) {
      throw new LanceFormatException(
          "%s values in %d rows".formatted(Long.toUnsignedString(items), rows));
    }
    this.index = ChunkIndex.read(input, format, items, memory);
    if (lists) {
      index.readRows(input, indexBuffer, rows);
    }
  }

  private static void checkLevels(MiniBlockLayout layout, LayerCodes codes)
      throws LanceFormatException {
    boolean lists = codes.repetitions().length > 1;
    if (lists != layout.hasRepCompression()
        || codes.hasDefinitions() != layout.hasDefCompression()
        || (lists && layout.getRepetitionIndexDepth() != 1)) {
      throw new LanceFormatException("the levels of the page are not those of its layers");
    }
  }

  private DictionaryRows dictionary(MiniBlockLayout layout, DecodeMemory memory)
      throws IOException {
    DataType type = path.leaf().type();
    DataType valueType = type instanceof DataType.Dictionary own ? own.value() : type;
    Column items =
        DictionaryDecoder.decode(
            layout.getDictionary(),
            input.read(MiniBlockFormat.DICTIONARY, 0, input.size(MiniBlockFormat.DICTIONARY)),
            layout.getNumDictionaryItems(),
            valueType,
            memory);
    return new DictionaryRows(items, memory);
  }

  /** The type of the values as the chunks have them. */
  private DataType storedType(MiniBlockLayout layout) throws LanceFormatException {
    DataType type = path.leaf().type();
    if (type instanceof DataType.Dictionary own) {
      if (dictionary == null) {
        throw new LanceFormatException("a page of " + type + " has no dictionary");
      }
      return own.index();
    }
    return dictionary == null
        ? type
        : new DataType.Int(ValueDecoder.indexBits(layout.getValueCompression()), false);
  }

  @Override
  public void read(long from, long count, LeafRows out) throws IOException, BatchTooLargeException {
    if (path.lists() > 0) {
      readLists(from, count, out);
      return;
    }
    long end = from + count;
    int chunk = index.ofValue(from);
    for (long row = from; row < end; chunk++) {
      open(chunk);
      long first = index.values(chunk);
      long part = Math.min(end, index.values(chunk + 1)) - row;
      append(row - first, part, out);
      out.appendLevels(null, defDecoder == null ? null : def.block(), row - first, part);
      row += part;
    }
  }

  private void readLists(long from, long count, LeafRows out)
      throws IOException, BatchTooLargeException {
    long to = from + count;
    int chunk = index.ofRow(from);
    open(chunk);
    long entry = startOfRow(from - index.rows(chunk));
    while (true) {
      boolean ends = index.rows(chunk + 1) > to;
      long end = ends ? startOfRow(to - index.rows(chunk)) : levels;
      append(slots(0, entry), slots(entry, end), out);
      out.appendLevels(rep.block(), defDecoder == null ? null : def.block(), entry, end - entry);
      boolean complete = index.rows(chunk + 1) == to && index.endsWithRow(chunk);
      if (ends || complete || chunk + 1 == index.chunks()) {
        return;
      }
      chunk++;
      open(chunk);
      entry = 0;
    }
  }

  /** The entry that row {@code row} of those that start in the chunk starts with. */
  private long startOfRow(long row) {
    return LevelBits.indexOf(rep.block(), levels, path.lists(), row);
  }

  /** Values of the entries {@code from} to {@code to} of the chunk. */
  private long slots(long from, long to) {
    if (levels == values.length()) {
      return to - from;
    }
    long hidden = LevelBits.countAbove(def.block(), from, to, path.maxVisibleCode());
    return to - from - hidden;
  }

  private void append(long from, long count, LeafRows out)
      throws LanceFormatException, BatchTooLargeException {
    boolean expands = dictionary != null && !(values instanceof DictionaryColumn);
    if (expands) {
      Column expanded = dictionary.values((FixedWidthColumn) values, from, count);
      out.expand(count > 1 || out.slots() > 0 ? expanded.valueBytes() : 0);
      out.append(expanded, 0, count);
    } else {
      out.append(values, from, count);
    }
  }

  /** Decodes a chunk, if it is not the one that was decoded last. */
  private void open(int chunk) throws IOException {
    if (chunk == current) {
      return;
    }
    current = -1;
    long position = index.position(chunk);
    MemorySegment bytes =
        input.read(MiniBlockFormat.CHUNKS, position, index.position(chunk + 1) - position);
    int count = (int) (index.values(chunk + 1) - index.values(chunk));
    check(format.headerBytes(), bytes);
    levels = format.hasLevels() ? MiniBlockFormat.levels(bytes) : count;
    long at = MiniBlockFormat.padded(format.headerBytes());
    at = decode(repDecoder, bytes, at, format.repBytes(bytes), rep);
    at = decode(defDecoder, bytes, at, format.defBytes(bytes), def);
    for (int i = 0; i < buffers.length; i++) {
      long size = format.valueBytes(bytes, i);
      check(at + size, bytes);
      buffers[i] = bytes.asSlice(at, size);
      at = MiniBlockFormat.padded(at + size);
    }
    values = decoder.decode(buffers, 0, count);
    if (path.leaf().type() instanceof DataType.Dictionary type) {
      values = dictionary.column(type, (FixedWidthColumn) values);
    }
    checkLevels(chunk, count);
    current = chunk;
  }

  private long decode(
      LevelDecoder of, MemorySegment chunk, long at, long bytes, AppendBuffer target)
      throws LanceFormatException {
    if (of == null) {
      return at;
    }
    check(at + bytes, chunk);
    target.clear();
    target.reserve(levels + SLACK_BYTES);
    of.decode(chunk.asSlice(at, bytes), levels, target.block(), 0);
    return MiniBlockFormat.padded(at + bytes);
  }

  private static void check(long end, MemorySegment chunk) throws LanceFormatException {
    if (end > chunk.byteSize()) {
      throw new LanceFormatException(
          "a chunk of %d bytes says that it has %d at least".formatted(chunk.byteSize(), end));
    }
  }

  private void checkLevels(int chunk, int count) throws LanceFormatException {
    long hidden =
        defDecoder == null || path.lists() == 0
            ? 0
            : LevelBits.countAbove(def.block(), 0, levels, path.maxVisibleCode());
    if (levels - hidden != count) {
      throw new LanceFormatException(
          "chunk %d has %d values, but levels for %d".formatted(chunk, count, levels - hidden));
    }
    if (repDecoder == null) {
      return;
    }
    int start = path.lists();
    long starts = LevelBytes.countEqual(rep.block(), 0, levels, start);
    boolean mustStart = chunk == 0 || index.endsWithRow(chunk - 1);
    boolean isStart = levels > 0 && rep.block().get(ValueLayout.JAVA_BYTE, 0) == start;
    if (starts != index.rows(chunk + 1) - index.rows(chunk) || (mustStart && !isStart)) {
      throw new LanceFormatException(
          "chunk %d has the starts of %d rows, but the repetition index has %d"
              .formatted(chunk, starts, index.rows(chunk + 1) - index.rows(chunk)));
    }
  }
}
