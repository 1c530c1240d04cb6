package dev.lancewright.format;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Layouts of the format's integers, little-endian and without alignment. */
public final class LittleEndian {
  /** Integers of 16 bits. */
  public static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Integers of 32 bits. */
  public static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Integers of 64 bits. */
  public static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private LittleEndian() {}
}
