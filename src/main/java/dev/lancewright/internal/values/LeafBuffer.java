package dev.lancewright.internal.values;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;

/**
 * Rows of one column on their way to a page: the one copy that a write makes. Bytes under nulls are
 * cleared, so that a page depends on nothing but its values.
 */
public abstract sealed class LeafBuffer
    permits FixedWidthBuffer,
        BoolBuffer,
        VariableWidthBuffer,
        FixedSizeListBuffer,
        PackedStructBuffer,
        DictionaryBuffer,
        NullBuffer {

  /** Of the rows held; it counts them, too. */
  final ValidityBuffer validity;

  LeafBuffer(PagePool pool) {
    this.validity = new ValidityBuffer(pool);
  }

  /**
   * A buffer for values of {@code type}, with memory from {@code pool}.
   *
   * @throws IllegalArgumentException if columns of that type have no buffer
   */
  public static LeafBuffer create(DataType type, PagePool pool) {
    return switch (type) {
      case DataType.Null _ -> new NullBuffer(pool);
      case DataType.Bool _ -> new BoolBuffer(pool);
      case DataType.FixedWidth fixed -> new FixedWidthBuffer(fixed, pool);
      case DataType.VariableWidth variable -> new VariableWidthBuffer(variable, pool);
      case DataType.FixedSizeList list -> new FixedSizeListBuffer(list, pool);
      case DataType.Struct struct -> new PackedStructBuffer(struct, pool);
      case DataType.Dictionary dictionary -> new DictionaryBuffer(dictionary, pool);
      default -> throw new IllegalArgumentException(type + " cannot be buffered");
    };
  }

  /** Rows held. */
  public final long rows() {
    return validity.rows();
  }

  /** Bytes of the values held, as they fill a page: offsets counted, validity not. */
  public abstract long bytes();

  /**
   * How many rows of {@code column} from {@code from} on complete a page: with them {@link #bytes}
   * reaches {@code pageBytes}, or the next row could not be held; 0 only in the latter case.
   *
   * @return more than {@code count} if {@code count} rows do not complete it
   */
  public abstract long rowsToComplete(Column column, long from, long count, long pageBytes);

  /** Whether these rows can be held in addition to those that are. */
  public boolean holds(Column column, long from, long count) {
    return true;
  }

  /** Whether these rows may be encoded from the caller's memory: nothing in them needs clearing. */
  public boolean isClean(Column column, long from, long count) {
    return Bitmap.isAllSet(column.validity(), from, count);
  }

  /**
   * Makes room for {@code rows} rows if they are like {@code count} rows of a column, but for no
   * more than {@code most} bytes.
   */
  public void reserve(Column column, long from, long count, long rows, long most) {}

  /** Copies rows {@code from} to {@code from + count} of a column of the buffer's type. */
  public abstract void append(Column column, long from, long count);

  /** Appends {@code count} valid rows of zeros or nothing: what stands below a null parent. */
  public abstract void appendFiller(long count);

  /**
   * Bytes that {@link #appendFiller} takes for {@code count} rows; {@link Long#MAX_VALUE} if more.
   */
  public long fillerBytes(long count) {
    return product(count, Long.BYTES);
  }

  /** Of two numbers that are not negative; {@link Long#MAX_VALUE} if that is less. */
  public static long product(long count, long bytes) {
    return Math.multiplyHigh(count, bytes) == 0 && count * bytes >= 0
        ? count * bytes
        : Long.MAX_VALUE;
  }

  /** The rows held, as a column that is valid until the next change. */
  public abstract Column view();

  /** Forgets all rows and keeps the memory for the next page. */
  public void clear() {
    validity.clear();
  }

  /** Forgets all rows and gives the memory back. */
  public void release() {
    validity.release();
  }

  /** Rows of {@code rowBits} bits each that bring {@code bits} to {@code pageBytes}. */
  static long rowsToReach(long pageBytes, long rows, long rowBits) {
    long needed = Math.ceilDiv(saturatedBits(pageBytes), rowBits);
    return Math.max(needed - rows, 1);
  }

  private static long saturatedBits(long bytes) {
    return bytes > Long.MAX_VALUE / 8 ? Long.MAX_VALUE : bytes * 8;
  }
}
