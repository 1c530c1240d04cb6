package dev.lancewright.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemorySinkTest extends SinkContractTest {
  private final List<MemorySink> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(MemorySink::close);
  }

  @Override
  Sink open() {
    MemorySink sink = MemorySink.create();
    opened.add(sink);
    return sink;
  }

  @Override
  byte[] visible(Sink sink) {
    try {
      return ((MemorySink) sink).segment().toArray(ValueLayout.JAVA_BYTE);
    } catch (IllegalStateException e) {
      assertEquals("memory: it has no segment, the sink is discarded", e.getMessage());
      return null;
    }
  }

  @Override
  String name() {
    return "memory";
  }

  @Test
  void givesAnAlignedReadOnlySegmentUntilItIsClosed() throws IOException {
    MemorySink sink = MemorySink.create();
    sink.append(offHeap(randomBytes(100_000)));
    IllegalStateException early = assertThrows(IllegalStateException.class, sink::segment);
    assertEquals("memory: it has no segment, the sink is open", early.getMessage());
    sink.publish();
    MemorySegment segment = sink.segment();
    assertEquals(0, segment.address() % 64);
    assertTrue(segment.isReadOnly());
    assertEquals(100_000, segment.byteSize());
    sink.discard();
    assertTrue(segment.scope().isAlive());
    sink.close();
    assertFalse(segment.scope().isAlive());
    sink.close();
  }

  @Test
  void closeDiscardsWhatIsNotPublished() throws IOException {
    MemorySink sink = MemorySink.create();
    sink.append(offHeap(new byte[] {1}));
    sink.close();
    IllegalStateException late = assertThrows(IllegalStateException.class, sink::publish);
    assertEquals("memory: it cannot be published, the sink is discarded", late.getMessage());
  }
}
