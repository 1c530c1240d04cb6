package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStreamsTest {
  private interface Kernel {
    void run(MemorySegment from, long at, int count, int bytes, MemorySegment target, long to);
  }

  /** A kernel that needs a block. */
  private interface Splitting {
    void run(
        MemorySegment from,
        long at,
        int count,
        int bytes,
        MemorySegment target,
        long to,
        ValueBlock block);
  }

  private static Kernel splitting(Splitting kernel) {
    ValueBlock block = new ValueBlock();
    return (from, at, count, bytes, target, to) ->
        kernel.run(from, at, count, bytes, target, to, block);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void bytesAreSplitAndJoined(int bytes) {
    assertSplitsAndJoins(splitting(ByteStreams::split), ByteStreams::join, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void bytesAreSplitAndJoinedWithoutVectors(int bytes) {
    assertSplitsAndJoins(
        splitting(
            (from, at, n, width, target, to, block) ->
                ByteStreams.scalarSplit(from, at, 0, n, width, target, to, block)),
        (from, at, n, width, target, to) ->
            ByteStreams.scalarJoin(from, at, 0, n, width, target, to),
        bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  @RequiresVectors
  void bytesAreSplitAndJoinedOnVectors(int bytes) {
    assertSplitsAndJoins(splitting(VectorByteStreams::split), VectorByteStreams::join, bytes);
  }

  private static void assertSplitsAndJoins(Kernel split, Kernel join, int bytes) {
    SplittableRandom random = new SplittableRandom(bytes);
    for (int i = 0; i <= 160; i++) {
      // In the end around two blocks.
      int count = i <= 130 ? i : i <= 140 ? 500 + random.nextInt(1000) : 2048 + i - 150;
      byte[] values = new byte[count * bytes];
      random.nextBytes(values);
      byte[] streams = new byte[values.length];
      for (int at = 0; at < values.length; at++) {
        streams[at % bytes * count + at / bytes] = values[at];
      }
      assertTurns(split, values, bytes, streams, "split");
      assertTurns(join, streams, bytes, values, "join");
    }
  }

  private static void assertTurns(
      Kernel kernel, byte[] from, int bytes, byte[] expected, String what) {
    Guarded source = Guarded.of(from);
    Guarded target = Guarded.of(from.length);
    kernel.run(source.alone(), 0, from.length / bytes, bytes, target.segment(), target.at());
    target.assertHolds(expected, () -> what + " of " + from.length / bytes + " values");
  }
}
