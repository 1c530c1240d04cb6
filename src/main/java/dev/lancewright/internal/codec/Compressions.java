package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionScheme;
import java.util.HashMap;
import java.util.Map;

/** The general compressions that a page uses, opened on first use. */
public final class Compressions implements AutoCloseable {
  private record Key(CompressionScheme scheme, Integer level) {}

  private final Map<Key, GeneralCompression> open = new HashMap<>();

  /**
   * Returns a compression that is open until {@link #close}.
   *
   * @param level the compression level, or null for the default
   */
  public GeneralCompression get(CompressionScheme scheme, Integer level) {
    return open.computeIfAbsent(
        new Key(scheme, level), key -> GeneralCompression.open(key.scheme(), key.level()));
  }

  @Override
  public void close() {
    open.values().forEach(GeneralCompression::close);
    open.clear();
  }
}
