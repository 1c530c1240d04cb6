package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionScheme;
import java.util.HashMap;
import java.util.Map;

/** The general compressions that a page uses, opened when first asked for. */
public final class Compressions implements AutoCloseable {
  private record Key(CompressionScheme scheme, Integer level) {}

  private final Map<Key, GeneralCompression> open = new HashMap<>();

  /**
   * A compression that is open until {@link #close}.
   *
   * @param level null for the default
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
