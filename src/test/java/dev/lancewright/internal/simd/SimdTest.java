package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SimdTest {
  /** The build adds the module to the tests; without it every other test would be of one twin. */
  @Test
  void vectorsAreUsedWhereTheMachineHasThem() {
    assertEquals(VectorLanes.BYTES >= 16, Simd.VECTORS);
  }
}
