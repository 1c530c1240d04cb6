package dev.lancewright.reference;

import java.io.IOException;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * The canonical encoding of Arrow vectors, as the reference implementation gives them out.
 *
 * @param dictionaries of the batch that the vectors belong to
 */
record VectorEncoding(DictionaryProvider dictionaries) {
  void write(ValueVector vector, int row, CanonicalOutput out) throws IOException {
    boolean present = !vector.isNull(row);
    if (present && vector instanceof BaseIntVector indices) {
      DictionaryEncoding dictionary = vector.getField().getDictionary();
      if (dictionary != null) {
        int index = Math.toIntExact(indices.getValueAsLong(row));
        write(dictionaries.lookup(dictionary.getId()).getVector(), index, out);
        return;
      }
    }
    out.mark(present);
    if (present) {
      writeBody(vector, row, out);
    }
  }

  private void writeBody(ValueVector vector, int row, CanonicalOutput out) throws IOException {
    switch (vector) {
      case BitVector bits -> out.bool(bits.get(row) != 0);
      case BaseFixedWidthVector fixed -> {
        long width = fixed.getTypeWidth();
        out.bytes(fixed.getDataBuffer(), row * width, width);
      }
      case BaseVariableWidthVector variable -> {
        ArrowBuf offsets = variable.getOffsetBuffer();
        long at = row * 4L;
        writeString(variable.getDataBuffer(), offsets.getInt(at), offsets.getInt(at + 4), out);
      }
      case BaseLargeVariableWidthVector variable -> {
        ArrowBuf offsets = variable.getOffsetBuffer();
        long at = row * 8L;
        writeString(variable.getDataBuffer(), offsets.getLong(at), offsets.getLong(at + 8), out);
      }
      case ListVector list ->
          writeItems(
              list.getDataVector(),
              list.getElementStartIndex(row),
              list.getElementEndIndex(row),
              out);
      case LargeListVector list ->
          writeItems(
              list.getDataVector(),
              list.getElementStartIndex(row),
              list.getElementEndIndex(row),
              out);
      case FixedSizeListVector list ->
          writeItems(
              list.getDataVector(),
              list.getElementStartIndex(row),
              list.getElementEndIndex(row),
              out);
      case StructVector struct -> {
        for (int child = 0; child < struct.size(); child++) {
          write(struct.getChildByOrdinal(child), row, out);
        }
      }
      default -> throw new IOException("no canonical encoding for " + vector.getField());
    }
  }

  private void writeItems(ValueVector items, long start, long end, CanonicalOutput out)
      throws IOException {
    out.count(end - start);
    for (long i = start; i < end; i++) {
      write(items, Math.toIntExact(i), out);
    }
  }

  private static void writeString(ArrowBuf data, long start, long end, CanonicalOutput out)
      throws IOException {
    out.count(end - start);
    out.bytes(data, start, end - start);
  }
}
