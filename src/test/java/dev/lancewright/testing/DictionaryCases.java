package dev.lancewright.testing;

import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.schema.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Cases of dictionaries, those that the writer makes and those that come with the column. */
final class DictionaryCases extends LeafCases {
  DictionaryCases(Source source) {
    super(source);
  }

  @Override
  Map<String, IntFunction<LeafCase>> kinds() {
    Map<String, IntFunction<LeafCase>> kinds = new HashMap<>();
    kinds.put("dictionary of numbers", this::dictionaryOfNumbers);
    kinds.put("dictionary of text", this::dictionaryOfText);
    kinds.put("dictionary at its limit", this::dictionaryAtItsLimit);
    kinds.put("dictionary that comes with the column", this::givenDictionary);
    return kinds;
  }

  private LeafCase dictionaryOfNumbers(int count) {
    int bits = oneOf(64, 128);
    if (count < MIN_DICTIONARY_ROWS) {
      return null;
    }
    DataType.FixedWidth type = type(bits, NumberPattern.FEW);
    int distinct = 1 + random.nextInt(count / 8);
    boolean packable = random.nextBoolean();
    byte[] known =
        packable
            ? NumberPattern.packable(bits, 20, distinct, random)
            : NumberPattern.SORTED.make(bits, distinct, random);
    boolean wanted = bits == 128 || source.is22();
    return new LeafCase(
        type,
        all -> {
          Bytes bytes = new Bytes(all * (bits / 8));
          for (int i = 0; i < all; i++) {
            int at = random.nextInt(distinct) * (bits / 8);
            bytes.append(Arrays.copyOfRange(known, at, at + bits / 8));
          }
          return fixed(type, bytes.toArray());
        },
        ANY_NULLS,
        dictionarySettings(),
        wanted ? ", dictionary " : "",
        wanted ? List.of() : List.of(", dictionary "));
  }

  private LeafCase dictionaryOfText(int count) {
    if (count < MIN_DICTIONARY_ROWS) {
      return null;
    }
    int distinct = 1 + random.nextInt(count / 8);
    boolean large = random.nextBoolean();
    DataType.VariableWidth type =
        random.nextBoolean() ? new DataType.Binary(large) : new DataType.Utf8(large);
    List<byte[]> known = TextPattern.SORTED.make(distinct, random);
    if (random.nextBoolean()) {
      known.set(0, new byte[0]);
    }
    return new LeafCase(
        type,
        all -> {
          List<byte[]> values = new ArrayList<>();
          for (int i = 0; i < all; i++) {
            values.add(known.get(random.nextInt(distinct)));
          }
          return text(type, values);
        },
        ANY_NULLS,
        dictionarySettings(),
        ", dictionary ");
  }

  /** Half as many values as rows, or one more; 100 rows, or one less. */
  private LeafCase dictionaryAtItsLimit(int count) {
    if (count < MIN_DICTIONARY_ROWS / 2) {
      return null;
    }
    boolean tooMany = random.nextBoolean();
    int distinct = count / 2 + (tooMany ? 1 : 0);
    DataType.VariableWidth type = DataType.utf8();
    boolean wanted = count >= MIN_DICTIONARY_ROWS && !tooMany;
    return new LeafCase(
        type,
        all -> {
          // As many rows as there are have each value, wherever they are cut out.
          List<byte[]> known = TextPattern.SORTED.make(distinct, random);
          List<byte[]> values = new ArrayList<>();
          for (int i = 0; i < all; i++) {
            // Those that repeat come first, where writers look whether any do.
            values.add(known.get(Math.max(0, i % count - (count - distinct))));
          }
          return text(type, values);
        },
        NO_NULLS,
        settings("dict-size-ratio", "1"),
        wanted ? ", dictionary " : "",
        wanted ? List.of() : List.of(", dictionary "));
  }

  private Map<String, String> dictionarySettings() {
    Map<String, String> settings = settings("dict-size-ratio", "1");
    if (random.nextBoolean()) {
      settings.put("dict-values-compression", oneOf("none", "lz4", "zstd"));
    }
    if (random.nextInt(4) == 0) {
      settings.put("dict-values-compression-level", "3");
    }
    return settings;
  }

  private LeafCase givenDictionary(int count) {
    DataType.Int index = new DataType.Int(oneOf(8, 16, 32, 64), random.nextBoolean());
    int distinct = 1 + random.nextInt(Math.min(index.bitWidth() == 8 ? 120 : 5000, count));
    DataType value =
        oneOf(
            DataType.utf8(),
            DataType.largeUtf8(),
            DataType.binary(),
            DataType.int16(),
            DataType.uint64(),
            DataType.float32());
    DataType.Dictionary type = DataType.dictionary(index, value);
    Map<String, String> settings = settings("compression", oneOf("none", "zstd", "lz4", "fsst"));
    settings.put("dict-values-compression", oneOf("none", "lz4", "zstd"));
    return new LeafCase(
        type,
        all -> {
          Column values =
              switch (value) {
                case DataType.VariableWidth text ->
                    text(text, TextPattern.SORTED.make(distinct, random));
                case DataType.FixedWidth fixed ->
                    fixed(fixed, NumberPattern.SORTED.make(fixed.bitWidth(), distinct, random));
                default -> throw new AssertionError(value);
              };
          Bytes indices = new Bytes(all * index.byteWidth());
          for (int i = 0; i < all; i++) {
            indices.appendNumber(random.nextInt(distinct), index.byteWidth());
          }
          return new DictionaryColumn(type, all, null, indices.toSegment(source.arena()), values);
        },
        ANY_NULLS,
        settings,
        ", dictionary ");
  }
}
