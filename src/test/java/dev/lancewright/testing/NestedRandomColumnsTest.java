package dev.lancewright.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.column.Batch;
import dev.lancewright.column.Column;
import dev.lancewright.column.DictionaryColumn;
import dev.lancewright.column.FixedSizeListColumn;
import dev.lancewright.column.ListColumn;
import dev.lancewright.column.StructColumn;
import dev.lancewright.column.VariableWidthColumn;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.LogicalTypes;
import dev.lancewright.schema.Schema;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What counts in varied columns is legal, and all the oddities are there that may be. */
class NestedRandomColumnsTest {
  private static final int SEEDS = 300;
  private static final int MOST_VALUES = 20_000;

  /** What columns do not have to have, and some have. */
  private enum Oddity {
    EMPTY_LISTS_ONLY,
    HUGE_LIST,
    NULL_LIST_WITH_ITEMS,
    ITEMS_BEFORE,
    ITEMS_BEHIND,
    BROKEN_TEXT_BENEATH_NULL,
    INDEX_OF_NO_VALUE,
    NULL_VALUE_IN_DICTIONARY,
    SAME_DICTIONARY_TWICE,
    CHILD_WITHOUT_NULLS_BENEATH_NULL,
    REQUIRED_CHILD_MARKED_NULL,
    BITMAP_FROM_THE_MIDDLE,
    ALL_NULL,
    LONG_STRING
  }

  private final Set<Oddity> seen = EnumSet.noneOf(Oddity.class);

  @Test
  void legalAndOdd() throws CharacterCodingException {
    for (long seed = 0; seed < SEEDS; seed++) {
      Schema schema = new RandomSchemas(FormatVersion.V2_2).schema(seed);
      try (Arena arena = Arena.ofConfined()) {
        List<Batch> batches =
            RandomColumns.varied(seed, MOST_VALUES).batches(schema, List.of(300, 1, 0, 40), arena);
        for (int i = 0; i < schema.fields().size(); i++) {
          long items = 0;
          for (Batch batch : batches) {
            Column column = batch.columns().get(i);
            boolean[] counts = new boolean[(int) batch.rows()];
            Arrays.fill(counts, true);
            items += check(schema.fields().get(i), column, counts);
          }
          assertTrue(items <= 400 * Weight.of(schema.fields().get(i).type()) + 4 * MOST_VALUES);
        }
        noteDictionaries(batches.get(0), batches.get(3));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + ", " + schema, e);
      }
    }
    assertEquals(EnumSet.allOf(Oddity.class), seen);
  }

  /** The number of values of all leaves. */
  private long check(Field field, Column column, boolean[] counts) throws CharacterCodingException {
    assertEquals(field.type(), column.type());
    assertEquals(counts.length, column.length());
    boolean[] holds = counts.clone();
    for (int row = 0; row < counts.length; row++) {
      if (counts[row]) {
        holds[row] = !column.isNull(row);
        assertTrue(holds[row] || field.nullable(), field + ", row " + row);
      }
    }
    if (column.validity() != null) {
      note(Oddity.ALL_NULL, column.length() > 1 && column.validity().count() == 0);
      note(Oddity.BITMAP_FROM_THE_MIDDLE, column.validity().offset() % 8 != 0);
    }
    return switch (column) {
      case ListColumn list -> checkList(field, list, holds);
      case FixedSizeListColumn list -> {
        int size = list.type().size();
        boolean[] items = new boolean[holds.length * size];
        for (int i = 0; i < items.length; i++) {
          items[i] = holds[i / size];
        }
        yield check(list.type().item(), list.items(), items);
      }
      case StructColumn struct -> checkStruct(struct, holds);
      case VariableWidthColumn strings -> checkStrings(strings, holds);
      case DictionaryColumn dictionary -> checkDictionary(dictionary, holds);
      default -> counts.length;
    };
  }

  private long checkList(Field field, ListColumn list, boolean[] holds)
      throws CharacterCodingException {
    boolean[] items = new boolean[(int) list.items().length()];
    boolean allEmpty = holds.length > 1;
    for (int row = 0; row < holds.length; row++) {
      long start = list.offset(row);
      long end = list.offset(row + 1);
      assertTrue(0 <= start && start <= end && end <= items.length, field + ", row " + row);
      allEmpty &= start == end;
      note(Oddity.HUGE_LIST, end - start > 2000);
      note(Oddity.NULL_LIST_WITH_ITEMS, !holds[row] && start < end);
      Arrays.fill(items, (int) start, (int) end, holds[row]);
    }
    note(Oddity.EMPTY_LISTS_ONLY, allEmpty);
    if (holds.length > 0) {
      note(Oddity.ITEMS_BEFORE, list.offset(0) > 0);
      note(Oddity.ITEMS_BEHIND, list.offset(holds.length) < items.length);
    }
    return check(LogicalTypes.children(field.type()).getFirst(), list.items(), items);
  }

  private long checkStruct(StructColumn struct, boolean[] holds) throws CharacterCodingException {
    long values = 0;
    for (int i = 0; i < struct.children().size(); i++) {
      Field field = struct.type().children().get(i);
      Column child = struct.children().get(i);
      values += check(field, child, holds);
      if (struct.nullCount() > 0 && child.validity() != null) {
        boolean marked = child.validity().count() < child.length();
        note(Oddity.CHILD_WITHOUT_NULLS_BENEATH_NULL, !marked);
        note(Oddity.REQUIRED_CHILD_MARKED_NULL, marked && !field.nullable());
      }
    }
    return values;
  }

  private long checkStrings(VariableWidthColumn strings, boolean[] holds)
      throws CharacterCodingException {
    for (int row = 0; row < holds.length; row++) {
      long length = strings.offset(row + 1) - strings.offset(row);
      ByteBuffer bytes = strings.data().asSlice(strings.offset(row), length).asByteBuffer();
      note(Oddity.LONG_STRING, length > 1000);
      if (!(strings.type() instanceof DataType.Utf8)) {
        continue;
      }
      if (holds[row]) {
        StandardCharsets.UTF_8.newDecoder().decode(bytes);
      } else {
        note(Oddity.BROKEN_TEXT_BENEATH_NULL, broken(bytes));
      }
    }
    return holds.length;
  }

  private static boolean broken(ByteBuffer bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(bytes);
      return false;
    } catch (CharacterCodingException e) {
      return true;
    }
  }

  private long checkDictionary(DictionaryColumn dictionary, boolean[] holds)
      throws CharacterCodingException {
    long size = dictionary.values().length();
    boolean[] used = new boolean[(int) size];
    for (int row = 0; row < holds.length; row++) {
      long index = dictionary.index(row);
      if (holds[row]) {
        used[(int) index] = true;
      } else {
        note(Oddity.INDEX_OF_NO_VALUE, index < 0 || index >= size);
      }
    }
    note(Oddity.NULL_VALUE_IN_DICTIONARY, dictionary.values().nullCount() > 0);
    check(Field.nullable("values", dictionary.type().value()), dictionary.values(), used);
    return holds.length;
  }

  private void noteDictionaries(Batch first, Batch other) {
    for (int i = 0; i < first.columns().size(); i++) {
      if (first.columns().get(i) instanceof DictionaryColumn a
          && other.columns().get(i) instanceof DictionaryColumn b) {
        note(Oddity.SAME_DICTIONARY_TWICE, a.values().equals(b.values()));
      }
    }
  }

  private void note(Oddity oddity, boolean there) {
    if (there) {
      seen.add(oddity);
    }
  }

  @Test
  void nullPatternsHoldForNestedTypes() {
    Field number = Field.nullable("a", DataType.int32());
    for (DataType type :
        List.of(DataType.list(number), DataType.largeList(number), DataType.struct(number))) {
      try (Arena arena = Arena.ofConfined()) {
        for (RandomColumns.Form form : RandomColumns.Form.values()) {
          Column column =
              new RandomColumns(3, Nulls.FIRST_HALF, form, false)
                  .column(Field.nullable("v", type), 100, arena);
          assertEquals(50, column.nullCount());
          assertTrue(column.isNull(49));
          assertFalse(column.isNull(50));
        }
      }
    }
  }
}
