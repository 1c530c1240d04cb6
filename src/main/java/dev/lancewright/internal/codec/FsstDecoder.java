package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.fsst.FsstEncoder;
import dev.lancewright.internal.fsst.FsstTable;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.Fsst;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/** Decodes columns of byte strings in FSST codes: the inverse of {@link FsstEncoder}. */
public final class FsstDecoder {
  /**
   * The number of codes to decode at once, which is limited since memory is reserved for the
   * longest possible text.
   */
  private static final long CODES_AT_ONCE = 32 << 10;

  private final FsstTable table;
  private final AppendBuffer offsets;
  private final AppendBuffer data;

  /**
   * Creates a decoder.
   *
   * @throws LanceFormatException if the symbol table is invalid
   */
  FsstDecoder(Fsst fsst, DecodeMemory memory) throws LanceFormatException {
    this(FsstTable.parse(fsst.getSymbolTable().toByteArray()), memory);
  }

  public FsstDecoder(FsstTable table, DecodeMemory memory) {
    this.table = table;
    this.offsets = memory.take();
    this.data = memory.take();
  }

  /** Creates a decoder of mini-block chunks. */
  static ValueDecoder ofChunks(Fsst fsst, DataType type, DecodeMemory memory, int depth)
      throws LanceFormatException {
    if (!(type instanceof DataType.VariableWidth)) {
      throw new LanceFormatException("Fsst cannot hold values of " + type);
    }
    checkValues(fsst);
    ValueDecoder coded = ValueDecoder.of(fsst.getValues(), type, memory, depth + 1);
    return new Chunks(coded, new FsstDecoder(fsst, memory));
  }

  /** Checks that values are not encoded with FSST twice. */
  static void checkValues(Fsst fsst) throws LanceFormatException {
    if (fsst.getValues().hasFsst()) {
      throw new LanceFormatException("values are in FSST's codes twice");
    }
  }

  /** Decodes strings, which are valid until the next call. */
  public VariableWidthColumn decode(VariableWidthColumn coded) throws LanceFormatException {
    if (table.isRaw()) {
      return coded;
    }
    DataType.VariableWidth type = coded.type();
    long count = coded.length();
    data.clear();
    offsets.clear();
    offsets.appendZeros(type.offsetWidth());
    offsets.reserve(count * type.offsetWidth());
    int values;
    for (long first = 0; first < count; first += values) {
      values = valuesAtOnce(coded, first);
      long codes = coded.offset(first + values) - coded.offset(first);
      long at = data.reserve(FsstTable.MAX_SYMBOL_BYTES * (codes + 1));
      data.advance(table.decode(coded, first, values, data.block(), at, offsets.block()));
    }
    return new VariableWidthColumn(type, count, null, offsets.block(), data.block());
  }

  /**
   * Returns the number of values to decode at once: as many as have few codes in all, but at least
   * one.
   */
  private static int valuesAtOnce(VariableWidthColumn coded, long first) {
    int most = (int) Math.min(Integer.MAX_VALUE, coded.length() - first);
    long end = coded.offset(first) + CODES_AT_ONCE;
    int values = 1;
    while (values < most && coded.offset(first + values + 1) <= end) {
      values++;
    }
    return values;
  }

  private static final class Chunks extends ValueDecoder {
    private final ValueDecoder coded;
    private final FsstDecoder decoder;

    Chunks(ValueDecoder coded, FsstDecoder decoder) {
      this.coded = coded;
      this.decoder = decoder;
    }

    @Override
    public int bufferCount() {
      return coded.bufferCount();
    }

    @Override
    long maxBytes(int values) {
      return coded.maxBytes(values);
    }

    @Override
    public Column decode(MemorySegment[] buffers, int first, int values)
        throws LanceFormatException {
      return decoder.decode((VariableWidthColumn) coded.decode(buffers, first, values));
    }
  }
}
