package dev.lancewright.ffi;

import dev.lancewright.LanceWriter;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.io.Durability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The options of a writer, as the text says them: those of {@link LanceWriter.Builder}. */
final class WriterSettings {
  private static final String KEYS = "format-version, profile, column, type, data-cache-bytes";
  private static final String KEYS_OF_PATHS = KEYS + ", durability, overwrite";

  /** Names may contain colons and equals signs, but keys do not. */
  private static final Pattern COMPRESSION = Pattern.compile("(.+):([^:=]+)=(.*)");

  private final Map<String, FieldCompression> columns = new LinkedHashMap<>();
  private final Map<String, FieldCompression> types = new LinkedHashMap<>();
  private Consumer<LanceWriter.Builder> calls = builder -> {};

  private WriterSettings() {}

  /**
   * @param toPath whether options of files are allowed
   * @throws IllegalArgumentException naming the option, if it does not exist, or may not have its
   *     value
   */
  static WriterSettings parse(Settings settings, boolean toPath) {
    WriterSettings parsed = new WriterSettings();
    for (Settings.Entry entry : settings.entries()) {
      switch (entry.key()) {
        case "format-version" -> {
          FormatVersion version = FormatVersion.parse(entry.value());
          parsed.then(builder -> builder.formatVersion(version));
        }
        case "profile" -> {
          CompressionProfile profile = choice(CompressionProfile.values(), entry);
          parsed.then(builder -> builder.profile(profile));
        }
        case "column" -> add(entry, parsed.columns);
        case "type" -> add(entry, parsed.types);
        case "data-cache-bytes" -> {
          long bytes = entry.positive();
          parsed.then(builder -> builder.dataCacheBytes(bytes));
        }
        default -> parsed.addOfPath(entry, toPath);
      }
    }
    return parsed;
  }

  private void addOfPath(Settings.Entry entry, boolean toPath) {
    switch (toPath ? entry.key() : "") {
      case "durability" -> {
        Durability durability = choice(Durability.values(), entry);
        then(builder -> builder.durability(durability));
      }
      case "overwrite" -> {
        boolean overwrite = entry.flag();
        then(builder -> builder.overwrite(overwrite));
      }
      default -> throw Settings.unknown(entry, toPath ? KEYS_OF_PATHS : KEYS);
    }
  }

  private void then(Consumer<LanceWriter.Builder> call) {
    calls = calls.andThen(call);
  }

  private static <E extends Enum<E>> E choice(E[] values, Settings.Entry entry) {
    StringBuilder allowed = new StringBuilder();
    for (E value : values) {
      String name = value.name().toLowerCase(Locale.ROOT).replace('_', '-');
      if (name.equals(entry.value())) {
        return value;
      }
      allowed.append(allowed.isEmpty() ? "" : ", ").append(name);
    }
    throw entry.refusal("one of " + allowed, null);
  }

  private static void add(Settings.Entry entry, Map<String, FieldCompression> target) {
    Matcher form = COMPRESSION.matcher(entry.value());
    if (!form.matches()) {
      throw entry.refusal("of the form NAME:KEY=VALUE", null);
    }
    target.merge(
        form.group(1),
        FieldCompression.parse(form.group(2), form.group(3)),
        FieldCompression::merge);
  }

  /**
   * Returns a builder with the options.
   *
   * @param schema null if it is not known yet
   * @throws IllegalArgumentException if options for a column fit none of the schema
   */
  LanceWriter.Builder builder(ImportSchema schema) {
    CompressionParams.Builder params = CompressionParams.builder();
    columns.forEach(params::column);
    types.forEach(params::type);
    CompressionParams compression = params.build();
    if (schema != null) {
      List<String> unmatched = compression.unmatched(schema.schema());
      if (!unmatched.isEmpty()) {
        throw new IllegalArgumentException(
            "option column: '%s' matches no column of the schema".formatted(unmatched.getFirst()));
      }
    }
    LanceWriter.Builder builder =
        schema == null ? LanceWriter.lazy() : LanceWriter.builder(schema.schema());
    builder.compression(compression);
    calls.accept(builder);
    return builder;
  }
}
