package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.codec.FixedSizeListShape;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.VariablePackedStruct;
import dev.lancewright.internal.simd.Offsets;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects values that lie one by one in a full-zip page; the inverse of {@link
 * FullZipValueWriter}.
 */
abstract sealed class FullZipValueReader {
  /** Bits of a value, or of its length if values have lengths. */
  final long bits;

  private FullZipValueReader(long bits) {
    this.bits = bits;
  }

  /**
   * A reader of values of a type.
   *
   * @param haveLengths whether each value is behind its length
   * @param bits of a value, or of its length
   * @throws LanceFormatException if values of that type cannot lie there in that encoding
   */
  static FullZipValueReader of(
      CompressiveEncoding encoding,
      DataType type,
      boolean haveLengths,
      long bits,
      DecodeMemory memory)
      throws LanceFormatException {
    FullZipValueReader reader =
        switch (type) {
          case DataType.Bool _ when encoding.getFlat().getBitsPerValue() == Byte.SIZE ->
              new Bools(memory);
          case DataType.FixedWidth fixed
              when encoding.hasFlat()
                  && encoding.getFlat().getBitsPerValue() == fixed.bitWidth()
                  && fixed.byteWidth() > 0 ->
              new Fixed(fixed, memory);
          case DataType.FixedSizeList _ when encoding.hasFixedSizeList() ->
              new Lists(FixedSizeListShape.of(encoding.getFixedSizeList(), type), memory);
          case DataType.VariableWidth strings ->
              new Strings(strings, bits, FullZipStrings.decoder(encoding, type, memory), memory);
          case DataType.Struct struct when encoding.hasVariablePackedStruct() ->
              Rows.of(struct, bits, encoding.getVariablePackedStruct(), memory);
          default -> null;
        };
    if (reader == null || reader.haveLengths() != haveLengths || reader.bits != bits) {
      throw new LanceFormatException(
          "values of %s cannot lie one by one in the encoding %s with %s bits for each %s"
              .formatted(
                  type,
                  encoding.getCompressionCase(),
                  Long.toUnsignedString(bits),
                  haveLengths ? "length" : "value"));
    }
    return reader;
  }

  boolean haveLengths() {
    return false;
  }

  /** Bytes of each value; only of those without lengths. */
  final long valueBytes() {
    return bits / Byte.SIZE;
  }

  /**
   * Collects the value at {@code at}.
   *
   * @param end what no value may reach beyond
   * @return the position behind it
   */
  abstract long read(MemorySegment source, long at, long end)
      throws LanceFormatException, BatchTooLargeException;

  /** Collects what stands for a null that takes no bytes. */
  abstract void readNothing() throws BatchTooLargeException;

  /** Bytes that {@link #readNothing} collects. */
  abstract long nothingBytes();

  /** Bytes collected since the last {@link #clear} that are not in the file and may be many. */
  long fillerBytes() {
    return 0;
  }

  /** Values that lie there without levels; only of those without lengths. */
  Column view(MemorySegment source, long count)
      throws LanceFormatException, BatchTooLargeException {
    clear();
    long at = 0;
    for (long i = 0; i < count; i++) {
      at = read(source, at, source.byteSize());
    }
    return column();
  }

  /** The values collected, until the next call of any other method. */
  abstract Column column() throws LanceFormatException, BatchTooLargeException;

  abstract void clear();

  private static void check(long bytes, long at, long end) throws LanceFormatException {
    if (bytes < 0 || bytes > end - at) {
      throw new LanceFormatException(
          "a value of %s bytes, but only %d are left"
              .formatted(Long.toUnsignedString(bytes), end - at));
    }
  }

  private static final class Fixed extends FullZipValueReader {
    private final DataType.FixedWidth type;
    private final AppendBuffer values;

    Fixed(DataType.FixedWidth type, DecodeMemory memory) {
      super(type.bitWidth());
      this.type = type;
      this.values = memory.take();
    }

    @Override
    long read(MemorySegment source, long at, long end) throws LanceFormatException {
      check(type.byteWidth(), at, end);
      values.append(source, at, type.byteWidth());
      return at + type.byteWidth();
    }

    @Override
    Column view(MemorySegment source, long count) {
      return new FixedWidthColumn(type, count, null, source);
    }

    @Override
    void readNothing() {
      values.appendZeros(type.byteWidth());
    }

    @Override
    long nothingBytes() {
      return type.byteWidth();
    }

    @Override
    Column column() {
      long count = values.size() / type.byteWidth();
      return new FixedWidthColumn(type, count, null, values.block());
    }

    @Override
    void clear() {
      values.clear();
    }
  }

  /** Some writers give each bool a byte. */
  private static final class Bools extends FullZipValueReader {
    private final AppendBuffer values;
    private long count;

    Bools(DecodeMemory memory) {
      super(Byte.SIZE);
      this.values = memory.take();
    }

    @Override
    long read(MemorySegment source, long at, long end) throws LanceFormatException {
      check(1, at, end);
      put(source.get(ValueLayout.JAVA_BYTE, at) != 0);
      return at + 1;
    }

    private void put(boolean value) {
      Bits.reserve(values, count + 1);
      Bits.put(values.block(), count++, value ? 1 : 0);
    }

    @Override
    void readNothing() {
      put(false);
    }

    @Override
    long nothingBytes() {
      return 1;
    }

    @Override
    Column column() {
      return new BoolColumn(null, new Bitmap(values.block(), 0, count));
    }

    @Override
    void clear() {
      values.clear();
      count = 0;
    }
  }

  /** The validity bits of a list's items, for each layer that has nulls, come before the items. */
  private static final class Lists extends FullZipValueReader {
    private final FixedSizeListShape shape;

    /** By buffer: bits of a value. */
    private final long[] itemBits;

    private final AppendBuffer[] buffers;
    private long count;

    Lists(FixedSizeListShape shape, DecodeMemory memory) {
      super(bits(shape));
      this.shape = shape;
      List<Long> sizes = new ArrayList<>();
      shape.layers().stream()
          .filter(FixedSizeListShape.Layer::nullable)
          .forEach(layer -> sizes.add(layer.items()));
      sizes.add(shape.valueBits());
      this.itemBits = sizes.stream().mapToLong(Long::longValue).toArray();
      this.buffers = new AppendBuffer[itemBits.length];
      for (int i = 0; i < buffers.length; i++) {
        buffers[i] = memory.take();
      }
    }

    /** Negative if items are not whole bytes, which no page can say. */
    private static long bits(FixedSizeListShape shape) {
      if (shape.valueBits() % Byte.SIZE != 0) {
        return -1;
      }
      long bits = shape.valueBits();
      for (FixedSizeListShape.Layer layer : shape.layers()) {
        bits += layer.nullable() ? Bitmap.bytesFor(layer.items()) * Byte.SIZE : 0;
      }
      return bits;
    }

    @Override
    long read(MemorySegment source, long at, long end) throws LanceFormatException {
      check(valueBytes(), at, end);
      long from = at;
      for (int i = 0; i < buffers.length; i++) {
        long bytes = Bitmap.bytesFor(itemBits[i]);
        Bits.reserve(buffers[i], (count + 1) * itemBits[i]);
        Bitmap items = new Bitmap(source, from * Byte.SIZE, itemBits[i]);
        Bits.copy(items, 0, itemBits[i], buffers[i].block(), count * itemBits[i]);
        from += bytes;
      }
      count++;
      return from;
    }

    @Override
    Column view(MemorySegment source, long values)
        throws LanceFormatException, BatchTooLargeException {
      return buffers.length > 1
          ? super.view(source, values)
          : shape.column(values, new MemorySegment[] {source}, 0);
    }

    @Override
    void readNothing() {
      for (int i = 0; i < buffers.length; i++) {
        Bits.reserve(buffers[i], (count + 1) * itemBits[i]);
        Bits.fill(buffers[i].block(), count * itemBits[i], itemBits[i], false);
      }
      count++;
    }

    @Override
    long nothingBytes() {
      return valueBytes();
    }

    @Override
    Column column() throws LanceFormatException {
      MemorySegment[] segments = new MemorySegment[buffers.length];
      for (int i = 0; i < segments.length; i++) {
        segments[i] = buffers[i].block();
      }
      return shape.column(count, segments, 0);
    }

    @Override
    void clear() {
      for (AppendBuffer buffer : buffers) {
        buffer.clear();
      }
      count = 0;
    }
  }

  private static final class Strings extends FullZipValueReader {
    private final DataType.VariableWidth type;
    private final FullZipStrings.Decoder decoder;
    private final AppendBuffer offsets;
    private final AppendBuffer data;

    Strings(
        DataType.VariableWidth type,
        long bits,
        FullZipStrings.Decoder decoder,
        DecodeMemory memory) {
      super(bits == type.offsetWidth() * 8L ? bits : -1);
      this.type = type;
      this.decoder = decoder;
      this.offsets = memory.take();
      this.data = memory.take();
      clear();
    }

    @Override
    boolean haveLengths() {
      return true;
    }

    @Override
    long read(MemorySegment source, long at, long end)
        throws LanceFormatException, BatchTooLargeException {
      long from = at + type.offsetWidth();
      check(type.offsetWidth(), at, end);
      long bytes = length(source, at, bits);
      check(bytes, from, end);
      if (!type.large() && bytes > Integer.MAX_VALUE - data.size()) {
        throw new BatchTooLargeException();
      }
      data.append(source, from, bytes);
      readNothing();
      return from + bytes;
    }

    @Override
    void readNothing() {
      long to = offsets.reserve(type.offsetWidth());
      Offsets.set(offsets.block(), to, type.offsetWidth(), data.size());
      offsets.advance(type.offsetWidth());
    }

    @Override
    long nothingBytes() {
      return type.offsetWidth();
    }

    @Override
    Column column() throws LanceFormatException, BatchTooLargeException {
      long count = offsets.size() / type.offsetWidth() - 1;
      return decoder.decode(
          new VariableWidthColumn(type, count, null, offsets.block(), data.bytes()));
    }

    @Override
    void clear() {
      data.clear();
      offsets.clear();
      offsets.appendZeros(type.offsetWidth());
    }
  }

  /** Packed structs: the values of all children, one after the other, behind their length. */
  private static final class Rows extends FullZipValueReader {
    private final DataType.Struct type;
    private final List<FullZipValueReader> children;
    private final long nothingBytes;
    private long fillerBytes;
    private long count;

    private Rows(DataType.Struct type, long bits, List<FullZipValueReader> children) {
      super(bits == 32 || bits == 64 ? bits : -1);
      this.type = type;
      this.children = children;
      this.nothingBytes = children.stream().mapToLong(FullZipValueReader::nothingBytes).sum();
    }

    static Rows of(
        DataType.Struct type, long bits, VariablePackedStruct packed, DecodeMemory memory)
        throws LanceFormatException {
      if (packed.getFieldsCount() != type.children().size()) {
        throw new LanceFormatException(
            "a packed struct of %d fields, but %s has %d"
                .formatted(packed.getFieldsCount(), type, type.children().size()));
      }
      List<FullZipValueReader> children = new ArrayList<>();
      for (int i = 0; i < packed.getFieldsCount(); i++) {
        VariablePackedStruct.FieldEncoding field = packed.getFields(i);
        Field child = type.children().get(i);
        if (child.type() instanceof DataType.Struct) {
          throw new LanceFormatException("a packed struct in a packed struct");
        }
        boolean haveLengths = field.hasBitsPerLength();
        long childBits = haveLengths ? field.getBitsPerLength() : field.getBitsPerValue();
        children.add(of(field.getValue(), child.type(), haveLengths, childBits, memory));
      }
      return new Rows(type, bits, children);
    }

    @Override
    boolean haveLengths() {
      return true;
    }

    @Override
    long read(MemorySegment source, long at, long end)
        throws LanceFormatException, BatchTooLargeException {
      check(bits / Byte.SIZE, at, end);
      long bytes = length(source, at, bits);
      long from = at + bits / Byte.SIZE;
      check(bytes, from, end);
      long to = from + bytes;
      if (bytes == 0) {
        readNothing();
        return to;
      }
      for (FullZipValueReader child : children) {
        from = child.read(source, from, to);
      }
      if (from != to) {
        throw new LanceFormatException(
            "a packed struct of %d bytes has %d bytes too many".formatted(bytes, to - from));
      }
      count++;
      return to;
    }

    @Override
    void readNothing() throws BatchTooLargeException {
      fillerBytes += nothingBytes;
      if (fillerBytes > BatchTooLargeException.MAX_BYTES) {
        throw new BatchTooLargeException();
      }
      for (FullZipValueReader child : children) {
        child.readNothing();
      }
      count++;
    }

    @Override
    long nothingBytes() {
      return nothingBytes;
    }

    @Override
    long fillerBytes() {
      return fillerBytes;
    }

    @Override
    Column column() throws LanceFormatException, BatchTooLargeException {
      List<Column> columns = new ArrayList<>();
      for (FullZipValueReader child : children) {
        columns.add(child.column());
      }
      return new StructColumn(type, count, null, columns);
    }

    @Override
    void clear() {
      children.forEach(FullZipValueReader::clear);
      count = 0;
      fillerBytes = 0;
    }
  }

  private static long length(MemorySegment source, long at, long bits) {
    return bits == 64
        ? source.get(LittleEndian.LONG, at)
        : source.get(LittleEndian.INT, at) & 0xFFFFFFFFL;
  }
}
