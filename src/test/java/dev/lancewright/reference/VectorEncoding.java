package dev.lancewright.reference;

import java.io.IOException;
import org.apache.arrow.memory.util.ArrowBufPointer;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
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
    DictionaryEncoding dictionary = vector.getField().getDictionary();
    if (present && dictionary != null) {
      int index = Math.toIntExact(((BaseIntVector) vector).getValueAsLong(row));
      write(dictionaries.lookup(dictionary.getId()).getVector(), index, out);
      return;
    }
    out.mark(present);
    if (present) {
      writeBody(vector, row, out);
    }
  }

  private void writeBody(ValueVector vector, int row, CanonicalOutput out) throws IOException {
    switch (vector) {
      case BitVector bits -> out.bool(bits.get(row) != 0);
      case BaseFixedWidthVector fixed -> out.bytes(bytes(fixed.getDataPointer(row)));
      case BaseVariableWidthVector variable -> writeString(variable.getDataPointer(row), out);
      case BaseLargeVariableWidthVector variable -> writeString(variable.getDataPointer(row), out);
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
        for (FieldVector child : struct.getChildrenFromFields()) {
          write(child, row, out);
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

  private static void writeString(ArrowBufPointer value, CanonicalOutput out) throws IOException {
    out.count(value.getLength());
    out.bytes(bytes(value));
  }

  private static byte[] bytes(ArrowBufPointer value) {
    byte[] bytes = new byte[Math.toIntExact(value.getLength())];
    value.getBuf().getBytes(value.getOffset(), bytes);
    return bytes;
  }
}
