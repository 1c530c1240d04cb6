package dev.lancewright.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "65536, 65536",
    "12B, 12",
    "3k, 3072",
    "8M, 8388608",
    "64MiB, 67108864",
    "64 mib, 67108864",
    "2GiB, 2147483648",
    "1T, 1099511627776",
    "9223372036854775807, 9223372036854775807"
  })
  void readsBytesAndBinaryUnits(String text, long bytes) {
    assertEquals(bytes, new ByteSize().convert(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "M", "-1", "1.5M", "64MB", "64Mi", "1iB", "1 M B", "99999999999999999999"})
  void refusesWhatIsNoSize(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> new ByteSize().convert(text));
    assertEquals(
        "'" + text + "' is not a size; write bytes such as 65536, or with a unit: 512K, 8M, 64MiB",
        e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "8388608T"})
  void refusesWhatALongCannotHold(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> new ByteSize().convert(text));
    assertEquals("'" + text + "' is more than 9223372036854775807 bytes", e.getMessage());
  }
}
