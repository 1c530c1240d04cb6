package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sink promises. */
abstract class SinkContractTest {
  private final Arena arena = Arena.ofShared();

  /** A new sink, empty. */
  abstract Sink open() throws IOException;

  /** What the sink made visible, or null if it made nothing visible. */
  abstract byte[] visible(Sink sink) throws IOException;

  /** How the sink calls itself in messages. */
  abstract String name();

  @AfterEach
  void free() {
    arena.close();
  }

  @Test
  void publishesNothing() throws IOException {
    Sink sink = open();
    sink.append();
    sink.append(MemorySegment.NULL, MemorySegment.ofArray(new byte[0]));
    assertEquals(0, sink.position());
    sink.publish();
    assertArrayEquals(new byte[0], visible(sink));
    sink.discard();
    assertArrayEquals(new byte[0], visible(sink));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000})
  void publishesWhatWasAppended(int largestPart) throws IOException {
    Random random = new Random(largestPart);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    Sink sink = open();
    for (int call = 0; call < 50; call++) {
      MemorySegment[] parts = new MemorySegment[random.nextInt(5)];
      for (int i = 0; i < parts.length; i++) {
        byte[] bytes = new byte[random.nextInt(largestPart + 1)];
        random.nextBytes(bytes);
        parts[i] = random.nextBoolean() ? MemorySegment.ofArray(bytes) : offHeap(bytes);
        expected.writeBytes(bytes);
      }
      sink.append(parts);
      assertEquals(expected.size(), sink.position(), "seed " + largestPart);
    }
    sink.publish();
    assertArrayEquals(expected.toByteArray(), visible(sink), "seed " + largestPart);
  }

  @Test
  void takesMorePartsThanTheSystemInOneCall() throws IOException {
    byte[] expected = randomBytes(5000 * 3);
    MemorySegment all = offHeap(expected);
    MemorySegment[] parts = new MemorySegment[5000];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = all.asSlice(i * 3L, 3).asReadOnly();
    }
    Sink sink = open();
    sink.append(parts);
    sink.publish();
    assertArrayEquals(expected, visible(sink));
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 20, (1 << 20) + 1, (9 << 20) + 17})
  void growsInStepsAndAtOnce(int size) throws IOException {
    byte[] expected = randomBytes(size);
    Sink inSteps = open();
    MemorySegment all = offHeap(expected);
    int step = 99_991;
    for (int at = 0; at < size; at += step) {
      inSteps.append(all.asSlice(at, Math.min(step, size - at)));
    }
    inSteps.publish();
    assertArrayEquals(expected, visible(inSteps));

    Sink atOnce = openAgain(inSteps);
    atOnce.append(MemorySegment.ofArray(expected));
    atOnce.publish();
    assertArrayEquals(expected, visible(atOnce));
  }

  @Test
  void takesHeapSegmentsOfAnyArray() throws IOException {
    Sink sink = open();
    sink.append(MemorySegment.ofArray(new int[] {0x01010101, 0x02020202}).asSlice(3, 2));
    sink.publish();
    assertArrayEquals(new byte[] {1, 2}, visible(sink));
  }

  @Test
  void keepsNoReferenceToTheParts() throws IOException {
    Sink sink = open();
    MemorySegment part = offHeap(new byte[] {1, 2, 3});
    sink.append(part);
    part.fill((byte) 9);
    sink.publish();
    assertArrayEquals(new byte[] {1, 2, 3}, visible(sink));
  }

  @Test
  void discardsWhatWasAppended() throws IOException {
    Sink sink = open();
    sink.append(offHeap(randomBytes(100)));
    sink.discard();
    assertNull(visible(sink));
    sink.discard();
    assertNull(visible(sink));
  }

  @Test
  void refusesCallsAfterTheEnd() throws IOException {
    Sink discarded = open();
    discarded.discard();
    assertRefusals(discarded, "discarded");

    Sink published = open();
    published.append(offHeap(new byte[] {1}));
    published.publish();
    assertRefusals(published, "published");
    assertArrayEquals(new byte[] {1}, visible(published));
  }

  @Test
  void isHandedFromThreadToThread() throws Exception {
    byte[] expected = randomBytes((3 << 20) + 5);
    int half = expected.length / 2;
    MemorySegment all = offHeap(expected);
    Sink sink = open();
    sink.append(all.asSlice(0, half));
    inAnotherThread(
        () -> {
          sink.append(all.asSlice(half));
          return null;
        });
    sink.publish();
    assertArrayEquals(expected, visible(sink));

    Sink dropped = openAgain(sink);
    inAnotherThread(
        () -> {
          dropped.append(all);
          return null;
        });
    dropped.discard();
  }

  @Test
  void failsAtTheCallThatIsToFail() throws IOException {
    for (int call = 1; call <= 3; call++) {
      FailingSink sink = new FailingSink(open(), call);
      IOException failure =
          assertThrows(
              IOException.class,
              () -> {
                sink.append(offHeap(new byte[] {1}));
                sink.append(offHeap(new byte[] {2}));
                sink.publish();
              });
      assertEquals(FailingSink.MESSAGE, failure.getMessage());
      assertEquals(true, sink.hasFailed());
      sink.discard();
      assertEquals(Math.min(call - 1, 2), sink.position());
    }
  }

  /** A sink after another one was published. */
  Sink openAgain(Sink published) throws IOException {
    return open();
  }

  final MemorySegment offHeap(byte... bytes) {
    return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
  }

  static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private void assertRefusals(Sink sink, String state) {
    IllegalStateException append =
        assertThrows(IllegalStateException.class, () -> sink.append(MemorySegment.NULL));
    assertEquals(name() + ": nothing can be appended, the sink is " + state, append.getMessage());
    IllegalStateException publish = assertThrows(IllegalStateException.class, sink::publish);
    assertEquals(name() + ": it cannot be published, the sink is " + state, publish.getMessage());
  }

  private static void inAnotherThread(Callable<Void> task) throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      other.submit(task).get();
    }
  }
}
