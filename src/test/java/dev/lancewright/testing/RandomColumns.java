package dev.lancewright.testing;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Makes columns of any type, the same ones for the same seed. Beneath nulls lies garbage: bytes
 * that are no legal value, strings that are not empty.
 *
 * @param seed for all that is left to chance
 * @param nulls which rows are null; a field that is not nullable has none
 * @param form how the columns lie in memory
 * @param longStrings whether strings may have several hundred bytes
 */
public record RandomColumns(long seed, Nulls nulls, Form form, boolean longStrings) {
  /** How a column lies in memory. */
  public enum Form {
    /** Offsets and bitmaps start at 0; no bitmap when there are no nulls. */
    PLAIN,
    /** Rows from the middle of a larger column: offsets and bitmaps start anywhere. */
    SLICED
  }

  private static final int MOST_ROWS_AROUND = 40;

  /** Columns for all fields of {@code schema}; they live as long as {@code arena}. */
  public Batch batch(Schema schema, int rows, Arena arena) {
    List<Column> columns =
        schema.fields().stream().map(field -> column(field, rows, arena)).toList();
    return new Batch(schema, columns, rows);
  }

  /** A column for {@code field}; it lives as long as {@code arena}. */
  public Column column(Field field, int rows, Arena arena) {
    RandomGenerator random =
        new SplittableRandom(seed ^ 0x9E3779B97F4A7C15L * field.toString().hashCode());
    if (form == Form.PLAIN) {
      return new Maker(random, arena, rows, 0, rows).column(field, nulls);
    }
    int before = 1 + random.nextInt(MOST_ROWS_AROUND);
    int after = random.nextInt(MOST_ROWS_AROUND);
    return new Maker(random, arena, before + rows + after, before, rows)
        .column(field, nulls)
        .slice(before, rows);
  }

  /** Makes a column of {@code length} rows; the null pattern is for {@code rows} of them. */
  private final class Maker {
    private final RandomGenerator random;
    private final Arena arena;
    private final int length;
    private final int first;
    private final int rows;

    Maker(RandomGenerator random, Arena arena, int length, int first, int rows) {
      this.random = random;
      this.arena = arena;
      this.length = length;
      this.first = first;
      this.rows = rows;
    }

    Column column(Field field, Nulls wanted) {
      boolean[] present = present(field.nullable() ? wanted : Nulls.NONE);
      Bitmap validity = validity(field, present);
      return switch (field.type()) {
        case DataType.Null nothing -> new NullColumn(length);
        case DataType.Bool bool -> new BoolColumn(validity, bits(randomBits()));
        case DataType.FixedWidth fixed -> fixedWidth(fixed, validity, present);
        case DataType.VariableWidth variable -> variableWidth(variable, validity, present);
        case DataType.FixedSizeList list -> fixedSizeList(list, validity);
        default -> throw new IllegalArgumentException("no columns of " + field.type());
      };
    }

    private boolean[] present(Nulls pattern) {
      boolean[] present = new boolean[length];
      for (int i = 0; i < length; i++) {
        present[i] = !pattern.at(i - first, rows, random);
      }
      return present;
    }

    private Bitmap validity(Field field, boolean[] present) {
      boolean none = nulls == Nulls.NONE || !field.nullable();
      return none && form == Form.PLAIN ? null : bits(present);
    }

    private boolean[] randomBits() {
      boolean[] bits = new boolean[length];
      for (int i = 0; i < length; i++) {
        bits[i] = random.nextBoolean();
      }
      return bits;
    }

    private Bitmap bits(boolean[] bits) {
      byte[] bytes = new byte[Math.toIntExact(Bitmap.bytesFor(length))];
      random.nextBytes(bytes);
      for (int i = 0; i < length; i++) {
        int mask = 1 << (i & 7);
        bytes[i >> 3] = (byte) (bits[i] ? bytes[i >> 3] | mask : bytes[i >> 3] & ~mask);
      }
      return new Bitmap(segment(bytes), 0, length);
    }

    private Column fixedWidth(DataType.FixedWidth type, Bitmap validity, boolean[] present) {
      RandomValues values = new RandomValues(type, longStrings, random);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (boolean value : present) {
        bytes.writeBytes(value ? values.next() : garbage(type.byteWidth()));
      }
      return new FixedWidthColumn(type, length, validity, segment(bytes.toByteArray()));
    }

    private Column variableWidth(DataType.VariableWidth type, Bitmap validity, boolean[] present) {
      RandomValues values = new RandomValues(type, longStrings, random);
      MemorySegment offsets = arena.allocate(length == 0 ? 0 : (length + 1L) * type.offsetWidth());
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      for (int i = 0; i < length; i++) {
        data.writeBytes(present[i] ? values.next() : garbage(random.nextInt(6)));
        if (type.large()) {
          offsets.set(LittleEndian.LONG, (i + 1) * 8L, data.size());
        } else {
          offsets.set(LittleEndian.INT, (i + 1) * 4L, data.size());
        }
      }
      return new VariableWidthColumn(type, length, validity, offsets, segment(data.toByteArray()));
    }

    private Column fixedSizeList(DataType.FixedSizeList type, Bitmap validity) {
      int size = type.size();
      Maker items = new Maker(random, arena, length * size, first * size, rows * size);
      return new FixedSizeListColumn(
          type, length, validity, items.column(type.item(), itemNulls()));
    }

    /** Lists that are not null shall hold items that are. */
    private Nulls itemNulls() {
      return nulls == Nulls.NONE ? Nulls.NONE : Nulls.SOME;
    }

    private byte[] garbage(int length) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }

    private MemorySegment segment(byte[] bytes) {
      MemorySegment segment = arena.allocate(bytes.length, 1);
      MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
      return segment;
    }
  }
}
