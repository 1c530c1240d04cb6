package dev.lancewright.compression;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.compression.FieldCompression.ByteStreamSplitMode;
import dev.lancewright.compression.FieldCompression.StructuralEncoding;
import dev.lancewright.format.FormatVersion;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldCompressionTest {
  private static final FieldCompression ALL =
      new FieldCompression(
          CompressionScheme.ZSTD,
          -7,
          0.25,
          ByteStreamSplitMode.ON,
          1000L,
          3L,
          0.5,
          CompressionScheme.LZ4,
          22,
          StructuralEncoding.FULLZIP,
          true);

  private static final FieldCompression OTHERS =
      new FieldCompression(
          CompressionScheme.FSST,
          1,
          2.0,
          ByteStreamSplitMode.AUTO,
          1L,
          0L,
          1.0,
          CompressionScheme.NONE,
          0,
          StructuralEncoding.MINIBLOCK,
          true);

  @Test
  void readsEachKeyOfMetadata() {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("lance-encoding:compression", "zstd");
    metadata.put("lance-encoding:compression-level", "-7");
    metadata.put("lance-encoding:rle-threshold", "0.25");
    metadata.put("lance-encoding:bss", "On");
    metadata.put("lance-encoding:minichunk-size", "1000");
    metadata.put("lance-encoding:dict-divisor", "3");
    metadata.put("lance-encoding:dict-size-ratio", "5e-1");
    metadata.put("lance-encoding:dict-values-compression", "lz4");
    metadata.put("lance-encoding:dict-values-compression-level", "22");
    metadata.put("lance-encoding:structural-encoding", "FullZip");
    metadata.put("lance-encoding:packed", "TRUE");
    assertEquals(ALL, FieldCompression.ofMetadata(metadata));
  }

  @Test
  void otherMetadataSaysNothing() {
    Map<String, String> metadata =
        Map.of("compression", "zip", "lance-encoding:blob", "true", "packed", "tightly");
    assertEquals(FieldCompression.UNSET, FieldCompression.ofMetadata(metadata));
  }

  @Test
  void structsArePackedByTheBareKeyToo() {
    assertTrue(FieldCompression.ofMetadata(Map.of("packed", "True")).packed());
    assertFalse(FieldCompression.ofMetadata(Map.of("lance-encoding:packed", "False")).packed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compression | zstd | zstd",
        "compression | lz4 | lz4",
        "compression | none | none",
        "compression | fsst | fsst"
      })
  void schemesHaveTheirNamesInLowerCase(String key, String text, String name) {
    assertEquals(name, FieldCompression.parse(key, text).compression().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compression-level | -131072",
        "compression-level | 22",
        "dict-values-compression-level | 0",
        "rle-threshold | 0",
        "rle-threshold | 1e308",
        "rle-threshold | .5",
        "minichunk-size | 1",
        "minichunk-size | 268435456",
        "dict-divisor | 0",
        "dict-divisor | 9223372036854775807",
        "dict-size-ratio | 1",
        "dict-size-ratio | 1e-9",
        "dict-values-compression | none",
        "bss | AUTO",
        "structural-encoding | MiniBlock"
      })
  void boundsAreAllowed(String key, String text) {
    assertDoesNotThrow(() -> FieldCompression.parse(key, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "compression | ZSTD | zstd, lz4, none or fsst",
        "compression | '' | zstd, lz4, none or fsst",
        "compression | gzip | zstd, lz4, none or fsst",
        "compression-level | 23 | a whole number from -131072 to 22",
        "compression-level | -131073 | a whole number from -131072 to 22",
        "compression-level | 3.0 | a whole number from -131072 to 22",
        "compression-level | high | a whole number from -131072 to 22",
        "rle-threshold | -0.1 | a number that is at least 0",
        "rle-threshold | NaN | a number that is at least 0",
        "rle-threshold | 1e999 | a number that is at least 0",
        "rle-threshold | 0.5f | a number that is at least 0",
        "rle-threshold | . | a number that is at least 0",
        "bss | yes | off, on or auto",
        "minichunk-size | 0 | a whole number from 1 to 268435456",
        "minichunk-size | 268435457 | a whole number from 1 to 268435456",
        "minichunk-size | 4K | a whole number from 1 to 268435456",
        "dict-divisor | -1 | a whole number that is at least 0",
        "dict-divisor | 2.5 | a whole number that is at least 0",
        "dict-size-ratio | 1.5 | a number above 0 and at most 1",
        "dict-size-ratio | 0 | a number above 0 and at most 1",
        "dict-size-ratio | half | a number above 0 and at most 1",
        "dict-values-compression | fsst | zstd, lz4 or none",
        "dict-values-compression | gzip | zstd, lz4 or none",
        "dict-values-compression-level | 23 | a whole number from -131072 to 22",
        "structural-encoding | mini-block | miniblock or fullzip",
        "packed | yes | true or false"
      })
  void otherValuesAreRefused(String key, String text, String allowed) {
    String metadataKey = "lance-encoding:" + key;
    assertEquals(
        "%s is '%s'; it must be %s".formatted(metadataKey, text, allowed),
        messageOf(() -> FieldCompression.ofMetadata(Map.of(metadataKey, text))));
    if (!key.equals("packed")) {
      assertEquals(
          "%s is '%s'; it must be %s".formatted(key, text, allowed),
          messageOf(() -> FieldCompression.parse(key, text)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"packed", "Compression", "lance-encoding:bss", ""})
  void unknownSettingsAreRefused(String key) {
    assertEquals(
        "there is no setting '"
            + key
            + "'; there are compression, compression-level, rle-threshold, bss, minichunk-size,"
            + " dict-divisor, dict-size-ratio, dict-values-compression,"
            + " dict-values-compression-level, structural-encoding",
        messageOf(() -> FieldCompression.parse(key, "1")));
  }

  @Test
  void theBuilderChecksWhatItBuilds() {
    assertEquals(
        "dict-size-ratio is '1.5'; it must be a number above 0 and at most 1",
        messageOf(FieldCompression.builder().dictSizeRatio(1.5)::build));
    assertEquals(
        "rle-threshold is 'NaN'; it must be a number that is at least 0",
        messageOf(FieldCompression.builder().rleThreshold(Double.NaN)::build));
    assertEquals(
        "dict-values-compression is 'fsst'; it must be zstd, lz4 or none",
        messageOf(FieldCompression.builder().dictValuesCompression(CompressionScheme.FSST)::build));
  }

  @Test
  void theBuilderSetsEachMember() {
    FieldCompression built =
        FieldCompression.builder()
            .compression(CompressionScheme.ZSTD)
            .compressionLevel(-7)
            .rleThreshold(0.25)
            .bss(ByteStreamSplitMode.ON)
            .minichunkSize(1000)
            .dictDivisor(3)
            .dictSizeRatio(0.5)
            .dictValuesCompression(CompressionScheme.LZ4)
            .dictValuesCompressionLevel(22)
            .structuralEncoding(StructuralEncoding.FULLZIP)
            .packed(true)
            .build();
    assertEquals(ALL, built);
  }

  static Stream<Arguments> merges() {
    FieldCompression unset = FieldCompression.UNSET;
    return Stream.of(
        Arguments.of(ALL, unset, ALL),
        Arguments.of(unset, ALL, ALL),
        Arguments.of(OTHERS, ALL, ALL),
        Arguments.of(ALL, OTHERS, OTHERS),
        Arguments.of(unset, unset, unset));
  }

  @ParameterizedTest
  @MethodSource("merges")
  void mergingOverridesWhatIsSet(
      FieldCompression weak, FieldCompression over, FieldCompression merged) {
    assertEquals(merged, weak.merge(over));
  }

  @Test
  void chunksOfFormat21AreSmaller() {
    FieldCompression fits = FieldCompression.builder().minichunkSize(16384).build();
    FieldCompression large = FieldCompression.builder().minichunkSize(16385).build();
    assertDoesNotThrow(() -> fits.check(FormatVersion.V2_1));
    assertDoesNotThrow(() -> large.check(FormatVersion.V2_2));
    assertDoesNotThrow(() -> FieldCompression.UNSET.check(FormatVersion.V2_1));
    assertEquals(
        "minichunk-size is '16385'; in format 2.1 it must be at most 16384",
        messageOf(() -> large.check(FormatVersion.V2_1)));
  }

  private static String messageOf(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
