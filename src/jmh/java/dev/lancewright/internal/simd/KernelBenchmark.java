package dev.lancewright.internal.simd;

import dev.lancewright.format.LittleEndian;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Each kernel beside a copy of the same memory. Operations are bytes of decoded values, which are
 * the input where values are encoded and the output where they are decoded, or of levels.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class KernelBenchmark {
  @Param({"4096", "65536", "1048576", "8388608"})
  int size;

  private Arena arena;
  private MemorySegment random;
  private MemorySegment narrow32;
  private MemorySegment narrow64;
  private MemorySegment runs8;
  private MemorySegment runs64;
  private MemorySegment offsets32;
  private MemorySegment offsets64;
  private MemorySegment ascii;
  private MemorySegment latin;
  private MemorySegment han;
  private final ValueBlock valueBlock = new ValueBlock();
  private final byte[] scratch = new byte[Utf8.SCRATCH_BYTES];
  private MemorySegment validity;
  private MemorySegment target;
  private MemorySegment lengths;
  private MemorySegment entryValues;
  private int entries;

  /** Bytes of an operation. */
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  @State(Scope.Thread)
  public static class Work {
    public long bytes;
  }

  @Setup
  @SuppressWarnings("MustBeClosedChecker") // closed when the trial ends
  public void makeInput() {
    arena = Arena.ofConfined();
    SplittableRandom numbers = new SplittableRandom(1);
    random = allocate(size);
    for (int i = 0; i < size; i += 8) {
      random.set(LittleEndian.LONG, i, numbers.nextLong());
    }
    narrow32 = masked(-1 >>> (32 - WIDTH_32), 4);
    narrow64 = masked(-1L >>> (64 - WIDTH_64), 8);
    runs8 = runs(numbers, 8);
    runs64 = runs(numbers, 64);
    offsets32 = allocate(size);
    offsets64 = allocate(size);
    for (int i = 0; i < size / 8; i++) {
      offsets64.set(LittleEndian.LONG, i * 8L, i * 20L);
      offsets32.set(LittleEndian.INT, i * 8L, i * 40);
      offsets32.set(LittleEndian.INT, i * 8L + 4, i * 40 + 20);
    }
    validity = allocate(size / 8 + 1);
    for (int i = 0; i <= size / 8; i++) {
      validity.set(ValueLayout.JAVA_BYTE, i, (byte) ~(1 << numbers.nextInt(8)));
    }
    ascii = masked(0x7F7F7F7F7F7F7F7FL, 8);
    latin = text(() -> numbers.nextInt(12) == 0 ? 0xC0 + numbers.nextInt(60) : 'a');
    han = text(() -> 0x4E00 + numbers.nextInt(20_000));
    target = allocate(2L * size + BitPacking.BLOCK * 8);
    lengths = allocate(size);
    entryValues = allocate(size);
    entries = Runs.split(runs64, 0, size / 4, 4, entryValues, 0, lengths, 0, valueBlock);
  }

  private static final int WIDTH_32 = 13;
  private static final int WIDTH_64 = 27;

  private MemorySegment allocate(long bytes) {
    return arena.allocate(bytes, 64);
  }

  /** A block of values at the least. */
  private MemorySegment masked(long mask, int bytes) {
    int least = Math.max(size, BitPacking.BLOCK * bytes);
    MemorySegment values = allocate(least);
    for (int i = 0; i < least; i += bytes) {
      long value = random.get(LittleEndian.LONG, i % (size - 7)) & mask;
      Runs.set(values, i, bytes, value);
    }
    return values;
  }

  /** As many characters as there is room for, and spaces after them. */
  private MemorySegment text(IntSupplier codePoints) {
    StringBuilder characters = new StringBuilder();
    while (characters.length() < size) {
      characters.appendCodePoint(codePoints.getAsInt());
    }
    byte[] bytes = Arrays.copyOf(characters.toString().getBytes(StandardCharsets.UTF_8), size);
    int last = size - 1;
    while ((bytes[last] & 0xC0) == 0x80) {
      last--;
    }
    Arrays.fill(bytes, last, size, (byte) ' ');
    MemorySegment text = allocate(size);
    MemorySegment.copy(bytes, 0, text, ValueLayout.JAVA_BYTE, 0, size);
    return text;
  }

  /** Runs of u32, from one value to twice the average. */
  private MemorySegment runs(SplittableRandom numbers, int average) {
    MemorySegment values = allocate(size);
    int left = 0;
    int value = 0;
    for (int i = 0; i < size; i += 4) {
      if (left == 0) {
        left = 1 + numbers.nextInt(2 * average - 1);
        value++;
      }
      values.set(LittleEndian.INT, i, value);
      left--;
    }
    return values;
  }

  @TearDown
  public void free() {
    arena.close();
  }

  @Benchmark
  public void copy(Work work) {
    MemorySegment.copy(random, 0, target, 0, size);
    work.bytes += size;
  }

  @Benchmark
  public int bitWidth(Work work) {
    work.bytes += size;
    return BitWidths.max(narrow32, 0, size / 4, 32, valueBlock);
  }

  @Benchmark
  public void packU32(Work work) {
    pack(narrow32, 32, WIDTH_32, work);
  }

  @Benchmark
  public void packU64(Work work) {
    pack(narrow64, 64, WIDTH_64, work);
  }

  @Benchmark
  public void packU16(Work work) {
    pack(random, 16, 16 - 7, work);
  }

  @Benchmark
  public void packU8(Work work) {
    pack(random, 8, 5, work);
  }

  private void pack(MemorySegment values, int bits, int width, Work work) {
    int block = BitPacking.BLOCK / 8 * bits;
    int blocks = Math.max(1, size / block);
    for (int i = 0; i < blocks; i++) {
      BitPacking.pack(
          values,
          (long) i * block,
          bits,
          width,
          target,
          (long) i * BitPacking.bytes(width),
          valueBlock);
    }
    work.bytes += (long) blocks * block;
  }

  @Benchmark
  public void unpackU32(Work work) {
    unpack(32, WIDTH_32, work);
  }

  @Benchmark
  public void unpackU64(Work work) {
    unpack(64, WIDTH_64, work);
  }

  private void unpack(int bits, int width, Work work) {
    int block = BitPacking.BLOCK / 8 * bits;
    int blocks = Math.max(1, size / block);
    for (int i = 0; i < blocks; i++) {
      BitPacking.unpack(
          narrow64, (long) i * BitPacking.bytes(width), bits, width, target, (long) i * block);
    }
    work.bytes += (long) blocks * block;
  }

  @Benchmark
  public long countRuns(Work work) {
    work.bytes += size;
    return Runs.count(runs8, 0, size / 4, 4, valueBlock);
  }

  @Benchmark
  public int pairs(Work work) {
    work.bytes += size;
    return Runs.pairs(runs8, 0, size / 4, 4, valueBlock);
  }

  @Benchmark
  public int splitRunsOf8(Work work) {
    work.bytes += size;
    return Runs.split(runs8, 0, size / 4, 4, target, 0, lengths, 0, valueBlock);
  }

  @Benchmark
  public int splitRunsOf64(Work work) {
    work.bytes += size;
    return Runs.split(runs64, 0, size / 4, 4, target, 0, lengths, 0, valueBlock);
  }

  @Benchmark
  public void expandRunsOf64(Work work) {
    work.bytes += size;
    Runs.expand(entryValues, 0, lengths, 0, entries, 4, target, 0, size / 4);
  }

  @Benchmark
  public void splitBytesOf4(Work work) {
    work.bytes += size;
    ByteStreams.split(random, 0, size / 4, 4, target, 0, valueBlock);
  }

  @Benchmark
  public void splitBytesOf8(Work work) {
    work.bytes += size;
    ByteStreams.split(random, 0, size / 8, 8, target, 0, valueBlock);
  }

  @Benchmark
  public void joinBytesOf4(Work work) {
    work.bytes += size;
    ByteStreams.join(random, 0, size / 4, 4, target, 0);
  }

  @Benchmark
  public void joinBytesOf8(Work work) {
    work.bytes += size;
    ByteStreams.join(random, 0, size / 8, 8, target, 0);
  }

  @Benchmark
  public void rebase32To32(Work work) {
    work.bytes += size;
    Offsets.rebase(offsets32, 0, 4, size / 4, 17, target, 0, 4, valueBlock);
  }

  @Benchmark
  public void rebase32To64(Work work) {
    work.bytes += size;
    Offsets.rebase(offsets32, 0, 4, size / 4, 17, target, 0, 8, valueBlock);
  }

  @Benchmark
  public void rebase64To32(Work work) {
    work.bytes += size;
    Offsets.rebase(offsets64, 0, 8, size / 8, 17, target, 0, 4, valueBlock);
  }

  @Benchmark
  public void rebase64To64(Work work) {
    work.bytes += size;
    Offsets.rebase(offsets64, 0, 8, size / 8, 17, target, 0, 8, valueBlock);
  }

  /** Bytes are levels, of which an eighth is null. */
  @Benchmark
  public boolean levelsOfNulls(Work work) {
    work.bytes += size;
    return LevelBytes.ofNulls(validity, 3, size, 1, target, 0, valueBlock);
  }

  @Benchmark
  public long maxLength(Work work) {
    work.bytes += size;
    return Offsets.maxLength(offsets32, 0, 4, size / 4 - 1, valueBlock);
  }

  @Benchmark
  public long asciiEnd(Work work) {
    work.bytes += size;
    return Utf8.asciiEnd(ascii, 0, size);
  }

  /** A letter in 12 has an accent. */
  @Benchmark
  public boolean isValidLatin(Work work) {
    work.bytes += size;
    return Utf8.isValid(latin, 0, size, scratch);
  }

  /** Characters of three bytes. */
  @Benchmark
  public boolean isValidHan(Work work) {
    work.bytes += size;
    return Utf8.isValid(han, 0, size, scratch);
  }

  /** Values of 20 bytes. */
  @Benchmark
  public boolean cutsCharacters(Work work) {
    work.bytes += size;
    return Utf8.cutsCharacters(ascii, offsets32, 4, 0, size / 20);
  }
}
