package dev.lancewright.internal.codec;

import dev.lancewright.column.FixedWidthColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.schema.DataType;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Columns to encode, and what codecs make of them. */
final class CodecRun {
  private static final Path VECTORS = Path.of("testdata/codec/vectors.txt");

  /** Chunks start at multiples of 8. */
  private static final int BEFORE = 8;

  private CodecRun() {}

  /** The buffers of a vector, those of all chunks one after the other. */
  static List<String> vector(String name) throws IOException {
    return Files.readAllLines(VECTORS).stream()
        .map(line -> line.split(" ", -1))
        .filter(words -> words[0].equals(name))
        .map(words -> words[2])
        .toList();
  }

  static MemorySegment segment(String hex) {
    return segment(HexFormat.of().parseHex(hex));
  }

  /** Native memory that ends with the last byte, so that access behind it is an error. */
  static MemorySegment segment(byte... bytes) {
    MemorySegment segment = Arena.ofAuto().allocate(bytes.length, 64);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  static MemorySegment room(long bytes) {
    return Arena.ofAuto().allocate(bytes, 64);
  }

  static String hex(MemorySegment segment) {
    return HexFormat.of().formatHex(segment.toArray(ValueLayout.JAVA_BYTE));
  }

  /** A column of unsigned integers of 8 to 64 bits. */
  static FixedWidthColumn integers(int bits, long count, LongUnaryOperator values) {
    MemorySegment segment = room(count * bits / 8);
    for (long i = 0; i < count; i++) {
      long value = values.applyAsLong(i);
      for (int octet = 0; octet < bits / 8; octet++) {
        segment.set(ValueLayout.JAVA_BYTE, i * bits / 8 + octet, (byte) (value >>> (8 * octet)));
      }
    }
    return new FixedWidthColumn(new DataType.Int(bits, false), count, null, segment);
  }

  static VariableWidthColumn strings(boolean large, String... values) {
    byte[][] bytes =
        Arrays.stream(values)
            .map(value -> value.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    return binaries(large, bytes);
  }

  static VariableWidthColumn binaries(boolean large, byte[]... values) {
    long[] offsets = new long[values.length + 1];
    for (int i = 0; i < values.length; i++) {
      offsets[i + 1] = offsets[i] + values[i].length;
    }
    MemorySegment data = room(offsets[values.length]);
    for (int i = 0; i < values.length; i++) {
      MemorySegment.copy(values[i], 0, data, ValueLayout.JAVA_BYTE, offsets[i], values[i].length);
    }
    int bits = large ? 64 : 32;
    return new VariableWidthColumn(
        new DataType.Binary(large),
        values.length,
        null,
        integers(bits, offsets.length, i -> offsets[(int) i]).values(),
        data);
  }

  /** Plans all chunks of a page. */
  static List<Chunk> plan(MiniBlockCodec codec) {
    List<Chunk> chunks = new ArrayList<>();
    for (long first = 0; first < codec.values(); first += chunks.getLast().values()) {
      Chunk chunk = new Chunk();
      codec.plan(first, MiniBlockCodec.MAX_CHUNK_VALUES, chunk);
      chunks.add(chunk);
    }
    return chunks;
  }

  /** The buffers of all chunks; nothing may be written before them, nor far after them. */
  static List<MemorySegment> encode(MiniBlockCodec codec) {
    return plan(codec).stream().flatMap(chunk -> encode(codec, chunk).stream()).toList();
  }

  /** The buffers of a chunk that has been planned. */
  static List<MemorySegment> encode(MiniBlockCodec codec, Chunk chunk) {
    long end = chunk.arrange(BEFORE, 8);
    MemorySegment target = room(end + MiniBlockCodec.SLACK_BYTES);
    target.fill((byte) 0x5A);
    codec.encode(chunk, target);
    if (target.get(ValueLayout.JAVA_LONG, 0) != 0x5A5A5A5A5A5A5A5AL) {
      throw new AssertionError("bytes before the buffers are overwritten");
    }
    return IntStream.range(0, codec.bufferCount())
        .mapToObj(i -> target.asSlice(chunk.place(i), chunk.bytes(i)))
        .toList();
  }

  static List<String> hex(MiniBlockCodec codec) {
    return encode(codec).stream().map(CodecRun::hex).toList();
  }

  /** Values of each chunk. */
  static List<Integer> chunks(MiniBlockCodec codec) {
    return plan(codec).stream().map(Chunk::values).toList();
  }

  /** Bytes with some of them changed, or cut off, or added: most are not what they were. */
  static MemorySegment damaged(MemorySegment bytes, RandomGenerator random) {
    byte[] damaged = bytes.toArray(ValueLayout.JAVA_BYTE);
    switch (random.nextInt(3)) {
      case 0 -> damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
      case 1 -> damaged = Arrays.copyOf(damaged, damaged.length + 1 + random.nextInt(20));
      default -> {
        for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
          // Mostly at the start, where sizes and widths are.
          int bound = random.nextBoolean() ? Math.min(16, damaged.length) : damaged.length;
          damaged[random.nextInt(bound)] = (byte) random.nextInt();
        }
      }
    }
    return segment(damaged);
  }
}
