package dev.lancewright.internal.simd;

import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStreamsTest {
  private interface Kernel {
    void run(MemorySegment from, long at, int count, int bytes, MemorySegment target, long to);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void bytesAreSplitAndJoined(int bytes) {
    assertSplitsAndJoins(ByteStreams::split, ByteStreams::join, bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void bytesAreSplitAndJoinedWithoutVectors(int bytes) {
    assertSplitsAndJoins(
        (from, at, n, width, target, to) ->
            ByteStreams.scalarSplit(from, at, 0, n, width, target, to),
        (from, at, n, width, target, to) ->
            ByteStreams.scalarJoin(from, at, 0, n, width, target, to),
        bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  @RequiresVectors
  void bytesAreSplitAndJoinedOnVectors(int bytes) {
    assertSplitsAndJoins(VectorByteStreams::split, VectorByteStreams::join, bytes);
  }

  private static void assertSplitsAndJoins(Kernel split, Kernel join, int bytes) {
    SplittableRandom random = new SplittableRandom(bytes);
    for (int i = 0; i <= 140; i++) {
      int count = i <= 130 ? i : 500 + random.nextInt(1000);
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
