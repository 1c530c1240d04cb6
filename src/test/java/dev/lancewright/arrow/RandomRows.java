package dev.lancewright.arrow;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Rows as {@link Values} has them, for any layout. Some follow each other more than once. */
final class RandomRows {
  private static final int MAX_LIST = 4;
  private static final int MAX_STRING = 30;
  private static final int DECIMAL128_BYTES = 16;

  private final Random random;

  RandomRows(long seed) {
    random = new Random(seed);
  }

  List<Object> rows(ArrayLayout layout, boolean nullable, int count) {
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean again = i > 0 && random.nextInt(4) == 0;
      rows.add(again ? rows.get(i - 1) : row(layout, nullable));
    }
    return rows;
  }

  private Object row(ArrayLayout layout, boolean nullable) {
    if (nullable && random.nextInt(4) == 0) {
      return null;
    }
    if (isRunEnds(layout)) {
      return row(layout.child(), false);
    }
    return switch (layout.type()) {
      case DataType.Null ignored -> null;
      case DataType.Bool ignored -> random.nextBoolean();
      case DataType.Decimal ignored when layout.converted() -> narrow(layout.form().bytes());
      case DataType.FixedWidth fixed -> ByteBuffer.wrap(bytes(fixed.byteWidth()));
      case DataType.VariableWidth ignored -> ByteBuffer.wrap(bytes(random.nextInt(MAX_STRING + 1)));
      case DataType.Dictionary ignored -> row(layout.child(), false);
      case DataType.ListOf list ->
          rows(layout.child(), list.item().nullable(), random.nextInt(MAX_LIST + 1));
      case DataType.MapOf ignored -> rows(layout.child(), false, random.nextInt(MAX_LIST + 1));
      case DataType.FixedSizeList list -> rows(layout.child(), list.item().nullable(), list.size());
      case DataType.Struct struct -> {
        List<Object> members = new ArrayList<>();
        for (int i = 0; i < struct.children().size(); i++) {
          Field field = struct.children().get(i);
          members.add(row(layout.children().get(i), field.nullable()));
        }
        yield members;
      }
      case DataType.Unsupported ignored -> throw new IllegalArgumentException(layout.toString());
    };
  }

  private static boolean isRunEnds(ArrayLayout layout) {
    return layout.toString().startsWith("run_end_encoded");
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** An integer of {@code bytes} bytes in the form of one of 16. */
  private ByteBuffer narrow(int bytes) {
    byte[] value = bytes(DECIMAL128_BYTES);
    Arrays.fill(value, bytes, DECIMAL128_BYTES, (byte) (value[bytes - 1] >> 7));
    return ByteBuffer.wrap(value);
  }
}
