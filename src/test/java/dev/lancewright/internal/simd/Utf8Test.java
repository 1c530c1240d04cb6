package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  @Test
  void agreesWithTheJdkOnEverySequenceOfTwoBytes() {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        assertAgrees(new byte[] {(byte) first, (byte) second});
      }
    }
  }

  @Test
  void agreesWithTheJdkOnRandomText() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = random.nextInt(40);
      for (int j = 0; j < length; j++) {
        int bits = 1 + random.nextInt(20);
        int point = random.nextInt(1 << bits);
        text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertAgrees(bytes);
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        assertAgrees(bytes);
      }
    }
  }

  private interface IsAscii {
    boolean test(MemorySegment bytes, long from, long to);
  }

  @Test
  void asciiIsToldFromTheRestAtEveryPlaceAndLength() {
    assertTellsAscii(Utf8::isAscii);
    assertTellsAscii(Utf8::scalarIsAscii);
  }

  @Test
  @RequiresVectors
  void asciiIsToldFromTheRestOnVectors() {
    assertTellsAscii(VectorUtf8::isAscii);
  }

  private static void assertTellsAscii(IsAscii twin) {
    for (int length = 0; length <= 300; length += length < 130 ? 1 : 17) {
      byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
      MemorySegment segment = Guarded.of(bytes).alone();
      assertAscii(twin, true, segment, 0, length);
      for (int i = 0; i < length; i++) {
        segment.set(ValueLayout.JAVA_BYTE, i, (byte) 0x80);
        assertAscii(twin, false, segment, 0, length);
        assertAscii(twin, true, segment, i + 1, length);
        assertAscii(twin, true, segment, 0, i);
        segment.set(ValueLayout.JAVA_BYTE, i, (byte) 'x');
      }
    }
  }

  private static void assertAscii(
      IsAscii twin, boolean expected, MemorySegment bytes, long from, long to) {
    String what = "from %d to %d of %d".formatted(from, to, bytes.byteSize());
    assertEquals(expected, twin.test(bytes, from, to), what);
  }

  private static void assertAgrees(byte[] bytes) {
    boolean valid;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      valid = true;
    } catch (CharacterCodingException e) {
      valid = false;
    }
    assertEquals(
        valid,
        Utf8.isValid(MemorySegment.ofArray(bytes), 0, bytes.length),
        HexFormat.of().formatHex(bytes));
  }
}
