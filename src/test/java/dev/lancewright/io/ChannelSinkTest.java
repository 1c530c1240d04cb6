package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelSinkTest extends SinkContractTest {
  private final Map<Sink, PlainChannel> channels = new HashMap<>();

  @Override
  Sink open() {
    PlainChannel channel = new PlainChannel();
    Sink sink = new ChannelSink(channel);
    channels.put(sink, channel);
    return sink;
  }

  @Override
  byte[] visible(Sink sink) {
    return channels.get(sink).taken.toByteArray();
  }

  @Override
  String name() {
    return "channel";
  }

  @Override
  @Test
  void discardsWhatWasAppended() throws IOException {
    Sink sink = open();
    sink.append(offHeap(new byte[] {1, 2}));
    sink.discard();
    sink.discard();
    assertArrayEquals(new byte[] {1, 2}, visible(sink), "bytes cannot be taken back");
    assertTrue(channels.get(sink).isOpen(), "the channel is the caller's");
  }

  @Test
  void leavesTheChannelOpen() throws IOException {
    Sink sink = open();
    sink.publish();
    assertTrue(channels.get(sink).isOpen());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void continuesShortWrites(boolean gathering) throws IOException {
    Random random = new Random(5);
    PlainChannel channel = gathering ? new GatheringChannel() : new PlainChannel();
    channel.mostAtOnce = () -> random.nextInt(4) == 0 ? 0 : random.nextInt(700);
    byte[] expected = randomBytes(200_000);
    Sink sink = new ChannelSink(channel);
    MemorySegment all = offHeap(expected);
    for (int at = 0; at < expected.length; at += 20_000) {
      sink.append(
          all.asSlice(at, 1),
          MemorySegment.NULL,
          all.asSlice(at + 1, 9_999),
          MemorySegment.ofArray(expected).asSlice(at + 10_000, 10_000));
    }
    assertArrayEquals(expected, channel.taken.toByteArray());
    assertEquals(expected.length, sink.position());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesUpOnAChannelThatTakesNothing(boolean gathering) {
    PlainChannel channel = gathering ? new GatheringChannel() : new PlainChannel();
    channel.mostAtOnce = () -> channel.taken.size() < 2 ? 1 : 0;
    Sink sink = new ChannelSink(channel);
    IOException failure =
        assertThrows(IOException.class, () -> sink.append(offHeap(new byte[] {1, 2, 3})));
    assertEquals(
        "channel: could not append 3 bytes at position 0: the channel took nothing in 100 writes; "
            + "it must be open and blocking",
        failure.getMessage());
  }

  @Test
  void failsWhenTheChannelDoesAtAnyCall() throws IOException {
    for (int call = 1; call <= 4; call++) {
      PlainChannel channel = new PlainChannel();
      channel.callsLeft = call;
      Sink sink = new ChannelSink(channel);
      for (int i = 1; i < call; i++) {
        sink.append(offHeap(new byte[] {1}));
      }
      IOException failure =
          assertThrows(IOException.class, () -> sink.append(offHeap(new byte[] {1, 2})));
      assertEquals(
          "channel: could not append 2 bytes at position " + (call - 1) + ": broken pipe",
          failure.getMessage());
      assertSame(channel.failure, failure.getCause());
      assertEquals(call - 1, sink.position());
      IllegalStateException refusal =
          assertThrows(IllegalStateException.class, () -> sink.append(offHeap(new byte[] {1})));
      assertEquals(
          "channel: nothing can be appended, the sink is failed before; only discard is left",
          refusal.getMessage());
      assertThrows(IllegalStateException.class, sink::publish);
      sink.discard();
    }
  }

  @Test
  void saysWhatAClosedChannelIs() throws IOException {
    PlainChannel channel = new PlainChannel();
    channel.close();
    Sink sink = new ChannelSink(channel);
    IOException failure =
        assertThrows(IOException.class, () -> sink.append(offHeap(new byte[] {1})));
    assertEquals(
        "channel: could not append 1 bytes at position 0: ClosedChannelException",
        failure.getMessage());
  }

  @Test
  void reportsAFullDevice() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full");
    try (FileChannel channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
      Sink sink = new ChannelSink(channel);
      IOException failure =
          assertThrows(IOException.class, () -> sink.append(offHeap(new byte[] {1})));
      assertEquals(
          "channel: could not append 1 bytes at position 0: No space left on device",
          failure.getMessage());
      sink.discard();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void writesSegmentsLargerThanABufferInPieces(boolean gathering, @TempDir Path folder)
      throws IOException {
    long size = Integer.MAX_VALUE + 12_345L;
    Path sparse = folder.resolve("sparse");
    try (Arena arena = Arena.ofConfined();
        FileChannel file =
            FileChannel.open(
                sparse,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment large = file.map(MapMode.READ_WRITE, 0, size, arena);
      PlainChannel channel = gathering ? new GatheringChannel() : new PlainChannel();
      channel.keep = false;
      Sink sink = new ChannelSink(channel);
      sink.append(offHeap(new byte[] {1}), large, offHeap(new byte[] {1}));
      assertEquals(size + 2, sink.position());
      assertEquals(size + 2, channel.count);
    }
  }

  /** Takes as much as it is told to. */
  private static class PlainChannel implements WritableByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final IOException failure = new IOException("broken pipe");
    IntSupplier mostAtOnce = () -> Integer.MAX_VALUE;
    int callsLeft = Integer.MAX_VALUE;
    boolean keep = true;
    long count;
    private boolean closed;

    @Override
    public int write(ByteBuffer source) throws IOException {
      return take(source, admit());
    }

    /** How much one call may take. */
    final int admit() throws IOException {
      if (closed) {
        throw new ClosedChannelException();
      }
      if (--callsLeft == 0) {
        throw failure;
      }
      return mostAtOnce.getAsInt();
    }

    final int take(ByteBuffer source, int most) {
      int bytes = Math.min(most, source.remaining());
      if (keep) {
        byte[] copy = new byte[bytes];
        source.get(copy);
        taken.writeBytes(copy);
      } else {
        source.position(source.position() + bytes);
      }
      count += bytes;
      return bytes;
    }

    @Override
    public boolean isOpen() {
      return !closed;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class GatheringChannel extends PlainChannel implements GatheringByteChannel {
    @Override
    public long write(ByteBuffer[] sources) throws IOException {
      return write(sources, 0, sources.length);
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
      int left = admit();
      long bytes = 0;
      for (int i = offset; i < offset + length && left > 0; i++) {
        int took = take(sources[i], left);
        bytes += took;
        left -= took;
      }
      return bytes;
    }
  }
}
