package dev.lancewright.bench;

import static dev.lancewright.bench.Generator.binary;
import static dev.lancewright.bench.Generator.booleans;
import static dev.lancewright.bench.Generator.bytes;
import static dev.lancewright.bench.Generator.decimals;
import static dev.lancewright.bench.Generator.doubles;
import static dev.lancewright.bench.Generator.floats;
import static dev.lancewright.bench.Generator.ints;
import static dev.lancewright.bench.Generator.lists;
import static dev.lancewright.bench.Generator.longs;
import static dev.lancewright.bench.Generator.structs;
import static dev.lancewright.bench.Generator.text;
import static dev.lancewright.bench.Generator.vectors;
import static dev.lancewright.bench.Generator.withNulls;

import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.TimeUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The sets that the report is about, of about 200 MB each. */
final class DataSets {
  private static final int BATCH_ROWS = 65_536;
  private static final int BLOB_BATCH_ROWS = 64;

  private static final DataType BOOL = DataType.bool();
  private static final DataType INT32 = DataType.int32();
  private static final DataType INT64 = DataType.int64();
  private static final DataType UINT8 = DataType.uint8();
  private static final DataType FLOAT32 = DataType.float32();
  private static final DataType FLOAT64 = DataType.float64();
  private static final DataType UTF8 = DataType.utf8();
  private static final DataType BINARY = DataType.binary();
  private static final DataType DATE = DataType.date32();
  private static final DataType MICROS = DataType.timestamp(TimeUnit.MICROSECOND);
  private static final DataType MONEY = DataType.decimal128(15, 2);

  private static final Map<String, Supplier<DataSet.Definition>> SETS = new LinkedHashMap<>();

  static {
    SETS.put("ints", DataSets::integers);
    SETS.put("floats", DataSets::floatingPoint);
    SETS.put("strings", DataSets::strings);
    SETS.put("vectors", DataSets::embeddings);
    SETS.put("nested", DataSets::nested);
    SETS.put("wide", DataSets::wide);
    SETS.put("taxi", DataSets::taxi);
    SETS.put("lineitem", DataSets::lineitem);
    SETS.put("blobs", DataSets::blobs);
  }

  private DataSets() {}

  static List<String> names() {
    return List.copyOf(SETS.keySet());
  }

  /**
   * Makes a set.
   *
   * @param name one of {@link #names}
   * @param scale share of its full number of rows
   */
  static DataSet make(String name, double scale) {
    return SETS.get(name).get().generate(name, scale);
  }

  private static DataSet.Definition integers() {
    DataSet.Definition set = new DataSet.Definition(9_000_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    return set.column("random", INT64, longs(random::nextLong))
        .column("small", INT32, ints(() -> random.nextInt(1000)))
        .column("sorted", INT32, ints(rising(random, 4)))
        .column("runs", INT32, ints(runs(random)))
        .column("bytes", UINT8, bytes(random::nextInt))
        .column("flags", BOOL, withNulls(10, random, booleans(random::nextBoolean)));
  }

  private static DataSet.Definition floatingPoint() {
    DataSet.Definition set = new DataSet.Definition(10_000_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    return set.column("float", FLOAT32, floats(random::nextFloat))
        .column("double", FLOAT64, doubles(random::nextDouble))
        .column("walk", FLOAT64, doubles(walk(random)));
  }

  private static DataSet.Definition strings() {
    DataSet.Definition set = new DataSet.Definition(360_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    Words words = new Words(random);
    String[] few = words.vocabulary(100);
    String[] many = words.vocabulary(2000);
    return set.column("word", UTF8, text(() -> words.base36(8, 16)))
        .column("category", UTF8, text(() -> few[random.nextInt(few.length)]))
        .column("text", UTF8, text(() -> words.sentence(many, 450, 550)))
        .column("optional", UTF8, withNulls(20, random, text(() -> words.base36(0, 30))));
  }

  private static DataSet.Definition embeddings() {
    DataSet.Definition set = new DataSet.Definition(65_536, BATCH_ROWS);
    SplittableRandom random = set.random();
    DataType vector = DataType.fixedSizeList(Field.nullable("item", FLOAT32), 768);
    return set.column("id", INT64, longs(counter()))
        .column("vector", vector, vectors(768, floats(() -> random.nextFloat() * 2 - 1)));
  }

  private static DataSet.Definition nested() {
    DataSet.Definition set = new DataSet.Definition(2_000_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    Words words = new Words(random);
    Generator integer = orNull(random, ints(random::nextInt));
    Generator string = orNull(random, text(() -> words.mixed(0, 12)));
    Generator real = orNull(random, doubles(random::nextDouble));
    IntSupplier lengths = () -> random.nextInt(6);
    DataType pair = struct(Field.nullable("x", FLOAT64), Field.nullable("y", UTF8));
    DataType inner = struct(Field.nullable("z", INT32));
    return set.column(
            "struct",
            struct(Field.nullable("a", INT32), Field.nullable("b", UTF8)),
            orNull(random, structs(integer, string)))
        .column("list", list(INT32), orNull(random, lists(lengths, integer)))
        .column(
            "pairs",
            list(pair),
            orNull(random, lists(lengths, orNull(random, structs(real, string)))))
        .column(
            "deep",
            struct(Field.nullable("p", INT64), Field.nullable("q", inner)),
            orNull(
                random,
                structs(
                    orNull(random, longs(random::nextLong)), orNull(random, structs(integer)))));
  }

  private static DataSet.Definition wide() {
    DataSet.Definition set = new DataSet.Definition(50_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    for (int i = 0; i < 1000; i++) {
      long bound = 1L << (1 + i % 31);
      if (i % 2 == 0) {
        set.column("c" + i, INT32, ints(() -> (int) random.nextLong(bound)));
      } else {
        set.column("c" + i, FLOAT32, floats(random::nextFloat));
      }
    }
    return set;
  }

  private static DataSet.Definition taxi() {
    DataSet.Definition set = new DataSet.Definition(1_500_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    long start = 1_704_067_200_000_000L;
    long seed = random.nextLong();
    IntSupplier pickup = rising(new SplittableRandom(seed), 3);
    IntSupplier samePickup = rising(new SplittableRandom(seed), 3);
    IntSupplier seconds = () -> samePickup.getAsInt() + random.nextInt(60, 3061);
    DoubleSupplier distance = () -> hundredths(-Math.log(1 - random.nextDouble()) * 300);
    return set.column("VendorID", INT32, ints(() -> random.nextInt(1, 3)))
        .column("tpep_pickup_datetime", MICROS, longs(() -> start + micros(pickup)))
        .column("tpep_dropoff_datetime", MICROS, longs(() -> start + micros(seconds)))
        .column("passenger_count", INT64, withNulls(5, random, longs(() -> random.nextInt(1, 7))))
        .column("trip_distance", FLOAT64, doubles(distance))
        .column("RatecodeID", INT64, withNulls(5, random, longs(() -> mostlyOne(random))))
        .column("store_and_fwd_flag", UTF8, withNulls(5, random, text(oneOf(random, "N", "Y"))))
        .column("PULocationID", INT32, ints(() -> random.nextInt(1, 264)))
        .column("DOLocationID", INT32, ints(() -> random.nextInt(1, 264)))
        .column("payment_type", INT64, longs(() -> random.nextInt(1, 5)))
        .column("fare_amount", FLOAT64, doubles(() -> random.nextInt(701) / 10.0))
        .column("extra", FLOAT64, doubles(amounts(random, 0, 0.5, 1, 2.5, 5)))
        .column("mta_tax", FLOAT64, doubles(amounts(random, 0.5, 0)))
        .column("tip_amount", FLOAT64, doubles(() -> random.nextInt(2001) / 100.0))
        .column("tolls_amount", FLOAT64, doubles(amounts(random, 0, 6.94, 12.75)))
        .column("improvement_surcharge", FLOAT64, doubles(amounts(random, 1, 0.3)))
        .column("total_amount", FLOAT64, doubles(() -> random.nextInt(701) / 10.0))
        .column(
            "congestion_surcharge", FLOAT64, withNulls(5, random, doubles(amounts(random, 2.5, 0))))
        .column("Airport_fee", FLOAT64, withNulls(5, random, doubles(amounts(random, 0, 1.75))))
        .column(
            "borough",
            UTF8,
            withNulls(
                2,
                random,
                text(
                    oneOf(
                        random,
                        "Manhattan",
                        "Brooklyn",
                        "Queens",
                        "Bronx",
                        "Staten Island",
                        "EWR"))));
  }

  private static DataSet.Definition lineitem() {
    DataSet.Definition set = new DataSet.Definition(1_000_000, BATCH_ROWS);
    SplittableRandom random = set.random();
    Words words = new Words(random);
    String[] vocabulary = words.vocabulary(600);
    long seed = random.nextLong();
    IntSupplier lines = lineNumbers(new SplittableRandom(seed));
    LongSupplier orders = orderKeys(lineNumbers(new SplittableRandom(seed)), random);
    IntSupplier days = () -> 8036 + random.nextInt(2526);
    return set.column("l_orderkey", INT64, longs(orders))
        .column("l_partkey", INT64, longs(() -> random.nextInt(200_000)))
        .column("l_suppkey", INT64, longs(() -> random.nextInt(10_000)))
        .column("l_linenumber", INT32, ints(lines))
        .column("l_quantity", MONEY, decimals(() -> 100L * random.nextInt(1, 51)))
        .column("l_extendedprice", MONEY, decimals(() -> 90_100 + random.nextInt(10_400_000)))
        .column("l_discount", MONEY, decimals(() -> random.nextInt(11)))
        .column("l_tax", MONEY, decimals(() -> random.nextInt(9)))
        .column("l_returnflag", UTF8, text(oneOf(random, "A", "N", "R")))
        .column("l_linestatus", UTF8, text(oneOf(random, "F", "O")))
        .column("l_shipdate", DATE, ints(days))
        .column("l_commitdate", DATE, ints(days))
        .column("l_receiptdate", DATE, ints(days))
        .column(
            "l_shipinstruct",
            UTF8,
            text(oneOf(random, "COLLECT COD", "DELIVER IN PERSON", "NONE", "TAKE BACK RETURN")))
        .column(
            "l_shipmode",
            UTF8,
            text(oneOf(random, "AIR", "FOB", "MAIL", "RAIL", "REG AIR", "SHIP", "TRUCK")))
        .column("l_comment", UTF8, text(() -> words.sentence(vocabulary, 10, 43)));
  }

  private static DataSet.Definition blobs() {
    DataSet.Definition set = new DataSet.Definition(400, BLOB_BATCH_ROWS);
    SplittableRandom random = set.random();
    Supplier<byte[]> blob =
        () -> {
          byte[] bytes = new byte[random.nextInt(64 << 10, (1 << 20) + 1)];
          random.nextBytes(bytes);
          return bytes;
        };
    return set.column("id", INT64, longs(counter())).column("blob", BINARY, binary(blob));
  }

  private static DataType struct(Field... children) {
    return DataType.struct(children);
  }

  private static DataType list(DataType item) {
    return DataType.list(Field.nullable("item", item));
  }

  private static Generator orNull(SplittableRandom random, Generator values) {
    return withNulls(15, random, values);
  }

  private static LongSupplier counter() {
    return new LongSupplier() {
      private long next;

      @Override
      public long getAsLong() {
        return next++;
      }
    };
  }

  /** Each value is larger than the one before by less than {@code steps}. */
  private static IntSupplier rising(SplittableRandom random, int steps) {
    return new IntSupplier() {
      private int value;

      @Override
      public int getAsInt() {
        return value += random.nextInt(steps);
      }
    };
  }

  /** Runs of 50 to 149 equal values. */
  private static IntSupplier runs(SplittableRandom random) {
    return new IntSupplier() {
      private int left;
      private int value;

      @Override
      public int getAsInt() {
        if (left == 0) {
          left = random.nextInt(50, 150);
          value = random.nextInt(1_000_000);
        }
        left--;
        return value;
      }
    };
  }

  /** From 1000 in steps of hundredths. */
  private static DoubleSupplier walk(SplittableRandom random) {
    return new DoubleSupplier() {
      private long hundredths = 100_000;

      @Override
      public double getAsDouble() {
        hundredths += Math.round(random.nextDouble(-50, 50));
        return hundredths / 100.0;
      }
    };
  }

  /** 1, 2, ... up to 1 to 7, over and over. */
  private static IntSupplier lineNumbers(SplittableRandom random) {
    return new IntSupplier() {
      private int line;
      private int last;

      @Override
      public int getAsInt() {
        if (line == last) {
          line = 0;
          last = random.nextInt(1, 8);
        }
        return ++line;
      }
    };
  }

  /** A larger key at each first line; of eight keys, one or two are used. */
  private static LongSupplier orderKeys(IntSupplier lines, SplittableRandom random) {
    return new LongSupplier() {
      private long key;

      @Override
      public long getAsLong() {
        if (lines.getAsInt() == 1) {
          key += random.nextInt(1, 8);
        }
        return key;
      }
    };
  }

  private static long micros(IntSupplier seconds) {
    return seconds.getAsInt() * 1_000_000L;
  }

  private static double hundredths(double value) {
    return Math.round(value) / 100.0;
  }

  private static int mostlyOne(SplittableRandom random) {
    return random.nextInt(100) < 95 ? 1 : random.nextInt(2, 7);
  }

  private static Supplier<String> oneOf(SplittableRandom random, String... values) {
    return () -> values[random.nextInt(values.length)];
  }

  /** Of some values, the first more often. */
  private static DoubleSupplier amounts(SplittableRandom random, double... values) {
    return () -> values[random.nextInt(5) < 3 ? 0 : random.nextInt(values.length)];
  }
}
