package dev.lancewright.internal.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireMessageTest {
  private static final int MAX_FIELD = (1 << 29) - 1;

  @ParameterizedTest
  @CsvSource({
    "1, 0801",
    "127, 087f",
    "128, 088001",
    "16383, 08ff7f",
    "16384, 08808001",
    "2147483647, 08ffffffff07",
    "-1, 08ffffffffffffffffff01",
    "-2147483648, 0880808080f8ffffffff01",
    "9223372036854775807, 08ffffffffffffffff7f",
    "-9223372036854775808, 0880808080808080808001"
  })
  void numbers(long value, String bytes) {
    assertBytes(bytes, new WireMessage().number(1, value));
    assertBytes(bytes, new WireMessage().presentNumber(1, value));
  }

  @Test
  void defaultsAreLeftOut() {
    assertBytes(
        "",
        new WireMessage()
            .number(1, 0)
            .flag(2, false)
            .numbers(3, new long[0])
            .text(4, "")
            .bytes(5, new byte[0]));
  }

  @Test
  void whatIsPresentStays() {
    assertBytes(
        "0800" + "1200" + "1a00" + "22040a001200",
        new WireMessage()
            .presentNumber(1, 0)
            .presentBytes(2, new byte[0])
            .message(3, new WireMessage())
            .entry(4, "", ""));
  }

  @Test
  void packedNumbersShareAHeader() {
    assertBytes("1a04010080" + "01", new WireMessage().numbers(3, new long[] {1, 0, 128}));
  }

  /** As the library writes the same fields. */
  @Test
  void randomMessages() throws IOException {
    for (long seed = 0; seed < 2000; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      CodedOutputStream output = CodedOutputStream.newInstance(expected);
      WireMessage message = new WireMessage();
      for (int i = random.nextInt(12); i >= 0; i--) {
        appendRandom(message, output, 3, random);
      }
      output.flush();
      assertArrayEquals(expected.toByteArray(), message.toByteArray(), "seed " + seed);
    }
  }

  private static void appendRandom(
      WireMessage message, CodedOutputStream output, int depth, RandomGenerator random)
      throws IOException {
    int field = 1 + (random.nextInt(MAX_FIELD) >>> random.nextInt(29));
    switch (random.nextInt(depth > 0 ? 6 : 5)) {
      case 0 -> {
        long value = random.nextLong() >> random.nextInt(64);
        message.presentNumber(field, value);
        output.writeUInt64(field, value);
      }
      case 1 -> {
        int value = random.nextInt() >> random.nextInt(32);
        message.presentNumber(field, value);
        output.writeInt32(field, value);
      }
      case 2 -> {
        byte[] bytes = bytes(random);
        message.presentBytes(field, bytes);
        output.writeByteArray(field, bytes);
      }
      case 3 -> {
        String text = new String(bytes(random), StandardCharsets.UTF_8) + "ä€😀";
        message.text(field, text);
        output.writeString(field, text);
      }
      case 4 -> {
        long[] values = random.longs(1 + random.nextInt(9)).toArray();
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        CodedOutputStream inner = CodedOutputStream.newInstance(packed);
        for (int i = 0; i < values.length; i++) {
          values[i] >>= random.nextInt(64);
          inner.writeUInt64NoTag(values[i]);
        }
        inner.flush();
        message.numbers(field, values);
        writeBytes(output, field, packed);
      }
      default -> {
        ByteArrayOutputStream nested = new ByteArrayOutputStream();
        CodedOutputStream inner = CodedOutputStream.newInstance(nested);
        WireMessage child = new WireMessage();
        for (int i = random.nextInt(4); i > 0; i--) {
          appendRandom(child, inner, depth - 1, random);
        }
        inner.flush();
        message.message(field, child);
        writeBytes(output, field, nested);
      }
    }
  }

  private static byte[] bytes(RandomGenerator random) {
    byte[] bytes = new byte[random.nextInt(1 << random.nextInt(10))];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void writeBytes(CodedOutputStream output, int field, ByteArrayOutputStream bytes)
      throws IOException {
    output.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    output.writeByteArrayNoTag(bytes.toByteArray());
  }

  private static void assertBytes(String expected, WireMessage message) {
    assertEquals(expected, HexFormat.of().formatHex(message.toByteArray()));
  }
}
