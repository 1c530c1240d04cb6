package dev.lancewright.testing;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes one level of a column, batch after batch. One subclass for each shape. */
abstract class ColumnMaker {
  private static final int MOST_ROWS_AROUND = 40;

  /**
   * What the makers of a column share.
   *
   * @param mostValues see {@link RandomColumns}
   */
  record Source(RandomGenerator random, Arena arena, int mostValues) {}

  final Field field;
  final Source source;
  final RandomGenerator random;
  private Style style;

  ColumnMaker(Field field, Style style, Source source) {
    this.field = field;
    this.style = style;
    this.source = source;
    this.random = source.random;
  }

  static ColumnMaker of(Field field, Style style, Source source) {
    return switch (field.type()) {
      case DataType.Null type -> new OfNull(field, style, source);
      case DataType.Bool type -> new OfBool(field, style, source);
      case DataType.FixedWidth type -> new OfFixedWidth(field, type, style, source);
      case DataType.VariableWidth type -> new OfVariableWidth(field, type, style, source);
      case DataType.FixedSizeList type -> new OfFixedSizeList(field, type, style, source);
      case DataType.Struct type -> new OfStruct(field, type, style, source);
      case DataType.ListOf type -> new ListMaker(field, type.item(), style, source);
      case DataType.MapOf type -> new ListMaker(field, type.entries(), style, source);
      case DataType.Dictionary type -> new DictionaryMaker(field, type, style, source);
      case DataType.Unsupported type -> throw new IllegalArgumentException("no columns of " + type);
    };
  }

  /** A column of {@code rows} rows, at the top level. */
  final Column column(int rows) {
    boolean[] counts = new boolean[rows];
    Arrays.fill(counts, true);
    return column(counts);
  }

  /**
   * A column of one row for each of {@code counts}.
   *
   * @param counts false where nothing counts, since a parent is null or has no such item
   */
  final Column column(boolean[] counts) {
    style = style.next(random);
    boolean[] present = present(counts);
    if (style.form() == RandomColumns.Form.PLAIN) {
      return make(allTrue(present) ? null : bits(present), and(present, counts));
    }
    int before = 1 + random.nextInt(MOST_ROWS_AROUND);
    int after = random.nextInt(MOST_ROWS_AROUND);
    boolean[] holds = new boolean[before + counts.length + after];
    System.arraycopy(and(present, counts), 0, holds, before, counts.length);
    boolean[] valid = randomBits(holds.length);
    System.arraycopy(present, 0, valid, before, counts.length);
    return make(bits(valid), holds).slice(before, counts.length);
  }

  /**
   * A column of one row for each of {@code holds}.
   *
   * @param holds whether the row has a value that counts; all others hold garbage
   */
  abstract Column make(Bitmap validity, boolean[] holds);

  /** The maker of a child. */
  final ColumnMaker child(Field child) {
    return of(child, style.below(random), source);
  }

  final Style style() {
    return style;
  }

  /** A bitmap of {@code bits} with any bits behind its end. */
  final Bitmap bits(boolean[] bits) {
    byte[] bytes = new byte[Math.toIntExact(Bitmap.bytesFor(bits.length))];
    for (int i = 0; i < bits.length; i++) {
      bytes[i >> 3] |= (byte) (bits[i] ? 1 << (i & 7) : 0);
    }
    if ((bits.length & 7) != 0) {
      bytes[bytes.length - 1] |= (byte) (random.nextInt() << (bits.length & 7));
    }
    Bytes copy = new Bytes(bytes.length);
    copy.append(bytes);
    return new Bitmap(copy.toSegment(source.arena), 0, bits.length);
  }

  final boolean[] randomBits(int length) {
    boolean[] bits = new boolean[length];
    for (int i = 0; i < length; i++) {
      bits[i] = random.nextBoolean();
    }
    return bits;
  }

  /** A field that is not nullable may only be marked null where nothing counts. */
  private boolean[] present(boolean[] counts) {
    if (field.nullable()) {
      return style.nulls().present(counts.length, random);
    }
    if (style.varied() && random.nextBoolean()) {
      return counts;
    }
    return Nulls.NONE.present(counts.length, random);
  }

  private static boolean[] and(boolean[] a, boolean[] b) {
    boolean[] both = new boolean[a.length];
    for (int i = 0; i < a.length; i++) {
      both[i] = a[i] && b[i];
    }
    return both;
  }

  private static boolean allTrue(boolean[] bits) {
    for (boolean bit : bits) {
      if (!bit) {
        return false;
      }
    }
    return true;
  }

  private static final class OfNull extends ColumnMaker {
    OfNull(Field field, Style style, Source source) {
      super(field, style, source);
    }

    @Override
    Column make(Bitmap validity, boolean[] holds) {
      return new NullColumn(holds.length);
    }
  }

  private static final class OfBool extends ColumnMaker {
    private final boolean constant;

    OfBool(Field field, Style style, Source source) {
      super(field, style, source);
      constant = style.varied() && random.nextInt(4) == 0;
    }

    @Override
    Column make(Bitmap validity, boolean[] holds) {
      return new BoolColumn(validity, bits(constant ? holds : randomBits(holds.length)));
    }
  }

  private static final class OfFixedWidth extends ColumnMaker {
    private final DataType.FixedWidth type;
    private final RandomValues values;

    OfFixedWidth(Field field, DataType.FixedWidth type, Style style, Source source) {
      super(field, style, source);
      this.type = type;
      values = new RandomValues(type, false, random);
    }

    @Override
    Column make(Bitmap validity, boolean[] holds) {
      Bytes bytes = new Bytes(holds.length * type.byteWidth());
      for (boolean value : holds) {
        if (value) {
          values.append(bytes);
        } else {
          bytes.appendRandom(type.byteWidth(), random);
        }
      }
      return new FixedWidthColumn(type, holds.length, validity, bytes.toSegment(source.arena));
    }
  }

  private static final class OfVariableWidth extends ColumnMaker {
    /** Long strings are for small columns, so that files stay small. */
    private static final int MOST_LONG_STRINGS = 5000;

    private final DataType.VariableWidth type;
    private final RandomValues values;
    private final RandomValues longValues;

    OfVariableWidth(Field field, DataType.VariableWidth type, Style style, Source source) {
      super(field, style, source);
      this.type = type;
      values = new RandomValues(type, false, random);
      longValues = new RandomValues(type, true, random);
    }

    @Override
    Column make(Bitmap validity, boolean[] holds) {
      boolean wide = style().longStrings() && holds.length <= MOST_LONG_STRINGS;
      RandomValues chosen = wide ? longValues : values;
      int width = type.offsetWidth();
      Bytes offsets = new Bytes((holds.length + 1) * width);
      Bytes data = new Bytes(holds.length * 8);
      if (holds.length > 0) {
        offsets.appendNumber(0, width);
      }
      for (boolean value : holds) {
        if (value) {
          chosen.append(data);
        } else {
          data.appendRandom(random.nextInt(6), random);
        }
        offsets.appendNumber(data.size(), width);
      }
      return new VariableWidthColumn(
          type,
          holds.length,
          validity,
          offsets.toSegment(source.arena),
          data.toSegment(source.arena));
    }
  }

  private static final class OfFixedSizeList extends ColumnMaker {
    private final DataType.FixedSizeList type;
    private final ColumnMaker items;

    OfFixedSizeList(Field field, DataType.FixedSizeList type, Style style, Source source) {
      super(field, style, source);
      this.type = type;
      items = child(type.item());
    }

    @Override
    Column make(Bitmap validity, boolean[] holds) {
      boolean[] counts = new boolean[holds.length * type.size()];
      for (int row = 0; row < holds.length; row++) {
        Arrays.fill(counts, row * type.size(), (row + 1) * type.size(), holds[row]);
      }
      return new FixedSizeListColumn(type, holds.length, validity, items.column(counts));
    }
  }

  private static final class OfStruct extends ColumnMaker {
    private final DataType.Struct type;
    private final List<ColumnMaker> children;

    OfStruct(Field field, DataType.Struct type, Style style, Source source) {
      super(field, style, source);
      this.type = type;
      children =
          type.children().stream().map(field.isPacked() ? this::packed : this::child).toList();
    }

    /** Whatever the field says, a child of a packed struct is only null where the struct is. */
    private ColumnMaker packed(Field child) {
      return child(new Field(child.name(), child.type(), false, child.metadata()));
    }

    @Override
    Column make(Bitmap validity, boolean[] holds) {
      List<Column> columns = children.stream().map(child -> child.column(holds)).toList();
      return new StructColumn(type, holds.length, validity, columns);
    }
  }
}
