package dev.lancewright.internal.layout;

import dev.lancewright.column.Column;
import dev.lancewright.column.StructColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.proto.Encodings21Proto.VariablePackedStruct;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Reads packed structs: the values of all children, one after the other, after their length. */
final class FullZipPackedStructReader extends FullZipValueReader {
  private final DataType.Struct type;
  private final List<FullZipValueReader> children;
  private final long nothingBytes;
  private long fillerBytes;
  private long count;

  private FullZipPackedStructReader(
      DataType.Struct type, long bits, List<FullZipValueReader> children) {
    super(bits == 32 || bits == 64 ? bits : -1);
    this.type = type;
    this.children = children;
    this.nothingBytes = children.stream().mapToLong(FullZipValueReader::nothingBytes).sum();
  }

  /** Makes the reader, and those of all children, after checking that there are as many. */
  static FullZipPackedStructReader of(
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
      children.add(
          FullZipValueReader.of(field.getValue(), child.type(), haveLengths, childBits, memory));
    }
    return new FullZipPackedStructReader(type, bits, children);
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
    // A struct of no bytes has no values for its children, which get placeholders so that they stay
    // in step. Any other has a value of every child, and these must fill it exactly: a child is
    // bounded by the struct and not by the page, or it could take bytes of the next row as its own.
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
    // Nulls take a few bytes in the file and all children's widths in memory. A small file could
    // ask for any amount, so what is made up counts against the limit of a batch.
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
