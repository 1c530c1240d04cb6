package dev.lancewright.internal.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiniBlockFormatTest {
  private static final long START = 8;

  /** The numbers of the header stand in the order of docs/format-notes.md, the rest is padding. */
  @ParameterizedTest
  @CsvSource({
    "false, false, false, 1, 0100 0400 fefefefe",
    "false, true, false, 2, 0100 0200 0400 0500",
    "false, false, true, 2, 0100 0300 0400 0500",
    "false, true, true, 1, 0100 0200 0300 0400",
    "true, false, false, 1, 0100 04000000 fefe",
    "true, true, true, 2, 0100 0200 0300 04000000 05000000 fefe"
  })
  void header(boolean large, boolean hasRep, boolean hasDef, int buffers, String expected) {
    MiniBlockFormat format = new MiniBlockFormat(large, hasRep, hasDef, buffers);
    MemorySegment target = MemorySegment.ofArray(new byte[64]);
    MiniBlockFormat.putLevels(target, START, 1);
    format.putRepBytes(target, START, 2);
    format.putDefBytes(target, START, 3);
    for (int i = 0; i < buffers; i++) {
      format.putValueBytes(target, START, i, 4 + i);
    }
    long end = MiniBlockFormat.pad(target, START, START + format.headerBytes());
    assertEquals(MiniBlockFormat.padded(format.headerBytes()), end - START);
    byte[] header = target.asSlice(START, end - START).toArray(ValueLayout.JAVA_BYTE);
    assertEquals(expected.replace(" ", ""), HexFormat.of().formatHex(header));
    MemorySegment chunk = target.asSlice(START);
    assertEquals(1, MiniBlockFormat.levels(chunk));
    assertEquals(hasRep ? 2 : 0, format.repBytes(chunk));
    assertEquals(hasDef ? 3 : 0, format.defBytes(chunk));
    for (int i = 0; i < buffers; i++) {
      assertEquals(4 + i, format.valueBytes(chunk, i));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 32768", "true, 2147483648"})
  void chunkWords(boolean large, long maxBytes) {
    MiniBlockFormat format = new MiniBlockFormat(large, false, false, 1);
    assertEquals(maxBytes, format.maxChunkBytes());
    MemorySegment words = MemorySegment.ofArray(new byte[16]);
    MiniBlockFormat.putWord(words, 0, 8, 1);
    MiniBlockFormat.putWord(words, format.wordBytes(), maxBytes, 12);
    long first = format.word(words, 0);
    long second = format.word(words, 1);
    assertEquals(8, MiniBlockFormat.chunkBytes(first));
    assertEquals(2, MiniBlockFormat.chunkValues(first));
    assertEquals(maxBytes, MiniBlockFormat.chunkBytes(second));
    assertEquals(4096, MiniBlockFormat.chunkValues(second));
  }

  /** 8 bytes of header and 8 of levels; with a fourth size the header takes 16 bytes. */
  @Test
  void roomForTwoValues() {
    assertEquals(32_752, MiniBlockFormat.roomForTwoValues(1));
    assertEquals(32_752, MiniBlockFormat.roomForTwoValues(2));
    assertEquals(32_744, MiniBlockFormat.roomForTwoValues(3));
  }
}
