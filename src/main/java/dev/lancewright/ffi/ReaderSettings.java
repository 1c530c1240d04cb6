package dev.lancewright.ffi;

import dev.lancewright.LanceReader;

/** The options of a reader, as the text says them: those of {@link LanceReader.Builder}. */
final class ReaderSettings {
  private ReaderSettings() {}

  /**
   * @param ofPath whether options of files are allowed
   * @throws IllegalArgumentException naming the option, if it does not exist, or may not have its
   *     value
   */
  static LanceReader.Builder builder(Settings settings, boolean ofPath) {
    LanceReader.Builder builder = LanceReader.builder();
    for (Settings.Entry entry : settings.entries()) {
      String key = entry.key();
      if (key.equals("read-chunk-size")) {
        builder.readChunkSize(entry.positive());
      } else if (key.equals("mapped") && ofPath) {
        builder.mapped(entry.flag());
      } else {
        throw Settings.unknown(entry, ofPath ? "read-chunk-size, mapped" : "read-chunk-size");
      }
    }
    return builder;
  }
}
