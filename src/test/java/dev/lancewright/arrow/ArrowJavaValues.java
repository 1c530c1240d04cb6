package dev.lancewright.arrow;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.util.ArrowBufPointer;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ElementAddressableVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ViewVarBinaryVector;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.BaseListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/** Rows of arrow-java as {@link Values} has them. */
final class ArrowJavaValues {
  private ArrowJavaValues() {}

  /** All rows of a vector. */
  static List<Object> of(FieldVector vector, DictionaryProvider provider) {
    return rows(vector, provider, 0, vector.getValueCount());
  }

  private static List<Object> rows(
      FieldVector vector, DictionaryProvider provider, long from, long to) {
    List<Object> rows = new ArrayList<>();
    for (int i = (int) from; i < to; i++) {
      rows.add(vector.isNull(i) ? null : row(vector, provider, i));
    }
    return rows;
  }

  private static Object row(FieldVector vector, DictionaryProvider provider, int row) {
    DictionaryEncoding encoding = vector.getField().getDictionary();
    if (encoding != null) {
      long index = ((BaseIntVector) vector).getValueAsLong(row);
      return rows(provider.lookup(encoding.getId()).getVector(), provider, index, index + 1)
          .getFirst();
    }
    return switch (vector) {
      case BitVector bits -> bits.get(row) != 0;
      case ViewVarCharVector strings -> ByteBuffer.wrap(strings.get(row));
      case ViewVarBinaryVector strings -> ByteBuffer.wrap(strings.get(row));
      case ElementAddressableVector ignored -> ByteBuffer.wrap(bytes(vector, row));
      case RunEndEncodedVector runs -> {
        long run = runs.getPhysicalIndex(row);
        yield rows(runs.getValuesVector(), provider, run, run + 1).getFirst();
      }
      case StructVector structs -> {
        List<Object> members = new ArrayList<>();
        for (FieldVector child : structs.getChildrenFromFields()) {
          members.addAll(rows(child, provider, row, row + 1L));
        }
        yield members;
      }
      case LargeListViewVector lists -> {
        long start = lists.getOffsetBuffer().getLong(row * 8L);
        long size = lists.getSizeBuffer().getLong(row * 8L);
        yield rows(lists.getDataVector(), provider, start, start + size);
      }
      case ListViewVector lists -> {
        int start = lists.getOffsetBuffer().getInt(row * 4L);
        int size = lists.getSizeBuffer().getInt(row * 4L);
        yield rows(lists.getDataVector(), provider, start, start + size);
      }
      case LargeListVector lists -> {
        long start = lists.getElementStartIndex(row);
        yield rows(lists.getDataVector(), provider, start, lists.getElementEndIndex(row));
      }
      case BaseListVector lists -> {
        FieldVector items = lists.getChildrenFromFields().getFirst();
        int start = lists.getElementStartIndex(row);
        yield rows(items, provider, start, lists.getElementEndIndex(row));
      }
      default -> throw new IllegalArgumentException(vector.getField().toString());
    };
  }

  /** The bytes of a value of fixed or variable width. */
  static byte[] bytes(FieldVector vector, int row) {
    ArrowBufPointer pointer = ((ElementAddressableVector) vector).getDataPointer(row);
    byte[] bytes = new byte[(int) pointer.getLength()];
    if (bytes.length > 0) {
      pointer.getBuf().getBytes(pointer.getOffset(), bytes);
    }
    return bytes;
  }
}
