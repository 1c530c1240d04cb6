package dev.lancewright;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lancewright.column.Batch;
import dev.lancewright.compression.CompressionParams;
import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.file.EncodingText;
import dev.lancewright.io.MemorySink;
import dev.lancewright.schema.Schema;
import dev.lancewright.testing.EncodingCase;
import dev.lancewright.testing.EncodingCases;
import dev.lancewright.testing.RandomColumns;
import dev.lancewright.testing.RandomSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Writing a file loads no class of protobuf and none generated for it: hundreds of classes that the
 * first file of a process would wait for.
 */
class ProtobufFreeWritingTest {
  private static final List<String> REFUSED =
      List.of("com.google.protobuf.", "dev.lancewright.internal.proto.");

  @Test
  void filesAreWrittenWithoutProtobuf() throws ReflectiveOperationException {
    Class<?> files = new Refusing().loadClass(Files.class.getName());
    ((Runnable) files.getDeclaredConstructor().newInstance()).run();
  }

  @Test
  void readersNeedIt() throws ReflectiveOperationException {
    Class<?> reader = new Refusing().loadClass(EncodingText.class.getName());
    assertThrows(AssertionError.class, reader::getDeclaredMethods);
  }

  /** Writes files of many schemas and encodings, in a loader of its own. */
  public static final class Files implements Runnable {
    private static final int SCHEMAS = 40;
    private static final int CASES = 150;

    @Override
    public void run() {
      for (FormatVersion version : LanceWriter.FORMAT_VERSIONS) {
        for (CompressionProfile profile : CompressionProfile.values()) {
          LanceWriter.Builder options = LanceWriter.lazy().formatVersion(version).profile(profile);
          try {
            writeSchemas(version, options);
            writeEncodings(version, profile, options);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    }

    private static void writeSchemas(FormatVersion version, LanceWriter.Builder options)
        throws IOException {
      for (int seed = 0; seed < SCHEMAS; seed++) {
        Schema schema = new RandomSchemas(version).schema(seed);
        try (Arena arena = Arena.ofConfined()) {
          for (Batch batch :
              RandomColumns.varied(seed, 1000).batches(schema, List.of(0, 100), arena)) {
            write(batch, options);
          }
        }
      }
    }

    private static void writeEncodings(
        FormatVersion version, CompressionProfile profile, LanceWriter.Builder options)
        throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        EncodingCases source = new EncodingCases(version, profile, new SplittableRandom(1), arena);
        List<EncodingCase> cases = new ArrayList<>();
        CompressionParams.Builder params = CompressionParams.builder();
        for (int i = 0; i < CASES; i++) {
          EncodingCase one = source.next("c" + i, 1500);
          FieldCompression said = FieldCompression.UNSET;
          for (Map.Entry<String, String> setting : one.settings().entrySet()) {
            said = said.merge(FieldCompression.parse(setting.getKey(), setting.getValue()));
          }
          params.column(one.path(), said);
          cases.add(one);
        }
        Schema schema = new Schema(cases.stream().map(EncodingCase::field).toList(), Map.of());
        Batch batch = new Batch(schema, cases.stream().map(EncodingCase::column).toList(), 1500);
        write(batch, options.compression(params.build()));
      }
    }

    private static void write(Batch batch, LanceWriter.Builder options) throws IOException {
      try (MemorySink sink = MemorySink.create();
          LanceWriter writer = options.create(sink)) {
        writer.write(batch);
        writer.finish();
      }
    }
  }

  /** Loads our own classes anew, and none of those that are refused. */
  private static final class Refusing extends ClassLoader {
    Refusing() {
      super(Refusing.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (REFUSED.stream().anyMatch(name::startsWith)) {
        throw new AssertionError(name + " is loaded");
      }
      if (!name.startsWith("dev.lancewright.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? define(name) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream stream =
          getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (stream == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = stream.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
