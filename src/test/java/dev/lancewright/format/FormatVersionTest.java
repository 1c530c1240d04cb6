package dev.lancewright.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatVersionTest {
  @ParameterizedTest
  @CsvSource({"V2_0, false", "V2_1, false", "V2_2, true", "V2_3, true"})
  void whatCameWithVersion22(FormatVersion version, boolean expected) {
    List<Boolean> features =
        List.of(
            version.hasLargeChunks(),
            version.hasLevelRuns(),
            version.packsLevelsAlone(),
            version.hasConstantValues(),
            version.hasDictionariesOf64Bits(),
            version.compressesDictionaries(),
            version.hasMaps(),
            version.hasFixedSizeListsOfStructs(),
            version.packsVariableWidths());
    assertEquals(List.of(expected), features.stream().distinct().toList());
  }
}
