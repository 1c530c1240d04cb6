package dev.lancewright.internal.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Column;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.layout.LevelModel.Entry;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.proto.Encodings21Proto.MiniBlockLayout;
import dev.lancewright.internal.rows.ColumnBuffer;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Messages;
import dev.lancewright.testing.Rows;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How values, levels and rows are spread over the chunks of a page. */
class MiniBlockEncoderTest {
  private static final Field INTS =
      Field.nullable("v", DataType.list(Field.nullable("item", DataType.int8())));

  /** As many as the codec puts into a chunk. */
  private static final int MAX_VALUES = 4096;

  private final PageFile file = new PageFile();

  @AfterEach
  void freeMemory() {
    file.close();
  }

  /** What a reader knows of a chunk before it looks at levels and values. */
  private record Chunk(long bytes, int values, int levels, long rowEnds, long continued) {}

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void shortLists(FormatVersion version) throws IOException {
    RandomGenerator random = new SplittableRandom(1);
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(random.nextInt(9) == 0 ? null : items(random.nextInt(4), random));
    }
    List<Chunk> chunks = chunks(version, rows);
    assertTrue(chunks.size() > 5, "there are " + chunks.size() + " chunks");
    assertEquals(
        Collections.nCopies(chunks.size() - 1, MAX_VALUES),
        chunks.subList(0, chunks.size() - 1).stream().map(Chunk::values).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void longLists(FormatVersion version) throws IOException {
    RandomGenerator random = new SplittableRandom(2);
    List<Object> rows = new ArrayList<>();
    rows.add(items(3 * MAX_VALUES, random));
    rows.add(items(2 * MAX_VALUES + 5, random));
    rows.add(items(MAX_VALUES - 5, random));
    rows.add(items(1, random));
    List<Chunk> chunks = chunks(version, rows);
    assertEquals(List.of(0L, 0L, 1L, 0L, 0L, 2L, 1L), chunks.stream().map(Chunk::rowEnds).toList());
  }

  /** Levels of empty lists take the place of values, here and there. */
  @ParameterizedTest
  @EnumSource(names = {"V2_1", "V2_2"})
  void burstsOfEmptyLists(FormatVersion version) throws IOException {
    RandomGenerator random = new SplittableRandom(3);
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < 40_000; i++) {
      rows.add(items(1, random));
      int empty = i % 10_000 == 7_777 ? 62_500 : random.nextInt(50) / 49;
      rows.addAll(Collections.nCopies(empty, List.of()));
    }
    List<Chunk> chunks = chunks(version, rows);
    int full = (int) chunks.stream().filter(chunk -> chunk.values == MAX_VALUES).count();
    assertTrue(full > 3, full + " chunks are full");
    assertTrue(full < chunks.size() - 4, full + " of " + chunks.size() + " chunks are full");
  }

  private static List<Object> items(int count, RandomGenerator random) {
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(random.nextInt(5) == 0 ? null : random.nextInt(100));
    }
    return items;
  }

  /** Encodes rows, and compares what the chunks say with what is true. */
  private List<Chunk> chunks(FormatVersion version, List<Object> values) throws IOException {
    LeafPath path = LeafPath.of(INTS).getFirst();
    try (Rows rows = Rows.of(INTS, values.toArray())) {
      Column column = rows.column();
      ColumnBuffer buffer = new ColumnBuffer(path, file.pool());
      buffer.open(column);
      StructuralPageEncoder encoder = file.encoder(version);
      EncodedPage page =
          encoder.encode(buffer.complete(0, column.length()), file.pages()).getFirst();
      assertEquals(values.size(), page.rows());
      LevelModel model = new LevelModel(path);
      for (long row = 0; row < column.length(); row++) {
        model.add(column, row);
      }
      List<Chunk> chunks = read(page);
      check(chunks, model.entries(), version);
      return chunks;
    }
  }

  private List<Chunk> read(EncodedPage page) throws IOException {
    MiniBlockLayout layout = Messages.layout(page).getMiniBlockLayout();
    MemorySegment words = MemorySegment.ofArray(file.buffer(page, 0));
    MemorySegment bytes = MemorySegment.ofArray(file.buffer(page, 1));
    MemorySegment index = MemorySegment.ofArray(file.buffer(page, 2));
    int width = layout.getHasLargeChunk() ? 4 : 2;
    int count = (int) words.byteSize() / width;
    assertEquals(16L * count, index.byteSize());
    List<Chunk> chunks = new ArrayList<>();
    long at = 0;
    long left = layout.getNumItems();
    for (int i = 0; i < count; i++) {
      int word =
          width == 4
              ? words.get(LittleEndian.INT, i * 4L)
              : words.get(LittleEndian.SHORT, i * 2L) & 0xFFFF;
      int values = i == count - 1 ? (int) left : 1 << (word & 15);
      long size = 8L * ((word >>> 4) + 1);
      chunks.add(
          new Chunk(
              size,
              values,
              bytes.get(LittleEndian.SHORT, at) & 0xFFFF,
              index.get(LittleEndian.LONG, i * 16L),
              index.get(LittleEndian.LONG, i * 16L + 8)));
      at += size;
      left -= values;
    }
    assertEquals(bytes.byteSize(), at);
    assertEquals(0, left);
    return chunks;
  }

  private static void check(List<Chunk> chunks, List<Entry> entries, FormatVersion version) {
    int at = 0;
    for (int i = 0; i < chunks.size(); i++) {
      Chunk chunk = chunks.get(i);
      boolean last = i == chunks.size() - 1;
      String message = "chunk " + i + ": " + chunk;
      int end = at + chunk.levels;
      List<Entry> own = entries.subList(at, end);
      assertEquals(chunk.values, own.stream().filter(Entry::hasValue).count(), message);
      assertTrue(last || own.getLast().hasValue(), message);
      assertTrue(last || chunk.values > 1, message);
      assertTrue(version != FormatVersion.V2_1 || chunk.bytes <= 32_768, message);
      boolean complete = last || entries.get(end).rep() == 1;
      long ends = complete ? 1 : 0;
      long unfinished = 0;
      for (int e = at; e < end; e++) {
        boolean starts = entries.get(e).rep() == 1;
        ends += starts && e > at ? 1 : 0;
        unfinished = starts ? 1 : unfinished + 1;
      }
      assertEquals(ends, chunk.rowEnds, message);
      assertEquals(complete ? 0 : unfinished, chunk.continued, message);
      at = end;
    }
    assertEquals(entries.size(), at);
  }
}
