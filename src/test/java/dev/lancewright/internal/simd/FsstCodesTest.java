package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FsstCodesTest {
  private static final int ROUNDS = 400;
  private static final int LONGEST = 70;

  private final SplittableRandom random = new SplittableRandom(11);

  private final List<byte[]> codes = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final byte[][] symbolTexts = new byte[255][];
  private int symbols;
  private FsstCodes table;

  private interface Twin {
    int decode(
        FsstCodes table,
        MemorySegment codes,
        MemorySegment offsets,
        int width,
        long first,
        int count,
        MemorySegment target,
        long to,
        MemorySegment ends);
  }

  /** Symbols of one to eight bytes, zeros among them. */
  private void makeSymbols(int count) {
    symbols = count;
    long[] texts = new long[count];
    byte[] lengths = new byte[count];
    for (int code = 0; code < count; code++) {
      texts[code] = random.nextInt(9) == 0 ? 0 : random.nextLong();
      lengths[code] = (byte) (1 + random.nextInt(8));
      symbolTexts[code] = Arrays.copyOf(Values.bytes(new long[] {texts[code]}, 8), lengths[code]);
    }
    table = new FsstCodes(texts, lengths);
  }

  private void makeValues(int count, int length) {
    codes.clear();
    texts.clear();
    for (int i = 0; i < count; i++) {
      makeValue(random.nextInt(5) == 0 ? random.nextInt(LONGEST) : length);
    }
  }

  private void makeValue(int length) {
    var coded = new ByteArrayOutputStream();
    var text = new ByteArrayOutputStream();
    int escapes = random.nextInt(3) * random.nextInt(40);
    for (int i = 0; i < length; i++) {
      if (symbols == 0 || random.nextInt(100) < escapes) {
        int literal = random.nextInt(4) == 0 ? FsstCodes.ESCAPE : random.nextInt(256);
        coded.write(FsstCodes.ESCAPE);
        coded.write(literal);
        text.write(literal);
      } else {
        int code = random.nextInt(symbols);
        coded.write(code);
        text.writeBytes(symbolTexts[code]);
      }
    }
    codes.add(coded.toByteArray());
    texts.add(HexFormat.of().formatHex(text.toByteArray()));
  }

  private long[] offsets(long start) {
    long[] offsets = new long[codes.size() + 1];
    offsets[0] = start;
    for (int i = 0; i < codes.size(); i++) {
      offsets[i + 1] = offsets[i] + codes.get(i).length;
    }
    return offsets;
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void valuesAreDecoded(int width) {
    for (int round = 0; round < ROUNDS; round++) {
      makeSymbols(round % 4 == 0 ? 255 : round % 4 == 1 ? 0 : random.nextInt(256));
      makeValues(random.nextInt(1, 20), round % LONGEST);
      int first = random.nextInt(texts.size());
      assertEquals(texts.subList(first, texts.size()), decode(offsets(3), width, first));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void decodingStopsAtAMalformedValue(int width) {
    for (int round = 0; round < ROUNDS; round++) {
      makeSymbols(random.nextInt(254));
      makeValues(random.nextInt(1, 20), 1 + round % LONGEST);
      int bad = random.nextInt(codes.size());
      int length = codes.get(bad).length;
      if (length == 0) {
        continue;
      }
      int octet = random.nextBoolean() ? 255 : random.nextInt(symbols, 255);
      Arrays.fill(codes.get(bad), (byte) octet);
      boolean escapes = octet == 255 && length % 2 == 0;
      List<String> found = decode(offsets(0), width, 0);
      assertEquals(texts.subList(0, bad), found.subList(0, bad));
      assertEquals(escapes ? codes.size() : bad, found.size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void decodingStopsAtOffsetsThatAreNone(int width) {
    makeSymbols(255);
    makeValues(10, 20);
    for (int bad = 1; bad < 10; bad++) {
      for (long wrong : new long[] {-1, Integer.MIN_VALUE, 1000, Integer.MAX_VALUE}) {
        long[] offsets = offsets(0);
        offsets[bad] = wrong;
        assertEquals(texts.subList(0, bad - 1), decode(offsets, width, 0));
      }
    }
    long[] offsets = offsets(0);
    offsets[10] = -5;
    assertEquals(List.of(), decode(offsets, width, 0));
  }

  /** What both twins make of the codes: the texts, as many as there are. */
  private List<String> decode(long[] offsets, int width, int first) {
    List<String> scalar = decode(offsets, width, first, FsstCodes::scalarDecode);
    assertEquals(scalar, decode(offsets, width, first, FsstCodes::vectorDecode));
    return scalar;
  }

  private List<String> decode(long[] offsets, int width, int first, Twin twin) {
    var coded = new ByteArrayOutputStream();
    coded.writeBytes(new byte[(int) offsets[0]]);
    codes.forEach(coded::writeBytes);
    Guarded target = Guarded.of(8 * (coded.size() + 1));
    Guarded ends = Guarded.of(offsets.length * width);
    int count =
        twin.decode(
            table,
            Guarded.of(coded.toByteArray()).alone(),
            Guarded.of(Values.bytes(offsets, width)).alone(),
            width,
            first,
            codes.size() - first,
            target.segment(),
            target.at(),
            ends.alone());
    byte[] text = target.alone().toArray(ValueLayout.JAVA_BYTE);
    target.assertHolds(text, () -> "target");
    byte[] ended = ends.alone().toArray(ValueLayout.JAVA_BYTE);
    ends.assertHolds(ended, () -> "ends");
    List<String> decoded = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < count; i++) {
      int end = (int) (Values.of(ended, width)[first + i + 1] - target.at());
      decoded.add(HexFormat.of().formatHex(text, from, end));
      from = end;
    }
    return decoded;
  }
}
