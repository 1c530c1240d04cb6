package dev.lancewright.internal.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MemoryOutputTest {
  @Test
  void keepsAllBytesInOrder() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    MemoryOutput output = new MemoryOutput();
    for (int i = 0; i < 200; i++) {
      MemorySegment[] parts = {piece(random, expected), piece(random, expected)};
      output.append(parts);
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    for (MemorySegment part : output.parts()) {
      kept.write(part.toArray(ValueLayout.JAVA_BYTE));
    }
    assertArrayEquals(expected.toByteArray(), kept.toByteArray());
    output.clear();
    assertEquals(0, output.parts().length);
    assertEquals(0, output.retainedBytes());
  }

  private static MemorySegment piece(SplittableRandom random, ByteArrayOutputStream expected)
      throws IOException {
    byte[] bytes = new byte[random.nextInt(1 << random.nextInt(18))];
    random.nextBytes(bytes);
    expected.write(bytes);
    return MemorySegment.ofArray(bytes);
  }
}
