package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionScheme;
import java.util.ArrayList;
import java.util.List;

/** The general compressions that a page uses, opened on first use. */
public final class Compressions implements AutoCloseable {
  private final List<GeneralCompression> open = new ArrayList<>();

  /**
   * Returns a compression that is open until {@link #close}.
   *
   * @param level the compression level, or null for the default
   */
  public GeneralCompression get(CompressionScheme scheme, Integer level) {
    for (GeneralCompression compression : open) {
      if (compression.is(scheme, level)) {
        return compression;
      }
    }
    GeneralCompression compression = GeneralCompression.open(scheme, level);
    open.add(compression);
    return compression;
  }

  @Override
  public void close() {
    for (GeneralCompression compression : open) {
      compression.close();
    }
    open.clear();
  }
}
