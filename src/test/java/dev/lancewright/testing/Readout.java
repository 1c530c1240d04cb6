package dev.lancewright.testing;

import dev.lancewright.LanceReader;
import dev.lancewright.Scan;
import dev.lancewright.Taker;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.NullColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Reads what may be damaged, and believes nothing: every byte that is given out is touched, and
 * every offset and index must lie in what it points into.
 */
public final class Readout {
  /** Of eight bytes each. Some files have more rows than anybody can read: all of them null. */
  private static final long MOST_VALUES = 1L << 22;

  private final long mostRetainedBytes;
  private long digest;
  private long values;

  /**
   * @param mostRetainedBytes what scans and takers may hold off the heap
   */
  public Readout(long mostRetainedBytes) {
    this.mostRetainedBytes = mostRetainedBytes;
  }

  /**
   * Scans some columns, or the first rows of them if there are very many.
   *
   * @return a digest of the values
   * @throws AssertionError if what is read contradicts itself, or more memory is taken than allowed
   */
  public long scan(LanceReader reader, List<String> columns, int batchRows) throws IOException {
    digest = 0;
    values = 0;
    try (Scan scan = reader.scan().columns(columns).batchRows(batchRows).open()) {
      for (Batch batch = next(scan); batch != null; batch = next(scan)) {
        add(batch);
      }
    }
    return digest;
  }

  private Batch next(Scan scan) throws IOException {
    try {
      return values > MOST_VALUES ? null : scan.next();
    } finally {
      check(scan.retainedBytes() <= mostRetainedBytes, "%d bytes are held", scan.retainedBytes());
    }
  }

  /** Takes a few rows of some columns: near the end, at the start, in the middle, one twice. */
  public long take(LanceReader reader, List<String> columns) throws IOException {
    digest = 0;
    long rows = reader.rows();
    try (Taker taker = reader.taker().columns(columns).open()) {
      if (rows > 0) {
        add(taker.take(rows - 1, 0, rows / 2));
        add(taker.take(rows / 3, rows / 3, Math.min(rows / 3 + 1, rows - 1)));
      }
    }
    return digest;
  }

  private void add(Batch batch) {
    check(batch.rows() >= 0, "a batch of %d rows", batch.rows());
    values += batch.rows();
    for (Column column : batch.columns()) {
      check(column.length() == batch.rows(), "a column of %d rows", column.length());
      add(column);
    }
  }

  private void add(Column column) {
    values += column.length();
    mix(column.length());
    if (column.validity() != null) {
      check(column.validity().length() == column.length(), "validity of %d", column.length());
      add(column.validity());
    }
    switch (column) {
      case FixedWidthColumn fixed ->
          add(fixed.values(), 0, fixed.length() * fixed.type().byteWidth());
      case BoolColumn bool -> add(bool.values());
      case VariableWidthColumn strings -> add(strings);
      case FixedSizeListColumn lists -> {
        long items = lists.length() * lists.type().size();
        check(lists.items().length() == items, "lists of one size have %d items", items);
        add(lists.items());
      }
      case ListColumn lists -> add(lists);
      case StructColumn structs -> structs.children().forEach(child -> add(structs, child));
      case DictionaryColumn rows -> add(rows);
      case NullColumn _ -> {}
    }
  }

  private void add(StructColumn structs, Column child) {
    check(child.length() == structs.length(), "a child of %d rows", child.length());
    add(child);
  }

  private void add(VariableWidthColumn strings) {
    if (strings.length() == 0) {
      return;
    }
    long last = strings.offset(0);
    check(last >= 0, "strings start at %d", last);
    for (long i = 1; i <= strings.length(); i++) {
      long offset = strings.offset(i);
      check(offset >= last, "offset %d of a string is less than the one before", offset);
      mix(offset);
      last = offset;
    }
    check(last <= strings.data().byteSize(), "strings end at %d", last);
    add(strings.data(), strings.offset(0), last - strings.offset(0));
  }

  private void add(ListColumn lists) {
    if (lists.length() > 0) {
      long last = lists.offset(0);
      check(last >= 0, "lists start at %d", last);
      for (long i = 1; i <= lists.length(); i++) {
        long offset = lists.offset(i);
        check(offset >= last, "offset %d of a list is less than the one before", offset);
        mix(offset);
        last = offset;
      }
      check(last <= lists.items().length(), "lists end at %d", last);
    }
    add(lists.items());
  }

  private void add(DictionaryColumn rows) {
    Bitmap validity = rows.validity();
    for (long row = 0; row < rows.length(); row++) {
      if (validity == null || validity.get(row)) {
        long index = rows.index(row);
        check(index >= 0 && index < rows.values().length(), "index %d of no value", index);
        mix(index);
      }
    }
    add(rows.values());
  }

  private void add(Bitmap bits) {
    for (long i = 0; i < bits.length(); i += Long.SIZE) {
      mix(bits.word(i));
    }
  }

  private void add(MemorySegment bytes, long from, long count) {
    values += count / Long.BYTES;
    long end = from + count;
    long at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      mix(bytes.get(LittleEndian.LONG, at));
    }
    for (; at < end; at++) {
      mix(bytes.get(ValueLayout.JAVA_BYTE, at));
    }
  }

  private void mix(long bits) {
    digest = (digest ^ bits) * 0x9E3779B97F4A7C15L;
    digest ^= digest >>> 29;
  }

  private static void check(boolean holds, String otherwise, long number) {
    if (!holds) {
      throw new AssertionError(otherwise.formatted(number));
    }
  }
}
