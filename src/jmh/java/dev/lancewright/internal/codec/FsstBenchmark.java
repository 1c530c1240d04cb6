package dev.lancewright.internal.codec;

import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.internal.fsst.FsstEncoder;
import dev.lancewright.internal.fsst.FsstTable;
import dev.lancewright.internal.fsst.FsstTrainer;
import dev.lancewright.internal.memory.AppendBuffer;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
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

/** FSST over a page of 8 MiB. Operations are bytes of values; the ratio is printed at the start. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class FsstBenchmark {
  private static final int PAGE_BYTES = 8 << 20;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final String BASE_36 = "0123456789" + LETTERS;

  /** Shapes of values. */
  public enum Values {
    /** 450 to 550 bytes from 2,000 words, word k as often as 1 / k. */
    TEXT,
    /** 10 to 43 bytes from 600 words, each as often. */
    COMMENTS,
    /** Words of 8 to 16 digits of base 36. */
    WORDS,
    /** 200 hosts, paths of up to four parts, half with a query. */
    URLS
  }

  @Param Values values;

  private final SplittableRandom random = new SplittableRandom(1);
  private final FsstTrainer trainer = new FsstTrainer();
  private final FsstEncoder encoder = new FsstEncoder();
  private PagePool pool;
  private AppendBuffer offsets;
  private AppendBuffer data;
  private AppendBuffer codedOffsets;
  private AppendBuffer codedData;
  private FsstDecoder decoder;
  private VariableWidthColumn column;
  private VariableWidthColumn coded;
  private FsstTable table;

  /** Input of an operation. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Input {
    public long bytes;
  }

  @Setup
  public void makePage() {
    pool = new PagePool();
    offsets = new AppendBuffer(pool);
    data = new AppendBuffer(pool);
    codedOffsets = new AppendBuffer(pool);
    codedData = new AppendBuffer(pool);
    long rows = 0;
    appendOffset();
    String[] words = words(2000, 3, 9, LETTERS);
    String[] hosts = words(200, 8, 20, LETTERS);
    while (data.size() < PAGE_BYTES) {
      append(
          switch (values) {
            case TEXT -> text(words, 450 + random.nextInt(101), true);
            case COMMENTS -> text(words, 10 + random.nextInt(34), false);
            case WORDS -> word(8 + random.nextInt(9), BASE_36);
            case URLS -> url(hosts, words);
          });
      rows++;
    }
    column = new VariableWidthColumn(DataType.utf8(), rows, null, offsets.bytes(), data.bytes());
    table = trainer.train(column);
    coded = encoder.encode(table, column, codedOffsets, codedData);
    decoder = new FsstDecoder(table, new DecodeMemory(pool));
    System.out.printf("ratio %.3f%n", (double) data.size() / codedData.size());
  }

  private String[] words(int count, int from, int to, String alphabet) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      words[i] = word(from + random.nextInt(to - from + 1), alphabet);
    }
    return words;
  }

  private String word(int length, String alphabet) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return word.toString();
  }

  private String text(String[] words, int length, boolean skewed) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      // An exponential of an even number is close to Zipf's law.
      int word = skewed ? skewed(words.length) : random.nextInt(600);
      text.append(words[word]).append(' ');
    }
    text.setLength(length);
    return text.toString();
  }

  private int skewed(int below) {
    return (int) Math.exp(random.nextDouble() * Math.log(below + 1)) - 1;
  }

  private String url(String[] hosts, String[] words) {
    StringBuilder url = new StringBuilder("https://www.").append(hosts[skewed(200)]).append(".com");
    for (int parts = random.nextInt(5); parts > 0; parts--) {
      url.append('/').append(words[skewed(300)]);
    }
    return random.nextBoolean() ? url.toString() : url + "?id=" + random.nextInt(1_000_000);
  }

  private void append(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    long at = data.reserve(bytes.length);
    MemorySegment.copy(bytes, 0, data.block(), ValueLayout.JAVA_BYTE, at, bytes.length);
    data.advance(bytes.length);
    appendOffset();
  }

  private void appendOffset() {
    long at = offsets.reserve(Integer.BYTES);
    offsets.block().set(LittleEndian.INT, at, (int) data.size());
    offsets.advance(Integer.BYTES);
  }

  @TearDown
  public void freePool() {
    pool.close();
  }

  @Benchmark
  public FsstTable train(Input input) {
    input.bytes += data.size();
    return trainer.train(column);
  }

  @Benchmark
  public long encode(Input input) {
    codedOffsets.clear();
    codedData.clear();
    encoder.encode(table, column, codedOffsets, codedData);
    input.bytes += data.size();
    return codedData.size();
  }

  @Benchmark
  public long decode(Input input) throws LanceFormatException {
    VariableWidthColumn decoded = decoder.decode(coded);
    input.bytes += data.size();
    return decoded.offset(decoded.length());
  }
}
