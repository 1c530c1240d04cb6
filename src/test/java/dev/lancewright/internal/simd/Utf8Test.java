package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's decoder. */
class Utf8Test {
  /** Twice what the longest vectors check in a step, and more. */
  private static final int LONG = 600;

  private final Random random = new Random(7);
  private final byte[][] surroundings = new byte[200][];
  private final byte[] scratch = new byte[Utf8.SCRATCH_BYTES];

  Utf8Test() {
    Arrays.setAll(surroundings, i -> text(random.nextInt(LONG / 2), 11));
  }

  private interface IsValid {
    boolean test(MemorySegment bytes, long from, long to, byte[] scratch);
  }

  private interface AsciiEnd {
    long find(MemorySegment bytes, long from, long to);
  }

  @Test
  void agreesWithTheJdkOnEverySequenceOfTwoBytes() {
    assertAgreesOnTwoBytes(Utf8::isValid);
    assertAgreesOnTwoBytes(Utf8::scalarIsValid);
  }

  @Test
  @RequiresVectors
  void agreesWithTheJdkOnEverySequenceOfTwoBytesOnVectors() {
    assertAgreesOnTwoBytes(VectorUtf8::isValid);
  }

  private void assertAgreesOnTwoBytes(IsValid twin) {
    for (int first = 0; first < 256; first++) {
      for (int second = 0; second < 256; second++) {
        byte[] pair = {(byte) first, (byte) second};
        assertAgrees(twin, pair);
        assertAgreesWithin(twin, pair);
      }
    }
  }

  @Test
  void agreesWithTheJdkOnSequencesOfThreeAndFourBytes() {
    assertAgreesOnLongSequences(Utf8::scalarIsValid);
  }

  @Test
  @RequiresVectors
  void agreesWithTheJdkOnSequencesOfThreeAndFourBytesOnVectors() {
    assertAgreesOnLongSequences(VectorUtf8::isValid);
  }

  /** All leads of three bytes and more, all second bytes, and of the others those at bounds. */
  private void assertAgreesOnLongSequences(IsValid twin) {
    byte[] bounds = {0x7F, (byte) 0x80, (byte) 0xBF, (byte) 0xC0};
    for (int lead = 0xE0; lead < 256; lead++) {
      for (int second = 0; second < 256; second++) {
        byte third = bounds[random.nextInt(4)];
        byte fourth = bounds[random.nextInt(4)];
        assertAgreesWithin(twin, new byte[] {(byte) lead, (byte) second, third});
        assertAgreesWithin(twin, new byte[] {(byte) lead, (byte) second, (byte) 0x80, fourth});
        assertAgreesWithin(twin, new byte[] {(byte) lead, (byte) second, third, fourth});
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 11, 16, 20})
  void agreesWithTheJdkOnRandomText(int bits) {
    assertAgreesOnRandomText(Utf8::isValid, bits);
    assertAgreesOnRandomText(Utf8::scalarIsValid, bits);
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 11, 16, 20})
  @RequiresVectors
  void agreesWithTheJdkOnRandomTextOnVectors(int bits) {
    assertAgreesOnRandomText(VectorUtf8::isValid, bits);
  }

  private void assertAgreesOnRandomText(IsValid twin, int bits) {
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = text(random.nextInt(i % 2 == 0 ? 40 : LONG), bits);
      assertAgrees(twin, bytes);
      if (bytes.length > 0) {
        // Cut short, mostly within a character, and with one byte changed.
        assertAgrees(twin, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        assertAgrees(twin, bytes);
      }
    }
  }

  /** One character at every place of a step, with each of its bytes damaged in turn. */
  @Test
  void aFaultIsFoundAnywhere() {
    assertFindsFaults(Utf8::scalarIsValid);
  }

  @Test
  @RequiresVectors
  void aFaultIsFoundAnywhereOnVectors() {
    assertFindsFaults(VectorUtf8::isValid);
  }

  private void assertFindsFaults(IsValid twin) {
    for (String character : new String[] {"\u00e9", "\u4e2d", "\ud83d\ude00"}) {
      byte[] bytes = character.getBytes(StandardCharsets.UTF_8);
      for (int at = 0; at + bytes.length <= LONG; at++) {
        byte[] text = new byte[LONG];
        Arrays.fill(text, (byte) 'x');
        System.arraycopy(bytes, 0, text, at, bytes.length);
        assertAgrees(twin, text);
        for (int i = 0; i < bytes.length; i++) {
          text[at + i] = (byte) 'x';
          assertAgrees(twin, text);
          text[at + i] = bytes[i];
        }
      }
    }
  }

  /** Code points of up to {@code bits} bits, of which many have fewer. */
  private byte[] text(int length, int bits) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(1 << (1 + random.nextInt(bits)));
      text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same in the midst of text that is valid. */
  private void assertAgreesWithin(IsValid twin, byte[] bytes) {
    byte[] before = surroundings[random.nextInt(surroundings.length)];
    byte[] after = surroundings[random.nextInt(surroundings.length)];
    byte[] all = Arrays.copyOf(before, before.length + bytes.length + after.length);
    System.arraycopy(bytes, 0, all, before.length, bytes.length);
    System.arraycopy(after, 0, all, before.length + bytes.length, after.length);
    assertAgrees(twin, all);
  }

  private void assertAgrees(IsValid twin, byte[] bytes) {
    boolean valid;
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      valid = true;
    } catch (CharacterCodingException e) {
      valid = false;
    }
    // Between a lead and a continuation, which do not belong to it.
    byte[] around = new byte[bytes.length + 2];
    around[0] = (byte) 0xF1;
    System.arraycopy(bytes, 0, around, 1, bytes.length);
    around[bytes.length + 1] = (byte) 0x80;
    boolean actual = twin.test(Guarded.of(around).alone(), 1, 1 + bytes.length, scratch);
    if (actual != valid) {
      assertEquals(valid, actual, HexFormat.of().formatHex(bytes));
    }
  }

  @Test
  void whereAsciiEndsIsFoundAtEveryPlaceAndLength() {
    assertFindsEndOfAscii(Utf8::asciiEnd);
    assertFindsEndOfAscii(Utf8::scalarAsciiEnd);
  }

  @Test
  @RequiresVectors
  void whereAsciiEndsIsFoundOnVectors() {
    assertFindsEndOfAscii(VectorUtf8::asciiEnd);
  }

  private static void assertFindsEndOfAscii(AsciiEnd twin) {
    for (int length = 0; length <= 300; length += length < 130 ? 1 : 17) {
      byte[] bytes = "x".repeat(length).getBytes(StandardCharsets.US_ASCII);
      MemorySegment segment = Guarded.of(bytes).alone();
      assertAsciiEnd(twin, length, segment, 0, length);
      for (int i = 0; i < length; i++) {
        segment.set(ValueLayout.JAVA_BYTE, i, (byte) 0x80);
        assertAsciiEnd(twin, i, segment, 0, length);
        assertAsciiEnd(twin, length, segment, i + 1, length);
        assertAsciiEnd(twin, i, segment, 0, i);
        segment.set(ValueLayout.JAVA_BYTE, i, (byte) 'x');
      }
    }
  }

  private static void assertAsciiEnd(
      AsciiEnd twin, long expected, MemorySegment bytes, long from, long to) {
    String what = "from %d to %d of %d".formatted(from, to, bytes.byteSize());
    assertEquals(expected, twin.find(bytes, from, to), what);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void offsetsWithinCharactersAreFound(int width) {
    for (int round = 0; round < 2000; round++) {
      byte[] bytes = text(random.nextInt(60), 17);
      int count = random.nextInt(8);
      long[] offsets = random.longs(count + 3, 0, bytes.length + 1).sorted().toArray();
      if (round % 2 == 0) {
        Arrays.setAll(offsets, i -> startOfCharacter(bytes, (int) offsets[i]));
      }
      // One before and one after those that are looked at.
      boolean cuts = false;
      for (int i = 1; i < count + 1; i++) {
        cuts |=
            offsets[i] < offsets[count + 1]
                && startOfCharacter(bytes, (int) offsets[i]) != offsets[i];
      }
      MemorySegment memory = Guarded.of(Values.bytes(offsets, width)).alone();
      assertEquals(
          cuts,
          Utf8.cutsCharacters(Guarded.of(bytes).alone(), memory, width, 1, count),
          () -> HexFormat.of().formatHex(bytes) + " at " + Arrays.toString(offsets));
    }
  }

  private static int startOfCharacter(byte[] bytes, int at) {
    int start = at;
    while (start < bytes.length && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    return start;
  }
}
