package dev.lancewright.internal.codec;

import dev.lancewright.column.Column;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.proto.Encodings21Proto.Fsst;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;

/** Decodes columns of byte strings in FSST's codes; the inverse of {@link FsstEncoder}. */
final class FsstDecoder {
  /** Bytes behind a value that decoding it may overwrite. */
  private static final int SLACK_BYTES = FsstTable.MAX_SYMBOL_BYTES;

  private final FsstTable table;
  private final AppendBuffer offsets;
  private final AppendBuffer data;

  /**
   * @throws LanceFormatException if the symbol table is none
   */
  FsstDecoder(Fsst fsst, DecodeMemory memory) throws LanceFormatException {
    this.table = FsstTable.parse(fsst.getSymbolTable().toByteArray());
    this.offsets = memory.take();
    this.data = memory.take();
  }

  /** A decoder of mini-block chunks. */
  static ValueDecoder ofChunks(Fsst fsst, DataType type, DecodeMemory memory, int depth)
      throws LanceFormatException {
    if (!(type instanceof DataType.VariableWidth)) {
      throw new LanceFormatException("Fsst cannot hold values of " + type);
    }
    checkValues(fsst);
    ValueDecoder coded = ValueDecoder.of(fsst.getValues(), type, memory, depth + 1);
    return new Chunks(coded, new FsstDecoder(fsst, memory));
  }

  /** Checks that values are not in codes of codes. */
  static void checkValues(Fsst fsst) throws LanceFormatException {
    if (fsst.getValues().hasFsst()) {
      throw new LanceFormatException("values are in FSST's codes twice");
    }
  }

  /** The strings that those in codes stand for, until the next call. */
  VariableWidthColumn decode(VariableWidthColumn coded) throws LanceFormatException {
    DataType.VariableWidth type = coded.type();
    long count = coded.length();
    long codes = coded.offset(count) - coded.offset(0);
    offsets.clear();
    data.clear();
    offsets.reserve((count + 1) * type.offsetWidth());
    data.reserve(FsstTable.MAX_SYMBOL_BYTES * codes + SLACK_BYTES);
    long at = 0;
    putOffset(type, 0, 0);
    for (long i = 0; i < count; i++) {
      long start = coded.offset(i);
      at += table.decode(coded.data(), start, coded.offset(i + 1) - start, data.block(), at);
      putOffset(type, i + 1, at);
    }
    if (!type.large() && at > Integer.MAX_VALUE) {
      throw new LanceFormatException(
          "%d byte strings of %s have %d bytes, more than its offsets can tell"
              .formatted(count, type, at));
    }
    return new VariableWidthColumn(type, count, null, offsets.block(), data.block());
  }

  private void putOffset(DataType.VariableWidth type, long index, long offset) {
    if (type.large()) {
      offsets.block().set(LittleEndian.LONG, index * 8, offset);
    } else {
      offsets.block().set(LittleEndian.INT, index * 4, (int) offset);
    }
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
