package dev.lancewright.testing;

import dev.lancewright.schema.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Cases of strings. */
final class TextCases extends LeafCases {
  TextCases(Source source) {
    super(source);
  }

  @Override
  Map<String, IntFunction<LeafCase>> kinds() {
    Map<String, IntFunction<LeafCase>> kinds = new HashMap<>();
    kinds.put("variable", this::variable);
    kinds.put("full-zip text", this::fullZipText);
    kinds.put("full-zip text, compressed", this::fullZipCompressed);
    kinds.put("general over text", this::generalText);
    kinds.put("FSST", this::fsst);
    kinds.put("automatic text", this::automaticText);
    return kinds;
  }

  private LeafCase variable(int count) {
    Map<String, String> settings = asked("none");
    TextPattern pattern =
        oneOf(
            TextPattern.EMPTY,
            TextPattern.SENTENCES,
            TextPattern.NON_ASCII,
            TextPattern.SORTED,
            TextPattern.SHORT_LENGTHS,
            TextPattern.NOISE);
    if (random.nextInt(4) == 0) {
      pattern = TextPattern.ALL_LENGTHS;
      settings.put("structural-encoding", "miniblock");
    }
    if (source.is22() && random.nextInt(60) == 0) {
      pattern = TextPattern.ONE_HUGE;
      settings.put("structural-encoding", "miniblock");
    }
    if (random.nextInt(3) == 0) {
      settings.put("minichunk-size", Integer.toString(1 + random.nextInt(16 << 10)));
    }
    return strings(pattern, ANY_NULLS, settings, "mini-block: Variable(Flat ");
  }

  private LeafCase fullZipText(int count) {
    TextPattern pattern = oneOf(TextPattern.values());
    if (pattern == TextPattern.ONE_HUGE && random.nextInt(8) > 0) {
      pattern = TextPattern.SENTENCES;
    }
    Map<String, String> settings = asked("none");
    settings.put("structural-encoding", "fullzip");
    return strings(pattern, ANY_NULLS, settings, "full-zip: Variable(Flat ");
  }

  private LeafCase fullZipCompressed(int count) {
    if (count < 50) {
      return null;
    }
    Map<String, String> settings = asked(oneOf("zstd", "lz4"));
    settings.put("structural-encoding", "fullzip");
    return strings(
        TextPattern.REPETITIVE, FEW_CUTS, settings, "full-zip: General(zstd, Variable(Flat ");
  }

  private LeafCase generalText(int count) {
    if (count < 1000) {
      return null;
    }
    String scheme = oneOf("zstd", "lz4");
    Map<String, String> settings = asked(scheme);
    if (random.nextInt(3) == 0) {
      settings.put("minichunk-size", Integer.toString(2048 + random.nextInt(14 << 10)));
    }
    return strings(
        oneOf(TextPattern.SENTENCES, TextPattern.NON_ASCII, TextPattern.FEW),
        ANY_NULLS,
        settings,
        "mini-block: General(" + scheme + ", Variable(Flat ");
  }

  private LeafCase fsst(int count) {
    if (count < 4000) {
      return null;
    }
    Map<String, String> settings = asked("fsst");
    boolean zipped = random.nextInt(3) == 0;
    settings.put("structural-encoding", zipped ? "fullzip" : "miniblock");
    return strings(
        oneOf(TextPattern.SENTENCES, TextPattern.NON_ASCII),
        ANY_NULLS,
        settings,
        (zipped ? "full-zip" : "mini-block") + ": Fsst(Variable(Flat ");
  }

  private LeafCase automaticText(int count) {
    return strings(
        oneOf(
            TextPattern.EMPTY,
            TextPattern.SENTENCES,
            TextPattern.NON_ASCII,
            TextPattern.SORTED,
            TextPattern.FEW,
            TextPattern.ALL_LENGTHS,
            TextPattern.REPETITIVE,
            TextPattern.NOISE),
        ANY_NULLS,
        new HashMap<>(),
        ": ");
  }

  private LeafCase strings(
      TextPattern pattern, List<Nulls> nulls, Map<String, String> settings, String expected) {
    boolean large = random.nextBoolean();
    boolean binary = pattern == TextPattern.NOISE || random.nextInt(3) == 0;
    DataType.VariableWidth type = binary ? new DataType.Binary(large) : new DataType.Utf8(large);
    if (!settings.isEmpty()) {
      settings.put("dict-divisor", NO_DICTIONARY);
    }
    String offsets = expected.endsWith("Flat ") ? expected + (large ? 64 : 32) : expected;
    return new LeafCase(
        type,
        all -> text(type, pattern.make(all, random)),
        nulls,
        settings,
        offsets,
        refused(settings));
  }
}
