package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.format.LittleEndian;
import dev.lancewright.io.MemorySource;
import dev.lancewright.io.Source;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.Readout;
import dev.lancewright.testing.SmallFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Files with a byte that is another one, and files that are cut short: they are read, or refused
 * with a {@link LanceFormatException}; nothing else happens, and no more memory is taken than a
 * small file may take.
 *
 * <p>System property {@code damage.values} says how many values each byte gets, 255 for all; with
 * more than three, no byte is left out.
 */
class DamagedFilesTest {
  private static final int FEW_VALUES = 3;
  private static final int VALUES = Integer.getInteger("damage.values", FEW_VALUES);
  private static final long SEED = Long.getLong("damage.seed", 1);
  private static final Path REFERENCE = Path.of("testdata", "reference");

  /** What may be held off the heap: small files stand for no more. */
  private static final long MOST_BYTES = 64 << 20;

  /** For a file: a decoder that hangs takes longer, a slow machine does not. */
  private static final Duration PATIENCE = Duration.ofMinutes(VALUES > FEW_VALUES ? 600 : 5);

  private static final int BATCH_ROWS = 700;

  /**
   * Files of the reference, files of many encodings, and some that have what these leave out. Of
   * larger files one byte in {@code step} is changed, and one length tried.
   */
  enum Sample {
    REFERENCE_EMPTY("v21_ints_empty", 1),
    REFERENCE_ONE_ROW("v21_type_int32_1row", 1),
    REFERENCE_PACKED("v21_packed_struct", 1),
    REFERENCE_FLOATS("v21_floats", 8),
    REFERENCE_NESTED("v22_nested", 8),
    REFERENCE_VECTORS("v22_vectors", 64),
    REFERENCE_WIDE("v21_strings_fullzip", 32),
    REFERENCE_TEXT("v22_strings", 32),
    REFERENCE_ZSTD("v21_strings_zstd", 32),
    REFERENCE_TYPES("v21_alltypes_1row", 32),
    MIXED_21(FormatVersion.V2_1, 12, 101, 293, 4),
    MORE_21(FormatVersion.V2_1, 12, 101, 345, 8),
    MIXED_22(FormatVersion.V2_2, 12, 101, 203, 2),
    MORE_22(FormatVersion.V2_2, 12, 101, 293, 4),
    SPLIT_ZSTD(FormatVersion.V2_1, 1, 1100, 34, 1),
    SPLIT_LZ4(FormatVersion.V2_1, 1, 560, 319, 1),
    RUNS_ZSTD(FormatVersion.V2_1, 1, 560, 38, 1),
    TEXT_LZ4(FormatVersion.V2_1, 1, 1100, 41, 1),
    TEXT_ZSTD(FormatVersion.V2_1, 1, 1100, 66, 1),
    TEXT_CODES(FormatVersion.V2_1, 1, 4100, 6, 16),
    PACKED_DICTIONARY(FormatVersion.V2_2, 1, 560, 227, 1),
    COMPRESSED_DICTIONARY(FormatVersion.V2_2, 1, 1100, 301, 1),
    NESTED_21(FormatVersion.V2_1, Nulls.SOME, 5, 2),
    NESTED_22(FormatVersion.V2_2, Nulls.SOME, 5, 2),
    NULLS_22(FormatVersion.V2_2, Nulls.ALL, 5, 2);

    private final String reference;
    private final FormatVersion version;
    private final Nulls nulls;
    private final int columns;
    private final int rows;
    private final long seed;
    private final int step;

    Sample(String reference, int step) {
      this(reference, null, null, 0, 0, 0, step);
    }

    Sample(FormatVersion version, int columns, int rows, long seed, int step) {
      this(null, version, null, columns, rows, seed, step);
    }

    Sample(FormatVersion version, Nulls nulls, int rows, int step) {
      this(null, version, nulls, 0, rows, rows, step);
    }

    Sample(
        String reference,
        FormatVersion version,
        Nulls nulls,
        int columns,
        int rows,
        long seed,
        int step) {
      this.reference = reference;
      this.version = version;
      this.nulls = nulls;
      this.columns = columns;
      this.rows = rows;
      this.seed = seed;
      this.step = VALUES > FEW_VALUES ? 1 : step;
    }

    byte[] bytes() throws IOException {
      if (reference != null) {
        return Files.readAllBytes(REFERENCE.resolve(reference + ".lance"));
      }
      return nulls == null
          ? SmallFiles.encodings(version, seed, columns, rows)
          : SmallFiles.nested(version, seed, nulls, rows);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aByteIsAnotherOne(Sample sample) throws IOException {
    try (Damage damage = new Damage(sample)) {
      assertTimeoutPreemptively(PATIENCE, damage::changeBytes, damage::what);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theFileIsCutShort(Sample sample) throws IOException {
    try (Damage damage = new Damage(sample)) {
      assertTimeoutPreemptively(PATIENCE, damage::cut, damage::what);
    }
  }

  /** If not, other seeds have what is missing. */
  @Test
  void everyEncodingIsThere() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (Sample sample : Sample.values()) {
      try (Damage damage = new Damage(sample)) {
        seen.addAll(damage.encodings());
      }
    }
    List<String> missing = new ArrayList<>(ENCODINGS);
    missing.removeIf(encoding -> seen.stream().anyMatch(one -> one.contains(encoding)));
    assertEquals(List.of(), missing, () -> "of " + seen);
  }

  private static final List<String> ENCODINGS =
      List.of(
          "mini-block: Flat ",
          "mini-block: InlineBitpacking ",
          "mini-block: Rle(",
          "mini-block: Variable(",
          "mini-block: Fsst(",
          "mini-block: General(zstd, Rle(",
          "mini-block: General(lz4, ByteStreamSplit(",
          "mini-block: General(zstd, ByteStreamSplit(",
          "mini-block: General(lz4, Variable(",
          "mini-block: General(zstd, Variable(",
          "mini-block: FixedSizeList(2 nullable, FixedSizeList(",
          "mini-block: PackedStruct(",
          "full-zip: Flat ",
          "full-zip: Variable(",
          "full-zip: Fsst(",
          "full-zip: General(zstd",
          "full-zip: FixedSizeList(80 nullable, ",
          "full-zip: VariablePackedStruct(",
          "dictionary Flat ",
          "dictionary Variable(",
          "dictionary OutOfLineBitpacking ",
          "dictionary General(lz4, OutOfLineBitpacking ",
          "dictionary General(zstd, Variable(",
          "all null",
          "constant");

  /** A file in native memory, of which one byte at a time is spoilt. */
  private static final class Damage implements AutoCloseable {
    private static final int TAIL = -1;
    private static final int PADDING = -2;

    private final Sample sample;
    private final Arena arena = Arena.ofShared();
    private final byte[] good;
    private final MemorySegment bytes;
    private final Source source;
    private final LanceReader reader;
    private final Readout readout = new Readout(MOST_BYTES);
    private final List<String> names;

    /** By field: digests of its values. */
    private final long[] scans;

    private final long[] takes;

    /** By byte: the field that it is about, or what else it is. */
    private final int[] fields;

    /** By byte: whether it is part of values. */
    private final BitSet values = new BitSet();

    private volatile int position;
    private volatile int value;
    private int refused;

    Damage(Sample sample) throws IOException {
      this.sample = sample;
      this.good = sample.bytes();
      this.bytes = arena.allocate(good.length);
      MemorySegment.copy(good, 0, bytes, ValueLayout.JAVA_BYTE, 0, good.length);
      this.source = new MemorySource(sample.name(), bytes);
      this.reader = LanceReader.open(source);
      this.names = reader.schema().fields().stream().map(Field::name).toList();
      this.scans = new long[names.size()];
      this.takes = new long[names.size()];
      for (int i = 0; i < scans.length; i++) {
        scans[i] = readout.scan(reader, names.subList(i, i + 1), BATCH_ROWS);
        takes[i] = readout.take(reader, names.subList(i, i + 1));
      }
      this.fields = new int[good.length];
      findFields();
    }

    private void findFields() throws IOException {
      long footer = bytes.byteSize() - Container.FOOTER_BYTES;
      long table = bytes.get(LittleEndian.LONG, footer + 8);
      Arrays.fill(fields, 0, (int) bytes.get(LittleEndian.LONG, footer), PADDING);
      Arrays.fill(fields, (int) bytes.get(LittleEndian.LONG, footer), good.length, TAIL);
      for (Extent buffer : reader.globalBuffers()) {
        mark(buffer, TAIL);
      }
      for (int i = 0; i < reader.columnCount(); i++) {
        LanceFileMetadata.Column column = reader.column(i);
        int field = field(column.path());
        long entry = table + 16L * i;
        mark(
            new Extent(
                bytes.get(LittleEndian.LONG, entry), bytes.get(LittleEndian.LONG, entry + 8)),
            field);
        for (LanceFileMetadata.Page page : column.pages()) {
          for (Extent buffer : page.buffers()) {
            mark(buffer, field);
            values.set((int) buffer.position(), (int) buffer.end());
          }
        }
      }
    }

    private void mark(Extent extent, int field) {
      Arrays.fill(fields, (int) extent.position(), (int) extent.end(), field);
    }

    private int field(String path) {
      for (int i = 0; i < names.size(); i++) {
        if (path.equals(names.get(i)) || path.startsWith(names.get(i) + ".")) {
          return i;
        }
      }
      throw new AssertionError("no field of " + path);
    }

    Set<String> encodings() throws IOException {
      Set<String> seen = new TreeSet<>();
      for (int i = 0; i < reader.columnCount(); i++) {
        reader.column(i).pages().forEach(page -> seen.add(page.encoding()));
      }
      return seen;
    }

    void changeBytes() {
      for (int at = 0; at < good.length; at++) {
        position = at;
        if (at % sample.step != SEED % sample.step) {
          continue;
        }
        for (int i = 0; i < VALUES; i++) {
          value = value(i);
          bytes.set(ValueLayout.JAVA_BYTE, at, (byte) value);
          boolean alsoTakes = VALUES > FEW_VALUES || (i == 0 && at % 4 == 0);
          run(() -> readChanged(alsoTakes));
        }
        bytes.set(ValueLayout.JAVA_BYTE, at, good[at]);
      }
    }

    /** Other values than the byte has: the complement, the next, one by chance; or any. */
    private int value(int i) {
      int old = good[position] & 0xFF;
      if (VALUES > FEW_VALUES) {
        return old + 1 + i & 0xFF;
      }
      long random = ((SEED * good.length + position) * 0x9E3779B97F4A7C15L) >>> 32;
      return switch (i) {
        case 0 -> old ^ 0xFF;
        case 1 -> old + 1 & 0xFF;
        default -> old + 2 + (int) (random % 253) & 0xFF;
      };
    }

    private interface Reading {
      void run() throws IOException;
    }

    private void run(Reading reading) {
      try {
        reading.run();
      } catch (LanceFormatException e) {
        refused++;
        assertTrue(e.getMessage().startsWith(sample.name()), () -> what() + ": " + e);
      } catch (IOException | RuntimeException | Error e) {
        throw new AssertionError(what() + ": " + e, e);
      }
    }

    /** Reads what the byte that was changed is about. The reader knows metadata by heart. */
    private void readChanged(boolean alsoTakes) throws IOException {
      int field = fields[position];
      if (field == PADDING) {
        for (int i = 0; i < scans.length; i++) {
          assertEquals(scans[i], readout.scan(reader, names.subList(i, i + 1), BATCH_ROWS));
          assertEquals(takes[i], readout.take(reader, names.subList(i, i + 1)));
        }
      } else if (field == TAIL) {
        readAgain(source, null, alsoTakes);
      } else if (values.get(position)) {
        read(reader, names.subList(field, field + 1), alsoTakes);
      } else {
        readAgain(source, names.subList(field, field + 1), alsoTakes);
      }
    }

    private void read(LanceReader from, List<String> columns, boolean alsoTakes)
        throws IOException {
      readout.scan(from, columns, BATCH_ROWS);
      if (alsoTakes) {
        readout.take(from, columns);
      }
    }

    /**
     * @param columns null for all
     */
    private void readAgain(Source damaged, List<String> columns, boolean alsoTakes)
        throws IOException {
      try (LanceReader other = LanceReader.open(damaged)) {
        for (int i = 0; columns == null && i < other.columnCount(); i++) {
          other.column(i).pages().forEach(page -> assertFalse(page.details().isEmpty()));
        }
        List<String> all = other.schema().fields().stream().map(Field::name).toList();
        read(other, columns == null ? all : columns, alsoTakes);
      }
    }

    void cut() {
      value = -1;
      int lengths = 0;
      for (int at = 0; at < good.length; at += sample.step, lengths++) {
        position = at;
        Source cut = new MemorySource(sample.name(), bytes.asSlice(0, at));
        run(() -> readAgain(cut, null, true));
      }
      assertEquals(lengths, refused, "lengths that were refused");
    }

    /** What is done to the file now. */
    String what() {
      return value < 0
          ? "%s, cut to %d bytes".formatted(sample, position)
          : "%s, byte %d is %d instead of %d; seed %d"
              .formatted(sample, position, value, good[position] & 0xFF, SEED);
    }

    @Override
    public void close() throws IOException {
      reader.close();
      arena.close();
    }
  }
}
