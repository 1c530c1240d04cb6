package dev.lancewright.internal.layout;

import dev.lancewright.column.Bitmap;
import dev.lancewright.column.Column;
import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.levels.LeafView;
import dev.lancewright.internal.levels.LevelBuffer;
import dev.lancewright.internal.levels.LevelBuilder;
import dev.lancewright.internal.memory.Bits;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Building the levels of {@code list<..<int32>>}: about 5 items a list at each depth, 10% of lists
 * null, of the items none or 10%. Operations are bytes of input: values, offsets and validity.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class LevelBenchmark {
  private static final int ITEMS = 1 << 18;
  private static final DataType INT32 = DataType.int32();

  @Param({"1", "2", "3", "4"})
  int depth;

  @Param({"0", "10"})
  int nullItems;

  private final SplittableRandom random = new SplittableRandom(1);
  private PagePool pool;
  private LevelBuilder builder;
  private LevelBuffer levels;
  private LeafView view;
  private long rows;
  private long bytes;

  /** Input bytes of an operation. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Input {
    public long bytes;
    public long levels;
  }

  @Setup
  public void makeColumn() {
    pool = new PagePool();
    Bitmap itemValidity = nullItems == 0 ? null : validity(ITEMS, nullItems);
    Column column =
        new FixedWidthColumn(
            (DataType.FixedWidth) INT32,
            ITEMS,
            itemValidity,
            pool.take(ITEMS * 4L).asSlice(0, ITEMS * 4L));
    bytes = ITEMS * 4L + (nullItems == 0 ? 0 : ITEMS / 8);
    for (int i = 0; i < depth; i++) {
      column = lists(column);
    }
    rows = column.length();
    Field field = Field.nullable("v", column.type());
    LeafPath path = LeafPath.of(field).getFirst();
    builder = new LevelBuilder(path, pool);
    levels = new LevelBuffer(path, pool);
    view = new LeafView(path, pool);
    view.set(column);
  }

  private Column lists(Column items) {
    int most = Math.toIntExact(items.length()) + 1;
    MemorySegment offsets = pool.take(8L * most);
    Bitmap nulls = validity(most, 10);
    long end = 0;
    int count = 0;
    offsets.set(LittleEndian.INT, 0, 0);
    while (end < items.length() && count + 1 < most) {
      if (nulls.get(count)) {
        end = Math.min(items.length(), end + 1 + random.nextInt(9));
      }
      count++;
      offsets.set(LittleEndian.INT, 4L * count, (int) end);
    }
    bytes += 4L * count + count / 8;
    DataType type = DataType.list(Field.nullable("item", items.type()));
    return new ListColumn(type, count, nulls.slice(0, count), offsets, items.slice(0, end));
  }

  private Bitmap validity(int count, int percentNull) {
    MemorySegment bits = pool.take(count / 8 + 1 + Bits.SLACK_BYTES);
    for (int i = 0; i < count; i++) {
      Bits.put(bits, i, random.nextInt(100) < percentNull ? 0 : 1);
    }
    return new Bitmap(bits, 0, count);
  }

  @TearDown
  public void freePool() {
    pool.close();
  }

  @Benchmark
  public long build(Input input) {
    levels.clear();
    builder.append(view, 0, rows, levels);
    input.bytes += bytes;
    input.levels += levels.size();
    return levels.size();
  }
}
