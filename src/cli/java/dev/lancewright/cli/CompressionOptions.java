package dev.lancewright.cli;

import dev.lancewright.LanceWriter;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of {@code write} that control the compression of columns. */
final class CompressionOptions {
  @Option(
      names = "--profile",
      defaultValue = "balanced",
      description =
          "What to optimize for unless set otherwise: ${COMPLETION-CANDIDATES}."
              + " Default: ${DEFAULT-VALUE}.")
  private CompressionProfile profile;

  @Option(
      names = "--compression",
      paramLabel = "SCHEME",
      converter = Scheme.class,
      description =
          "Compress all columns with zstd, zstd:LEVEL or lz4, or do not compress with none;"
              + " --column overrides it.")
  private FieldCompression compression = FieldCompression.UNSET;

  @Option(
      names = "--column",
      paramLabel = "NAME:KEY=VALUE",
      converter = ColumnSetting.Converter.class,
      description = {
        "Set how the columns with a name are encoded, as the metadata lance-encoding:KEY does,"
            + " such as 'user_id:rle-threshold=0.5' or 'address.*:compression=zstd'; may be"
            + " repeated. A name may contain one *."
      })
  private List<ColumnSetting> columns = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Applies the options to a writer of files with {@code schema}. */
  void configure(LanceWriter.Builder writer, Schema schema) {
    CompressionParams params = params();
    List<String> unmatched = params.unmatched(schema);
    if (!unmatched.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          ("--column '%s' matches no column; give the name of one, or below a struct or list its"
                  + " path, such as 'address.city' or 'tags.item'")
              .formatted(unmatched.getFirst()));
    }
    writer.profile(profile).compression(params);
  }

  private CompressionParams params() {
    Map<String, FieldCompression> settings = new LinkedHashMap<>();
    for (ColumnSetting column : columns) {
      settings.merge(column.name(), column.setting(), FieldCompression::merge);
    }
    settings.replaceAll((name, said) -> compression.merge(said));
    settings.putIfAbsent("*", compression);
    CompressionParams.Builder params = CompressionParams.builder();
    settings.forEach(params::column);
    return params.build();
  }

  /** One setting for the columns with a name. */
  private record ColumnSetting(String name, FieldCompression setting) {
    /** Names may contain colons and equals signs, but keys do not. */
    private static final Pattern FORM = Pattern.compile("(.+):([^:=]+)=(.*)", Pattern.DOTALL);

    static final class Converter implements ITypeConverter<ColumnSetting> {
      @Override
      public ColumnSetting convert(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
          throw new TypeConversionException(
              "'" + text + "' does not have the form NAME:KEY=VALUE, as in 'id:compression=zstd'");
        }
        try {
          String name = form.group(1);
          FieldCompression setting = FieldCompression.parse(form.group(2), form.group(3));
          CompressionParams.builder().column(name, setting); // rejects invalid names
          return new ColumnSetting(name, setting);
        } catch (IllegalArgumentException e) {
          throw new TypeConversionException("'" + text + "': " + e.getMessage());
        }
      }
    }
  }

  private static final class Scheme implements ITypeConverter<FieldCompression> {
    private static final Pattern FORM = Pattern.compile("(zstd|lz4|none)|zstd:(.*)");

    @Override
    public FieldCompression convert(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new TypeConversionException(
            "'" + text + "' is unknown; known are zstd, zstd:LEVEL, lz4 and none");
      }
      if (form.group(1) != null) {
        return FieldCompression.parse("compression", text);
      }
      try {
        return FieldCompression.parse("compression-level", form.group(2))
            .merge(FieldCompression.builder().compression(CompressionScheme.ZSTD).build());
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "': " + e.getMessage());
      }
    }
  }
}
