package dev.lancewright.reference;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamComparisonTest {
  @ParameterizedTest
  @CsvSource({
    "abcdef, abcdef, true",
    "abcdef, abcdeX, false",
    "abcdef, Xbcdef, false",
    "abcdef, abcde, false",
    "abcde, abcdef, false"
  })
  void equalOnlyIfAllBytesAre(String stream, String written, boolean equal) throws IOException {
    StreamComparison comparison =
        new StreamComparison(new ByteArrayInputStream(stream.getBytes(US_ASCII)));
    comparison.write(written.charAt(0));
    comparison.write(written.getBytes(US_ASCII), 1, 1);
    comparison.write(written.getBytes(US_ASCII), 2, written.length() - 2);
    assertEquals(equal, comparison.isEqual());
  }
}
