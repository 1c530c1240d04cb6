package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.codec.Encodings;
import dev.lancewright.internal.codec.FixedSizeLists;
import dev.lancewright.internal.codec.FullZipStrings;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.StagedOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The individually stored values of a full-zip page: of one size, or each after its length. */
sealed interface FullZipValueWriter {
  /** Values of whole bytes, lists of such values, byte strings or structs of all those. */
  static FullZipValueWriter of(Column column) {
    return switch (column) {
      case FixedWidthColumn fixed -> new Fixed(fixed);
      case FixedSizeListColumn list -> new Lists(new FixedSizeLists(list));
      case VariableWidthColumn strings -> of(FullZipStrings.plain(strings));
      case StructColumn struct -> Rows.of(struct);
      default -> throw new AssertionError(column.type());
    };
  }

  /** Byte strings, as they are or compressed. */
  static FullZipValueWriter of(FullZipStrings strings) {
    return new Strings(strings.column(), strings.encoding());
  }

  /** Whether each value follows its length. */
  boolean haveLengths();

  /** Of a length if there are lengths, else of a value. */
  int bits();

  EncodingMessage encoding();

  /** Bytes that a value takes, its length included. */
  long bytes(long value);

  /** Bytes that all values take at most. */
  long totalBytes();

  void put(long value, StagedOutput output) throws IOException;

  /** Puts out all values; only of those without lengths. */
  void putAll(StagedOutput output) throws IOException;

  record Fixed(FixedWidthColumn column) implements FullZipValueWriter {
    @Override
    public boolean haveLengths() {
      return false;
    }

    @Override
    public int bits() {
      return column.type().bitWidth();
    }

    @Override
    public EncodingMessage encoding() {
      return Encodings.flat(bits());
    }

    @Override
    public long bytes(long value) {
      return column.type().byteWidth();
    }

    @Override
    public long totalBytes() {
      return column.length() * column.type().byteWidth();
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      int width = column.type().byteWidth();
      output.put(column.values(), value * width, width);
    }

    @Override
    public void putAll(StagedOutput output) throws IOException {
      output.put(column.values(), 0, totalBytes());
    }
  }

  /** The validity bits of a list's items, for each layer that has nulls, come before the items. */
  record Lists(FixedSizeLists lists) implements FullZipValueWriter {
    @Override
    public boolean haveLengths() {
      return false;
    }

    @Override
    public int bits() {
      return Math.toIntExact(8 * bytes(0));
    }

    @Override
    public EncodingMessage encoding() {
      return lists.encoding();
    }

    @Override
    public long bytes(long value) {
      return lists.validityBytes() + lists.valueBytes();
    }

    @Override
    public long totalBytes() {
      return lists.length() * bytes(0);
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      for (FixedSizeLists.Layer layer : lists.layers()) {
        if (layer.validity() != null) {
          putBits(layer.validity(), value * layer.items(), layer.items(), output);
        }
      }
      output.put(lists.items().values(), value * lists.valueBytes(), lists.valueBytes());
    }

    @Override
    public void putAll(StagedOutput output) throws IOException {
      if (lists.validityBytes() == 0) {
        output.put(lists.items().values(), 0, totalBytes());
        return;
      }
      for (long value = 0; value < lists.length(); value++) {
        put(value, output);
      }
    }

    private static void putBits(Bitmap bits, long from, long count, StagedOutput output)
        throws IOException {
      int block = (StagedOutput.MAX_RESERVE_BYTES - Bits.SLACK_BYTES) / 8 * 64;
      for (long done = 0; done < count; done += block) {
        long part = Math.min(block, count - done);
        int bytes = (int) Bitmap.bytesFor(part);
        long at = output.reserve(bytes + Bits.SLACK_BYTES);
        Bits.copy(bits, from + done, part, output.stage(), at * 8);
        output.advance(bytes);
      }
    }
  }

  record Strings(VariableWidthColumn column, EncodingMessage encoding)
      implements FullZipValueWriter {
    @Override
    public boolean haveLengths() {
      return true;
    }

    @Override
    public int bits() {
      return column.type().offsetWidth() * 8;
    }

    @Override
    public long bytes(long value) {
      return column.type().offsetWidth() + column.offset(value + 1) - column.offset(value);
    }

    @Override
    public long totalBytes() {
      return column.valueBytes();
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      long start = column.offset(value);
      long bytes = column.offset(value + 1) - start;
      putLength(bytes, bits(), output);
      output.put(column.data(), start, bytes);
    }

    @Override
    public void putAll(StagedOutput output) {
      throw new AssertionError("byte strings have lengths");
    }
  }

  /** Packed structs: the values of all children, one after the other. */
  record Rows(List<FullZipValueWriter> children, int bits, long totalBytes)
      implements FullZipValueWriter {
    static Rows of(StructColumn struct) {
      List<FullZipValueWriter> children =
          struct.children().stream().map(FullZipValueWriter::of).toList();
      long bytes = children.stream().mapToLong(FullZipValueWriter::totalBytes).sum();
      int bits = bytes >>> 32 == 0 ? 32 : 64;
      return new Rows(children, bits, bytes + struct.length() * (bits / 8));
    }

    @Override
    public boolean haveLengths() {
      return true;
    }

    @Override
    public EncodingMessage encoding() {
      List<EncodingMessage> encodings = new ArrayList<>();
      int[] widths = new int[children.size()];
      boolean[] lengths = new boolean[children.size()];
      for (int i = 0; i < widths.length; i++) {
        encodings.add(children.get(i).encoding());
        widths[i] = children.get(i).bits();
        lengths[i] = children.get(i).haveLengths();
      }
      return Encodings.variablePackedStruct(encodings, widths, lengths);
    }

    @Override
    public long bytes(long value) {
      return bits / 8 + rowBytes(value);
    }

    private long rowBytes(long value) {
      long bytes = 0;
      for (int i = 0; i < children.size(); i++) {
        bytes += children.get(i).bytes(value);
      }
      return bytes;
    }

    @Override
    public void put(long value, StagedOutput output) throws IOException {
      putLength(rowBytes(value), bits, output);
      for (int i = 0; i < children.size(); i++) {
        children.get(i).put(value, output);
      }
    }

    @Override
    public void putAll(StagedOutput output) {
      throw new AssertionError("packed structs have lengths");
    }
  }

  private static void putLength(long length, int bits, StagedOutput output) throws IOException {
    if (bits == 64) {
      output.putLong(length);
    } else {
      output.putInt((int) length);
    }
  }
}
