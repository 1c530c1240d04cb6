package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lancewright.arrow.BatchSource;
import dev.lancewright.arrow.ImportMemory;
import dev.lancewright.arrow.ImportSchema;
import dev.lancewright.arrow.ImportedStream;
import dev.lancewright.arrow.OwnedBatch;
import dev.lancewright.builder.BatchBuilder;
import dev.lancewright.builder.ColumnBuilder;
import dev.lancewright.builder.ElementsBuilder;
import dev.lancewright.column.Batch;
import dev.lancewright.column.Bitmap;
import dev.lancewright.column.BoolColumn;
import dev.lancewright.column.Column;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.io.ChannelSink;
import dev.lancewright.io.Durability;
import dev.lancewright.io.FileChannelSink;
import dev.lancewright.io.FileSource;
import dev.lancewright.io.MappedFileSink;
import dev.lancewright.io.MappedFileSource;
import dev.lancewright.io.MemorySink;
import dev.lancewright.io.MemorySource;
import dev.lancewright.io.Sink;
import dev.lancewright.io.Source;
import dev.lancewright.schema.DataType;
import dev.lancewright.schema.Field;
import dev.lancewright.schema.Schema;
import dev.lancewright.schema.TimeUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No public method takes null without a word: each argument is refused by its name. */
class NullArgumentsTest {
  private static final List<String> PACKAGES =
      List.of("", "arrow", "builder", "column", "compression", "format", "io", "schema");

  /** Arguments that may be null, as type, method and index; -1 stands for all of the method. */
  private static final Set<String> NULLABLE =
      Set.of(
          "Bitmap.isAllSet 0",
          "BoolColumn.<init> 0",
          "Column.withValidity 0",
          "DataType$Timestamp.<init> 1",
          "DictionaryColumn.<init> 2",
          "FieldCompression.<init> -1",
          "FixedSizeListColumn.<init> 2",
          "FixedWidthColumn.<init> 2",
          // The array comes first, since it must be released; ImportedBatchTest has one.
          "ImportedBatch.take -1",
          "LanceFormatException.<init> -1",
          "ListColumn.<init> 2",
          "NewerFormatException.<init> -1",
          "StructColumn.<init> 2",
          "VariableWidthColumn.<init> 2");

  private static final Schema SCHEMA =
      Schema.of(
          Field.nullable("null", DataType.nullType()),
          Field.nullable("bool", DataType.bool()),
          Field.nullable("int8", DataType.int8()),
          Field.nullable("int16", DataType.int16()),
          Field.nullable("int32", DataType.int32()),
          Field.nullable("int64", DataType.int64()),
          Field.nullable("float16", DataType.float16()),
          Field.nullable("float32", DataType.float32()),
          Field.nullable("float64", DataType.float64()),
          Field.nullable("decimal", DataType.decimal128(10, 2)),
          Field.nullable("utf8", DataType.utf8()),
          Field.nullable("binary", DataType.binary()),
          Field.nullable("fixed", DataType.fixedSizeBinary(2)),
          Field.nullable("list", DataType.list(DataType.utf8())),
          Field.nullable("fixed_list", DataType.fixedSizeList(DataType.int8(), 2)),
          Field.nullable("map", DataType.map(DataType.utf8(), DataType.utf8())),
          Field.nullable("struct", DataType.struct(Field.nullable("a", DataType.utf8()))),
          Field.nullable("dictionary", DataType.dictionary(DataType.int8(), DataType.utf8())));

  private static final List<DataType> TYPES = SCHEMA.fields().stream().map(Field::type).toList();

  private static final Schema BOOLS = Schema.of(Field.nullable("b", DataType.bool()));

  @TempDir Path folder;

  /** What is passed for arguments that are not null, by type. */
  private final Map<Class<?>, Object> samples = new HashMap<>();

  /** What methods are called on; several for types whose methods differ. */
  private final List<Object> receivers = new ArrayList<>();

  private final List<AutoCloseable> open = new ArrayList<>();
  private final Set<String> faults = new TreeSet<>();
  private int calls;

  @BeforeEach
  void makeSamples() throws IOException {
    Bitmap bits = new Bitmap(MemorySegment.ofArray(new byte[8]), 0, 3);
    Column column = new BoolColumn(null, bits);
    Batch batch = Batch.of(BOOLS, column);
    Path file = folder.resolve("file.lance");
    try (LanceWriter writer = LanceWriter.builder(BOOLS).create(file)) {
      writer.write(batch);
      writer.finish();
    }
    OwnedBatch owned = new OwnedBatch(batch, () -> {});
    put(Batch.class, batch);
    put(BatchSource.class, new NoBatches());
    put(BigDecimal.class, BigDecimal.ONE);
    put(Bitmap.class, bits);
    put(Column.class, column);
    put(CompressionParams.class, CompressionParams.NONE);
    put(CompressionProfile.class, CompressionProfile.BALANCED);
    put(CompressionScheme.class, CompressionScheme.ZSTD);
    put(DataType.class, DataType.int64());
    put(Durability.class, Durability.NONE);
    put(Executor.class, Runnable::run);
    put(Field.class, BOOLS.fields().getFirst());
    put(FieldCompression.class, FieldCompression.UNSET);
    put(FieldCompression.ByteStreamSplitMode.class, FieldCompression.ByteStreamSplitMode.ON);
    put(FieldCompression.StructuralEncoding.class, FieldCompression.StructuralEncoding.FULLZIP);
    put(FormatVersion.class, FormatVersion.V2_1);
    put(ImportMemory.class, keep(new ImportMemory()));
    put(ImportSchema.class, ImportSchema.of(BOOLS));
    put(LanceReader.class, keep(LanceReader.open(file)));
    put(List.class, List.of());
    put(Throwable.class, new IllegalStateException("a cause"));
    put(Map.class, Map.of());
    put(MemorySegment.class, MemorySegment.ofArray(new byte[8]));
    put(OwnedBatch.class, owned);
    put(Path.class, file);
    put(Predicate.class, (Predicate<Object>) _ -> true);
    put(RowRange.class, new RowRange(0, 1));
    put(Runnable.class, (Runnable) () -> {});
    put(Schema.class, BOOLS);
    put(Sink.class, keep(MemorySink.create()));
    put(Source.class, keep(FileSource.open(file)));
    put(String.class, "x");
    put(TimeUnit.class, TimeUnit.SECOND);
    put(WritableByteChannel.class, Channels.newChannel(new ByteArrayOutputStream()));
    put(byte[].class, new byte[2]);
    put(long[].class, new long[1]);
    makeReceivers(file);
  }

  private void makeReceivers(Path file) throws IOException {
    samples.values().stream()
        .filter(sample -> sample.getClass().getName().startsWith("dev.lancewright."))
        .forEach(receivers::add);
    LanceReader reader = (LanceReader) samples.get(LanceReader.class);
    receivers.add(LanceReader.builder());
    receivers.add(reader.scan());
    receivers.add(keep(reader.scan().open()));
    receivers.add(reader.taker());
    receivers.add(keep(reader.taker().open()));
    receivers.add(LanceWriter.builder(BOOLS));
    receivers.add(keep(LanceWriter.builder(BOOLS).create(folder.resolve("other.lance"))));
    receivers.add(CompressionParams.builder());
    receivers.add(FieldCompression.builder());
    receivers.add(new ChannelSink((WritableByteChannel) samples.get(WritableByteChannel.class)));
    receivers.add(keep(MappedFileSource.open(file)));
    receivers.add(new MemorySource("memory", MemorySegment.ofArray(new byte[8])));
    receivers.add(closing(FileChannelSink.create(folder.resolve("a"), Durability.NONE, false)));
    receivers.add(closing(MappedFileSink.create(folder.resolve("b"), Durability.NONE, false)));
    BatchBuilder builder = keep(new BatchBuilder(SCHEMA));
    receivers.add(builder);
    for (Field field : SCHEMA.fields()) {
      ColumnBuilder column = builder.column(field.name());
      receivers.add(column);
      if (column instanceof ElementsBuilder parent) {
        receivers.add(parent.elements());
      }
    }
    builder.build().columns().forEach(receivers::add);
  }

  private <T> void put(Class<T> type, T sample) {
    samples.put(type, sample);
  }

  private <T extends AutoCloseable> T keep(T resource) {
    open.add(resource);
    return resource;
  }

  private Sink closing(Sink sink) {
    open.add(sink::discard);
    return sink;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable resource : open.reversed()) {
      resource.close();
    }
  }

  @Test
  void everyArgumentIsRefusedByNameIfItIsNull() throws Exception {
    for (Class<?> type : publicTypes()) {
      for (Constructor<?> constructor : type.getConstructors()) {
        tryNulls(type, constructor, null);
      }
      for (Method method : type.getDeclaredMethods()) {
        if (Modifier.isStatic(method.getModifiers())) {
          tryNulls(type, method, null);
        }
      }
    }
    Set<Class<?>> called = new HashSet<>();
    for (Object receiver : receivers) {
      if (called.add(receiver.getClass())) {
        for (Method method : receiver.getClass().getMethods()) {
          if (!Modifier.isStatic(method.getModifiers())) {
            tryNulls(method.getDeclaringClass(), method, receiver);
          }
        }
      }
    }
    assertEquals(Set.of(), faults, () -> String.join("\n", faults));
    assertTrue(calls > 200, calls + " calls");
  }

  @Test
  void everyTypeWithMethodsIsCalled() throws Exception {
    Set<String> missing = new TreeSet<>();
    for (Class<?> type : publicTypes()) {
      boolean methods =
          Arrays.stream(type.getDeclaredMethods())
              .anyMatch(method -> isChecked(method) && !Modifier.isStatic(method.getModifiers()));
      if (methods && receivers.stream().noneMatch(type::isInstance)) {
        missing.add(type.getName());
      }
    }
    // It is made from the memory of a C producer.
    missing.remove(ImportedStream.class.getName());
    assertEquals(Set.of(), missing, "types of which this test has no object");
  }

  private static List<Class<?>> publicTypes() throws Exception {
    Path classes = classes();
    List<Class<?>> types = new ArrayList<>();
    for (String name : PACKAGES) {
      try (Stream<Path> files = Files.list(classes.resolve("dev/lancewright").resolve(name))) {
        for (Path file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          String path =
              classes.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
          if (!path.endsWith("package-info.class")) {
            Class<?> type = Class.forName(path.substring(0, path.length() - ".class".length()));
            if (isPublic(type)) {
              types.add(type);
            }
          }
        }
      }
    }
    assertTrue(types.size() > 80, types.size() + " types");
    return types;
  }

  private static Path classes() throws URISyntaxException {
    return Path.of(LanceWriter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }

  private static boolean isChecked(Executable executable) {
    return Modifier.isPublic(executable.getModifiers())
        && !executable.isSynthetic()
        && executable.getDeclaringClass().getName().startsWith("dev.lancewright.")
        && !executable.getDeclaringClass().isHidden()
        && !executable.getName().equals("equals")
        && !(executable.getDeclaringClass().isEnum() && executable.getName().equals("valueOf"))
        && Arrays.stream(executable.getParameterTypes()).anyMatch(type -> !type.isPrimitive());
  }

  /** Calls a method with null for each argument in turn, and with arrays that hold null. */
  private void tryNulls(Class<?> type, Executable executable, Object receiver) throws Exception {
    if (!isChecked(executable)) {
      return;
    }
    String simple = type.getName().substring(type.getPackageName().length() + 1);
    String name = simple + "." + (executable instanceof Method ? executable.getName() : "<init>");
    Class<?>[] types = executable.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (types[i].isPrimitive()
          || NULLABLE.contains(name + " " + i)
          || NULLABLE.contains(name + " -1")) {
        continue;
      }
      Object[] arguments = Arrays.stream(types).map(this::sample).toArray();
      arguments[i] = null;
      tryNull(executable, receiver, name + " " + i + " of " + executable, arguments);
      if (types[i].isArray() && !types[i].getComponentType().isPrimitive()) {
        arguments[i] = Array.newInstance(types[i].getComponentType(), 1);
        tryNull(executable, receiver, name + " element of " + i, arguments);
      }
    }
  }

  private void tryNull(Executable executable, Object receiver, String what, Object[] arguments)
      throws ReflectiveOperationException {
    calls++;
    executable.setAccessible(true); // it may be declared by a class that is not public itself
    try {
      if (executable instanceof Constructor<?> constructor) {
        constructor.newInstance(arguments);
      } else {
        ((Method) executable).invoke(receiver, arguments);
      }
      faults.add(what + " is taken");
    } catch (InvocationTargetException e) {
      String message = String.valueOf(e.getCause().getMessage());
      if (!(e.getCause() instanceof IllegalArgumentException) || !message.contains(" null")) {
        faults.add(what + ": " + e.getCause());
      }
    }
  }

  private Object sample(Class<?> type) {
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    } else if (samples.containsKey(type)) {
      return samples.get(type);
    } else if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    return Stream.concat(receivers.stream(), TYPES.stream())
        .filter(type::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("this test has no sample of " + type));
  }

  /** A stream of nothing. */
  private static final class NoBatches implements BatchSource {
    @Override
    public Schema schema() {
      return BOOLS;
    }

    @Override
    public OwnedBatch next() {
      return null;
    }

    @Override
    public void close() {}
  }
}
