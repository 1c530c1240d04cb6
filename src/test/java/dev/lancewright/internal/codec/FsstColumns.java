package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Columns of byte strings to compress. */
public final class FsstColumns {
  private FsstColumns() {}

  /** A column whose first offset is {@code start}. */
  public static VariableWidthColumn of(
      PagePool pool, DataType.VariableWidth type, long start, List<byte[]> values) {
    int width = type.offsetWidth();
    MemorySegment offsets = pool.take((values.size() + 1L) * width);
    long bytes = start;
    for (byte[] value : values) {
      bytes += value.length;
    }
    // Nothing behind the last byte, so that reading there is an error.
    MemorySegment data = pool.take(bytes).asSlice(0, bytes);
    long at = start;
    for (int i = 0; i <= values.size(); i++) {
      if (width == 8) {
        offsets.set(LittleEndian.LONG, 8L * i, at);
      } else {
        offsets.set(LittleEndian.INT, 4L * i, (int) at);
      }
      if (i < values.size()) {
        byte[] value = values.get(i);
        MemorySegment.copy(value, 0, data, ValueLayout.JAVA_BYTE, at, value.length);
        at += value.length;
      }
    }
    return new VariableWidthColumn(type, values.size(), null, offsets, data);
  }

  /** Texts of words of three to nine letters, of which the first are frequent. */
  public static List<byte[]> texts(
      RandomGenerator random, int vocabulary, int texts, int from, int to) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < vocabulary; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = random.nextInt(3, 10); length > 0; length--) {
        word.append((char) ('a' + random.nextInt(26)));
      }
      words.add(word.toString());
    }
    List<byte[]> values = new ArrayList<>();
    for (int i = 0; i < texts; i++) {
      int length = random.nextInt(from, to);
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        double skewed = random.nextDouble() * random.nextDouble();
        text.append(words.get((int) (vocabulary * skewed))).append(' ');
      }
      text.setLength(length);
      values.add(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return values;
  }
}
