package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class NativeLibraryTest {
  @TempDir private Path temporary;
  private final byte[] content = new byte[3_000_000];
  private Path folder;
  private URL resource;

  @BeforeEach
  void makeJar() throws IOException {
    new Random(7).nextBytes(content);
    folder = temporary.resolve("cache/duckdb");
    resource = jar("one.jar", "1.2.3", content);
  }

  @Test
  void unpacksOnceUnderVersionAndChecksum() throws IOException {
    Path library = NativeLibrary.unpack(resource, folder);
    assertArrayEquals(content, Files.readAllBytes(library));
    assertTrue(library.getFileName().toString().contains("duckdb-1.2.3-"), library.toString());
    Object key = Files.readAttributes(library, "lastModifiedTime,fileKey");
    assertEquals(library, NativeLibrary.unpack(resource, folder));
    assertEquals(key, Files.readAttributes(library, "lastModifiedTime,fileKey"));
    assertEquals(List.of(library), files());
  }

  @Test
  void keepsOtherVersionsAndContentsApart() throws IOException {
    NativeLibrary.unpack(resource, folder);
    NativeLibrary.unpack(jar("two.jar", "1.2.4", content), folder);
    content[0]++;
    NativeLibrary.unpack(jar("three.jar", "1.2.3", content), folder);
    NativeLibrary.unpack(jar("four.jar", null, content), folder);
    assertEquals(4, files().size());
  }

  @Test
  void repairsATruncatedLibrary() throws IOException {
    Path library = NativeLibrary.unpack(resource, folder);
    Files.write(library, new byte[17]);
    assertEquals(library, NativeLibrary.unpack(resource, folder));
    assertArrayEquals(content, Files.readAllBytes(library));
    assertEquals(List.of(library), files());
  }

  @Test
  void keepsOthersOut() throws IOException {
    NativeLibrary.unpack(resource, folder);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    NativeLibrary.unpack(resource, folder);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
  }

  @Test
  void severalThreadsMayUnpackAtOnce() throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    Callable<byte[]> unpack =
        () -> {
          start.await();
          return Files.readAllBytes(NativeLibrary.unpack(resource, folder));
        };
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      List<Future<byte[]>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(executor.submit(unpack));
      }
      for (Future<byte[]> result : results) {
        assertArrayEquals(content, result.get());
      }
    }
    assertEquals(1, files().size());
  }

  @Test
  void severalProcessesMayStartAtOnce() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(askDuckDb(System.getProperty("java.class.path")));
    }
    for (Process process : processes) {
      assertEquals("42", output(process));
    }
    assertEquals(1, files().size());
  }

  @Test
  void namesTheDependencyThatIsMissing() throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.contains("duckdb_jdbc"))
            .collect(joining(File.pathSeparator));
    String output = output(askDuckDb(classPath));
    assertTrue(
        output.contains(
            "DuckDB is not on the class path; add the dependency org.duckdb:duckdb_jdbc, 2.0.0.1"
                + " or later"),
        output);
  }

  private Process askDuckDb(String classPath) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            AskDuckDb.class.getName());
    builder.environment().put("LANCEWRIGHT_CACHE_DIR", folder.getParent().toString());
    return builder.redirectErrorStream(true).start();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  /** The program of {@link #askDuckDb}. */
  static final class AskDuckDb {
    private AskDuckDb() {}

    public static void main(String[] args) throws IOException {
      try (DuckDb engine = DuckDb.open()) {
        System.out.println(engine.strings("SELECT '42'").getFirst());
      }
    }
  }

  @Test
  void namesTheFolderThatCannotBeWritten() throws IOException {
    Files.writeString(temporary.resolve("cache"), "a file");
    IOException e = assertThrows(IOException.class, () -> NativeLibrary.unpack(resource, folder));
    assertTrue(
        e.getMessage().startsWith("cannot unpack DuckDB's library into " + folder), e.getMessage());
    assertTrue(e.getMessage().contains("set LANCEWRIGHT_CACHE_DIR"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, libduckdb_java.so_linux_amd64",
    "Linux, aarch64, libduckdb_java.so_linux_arm64",
    "Mac OS X, aarch64, libduckdb_java.so_macos_arm64",
    "Windows 11, amd64, libduckdb_java.so_windows_amd64"
  })
  void findsTheLibraryOfEachPlatform(String osName, String osArch, String entry)
      throws IOException {
    assertTrue(NativeLibrary.resource(osName, osArch).toString().endsWith("!/" + entry));
  }

  @Test
  void namesAPlatformWithoutLibrary() {
    IOException e =
        assertThrows(IOException.class, () -> NativeLibrary.resource("Linux", "riscv64"));
    assertEquals("DuckDB's jar on the class path has no library for linux_riscv64", e.getMessage());
  }

  @Test
  void choosesTheUsualCacheFolder() {
    Path home = Path.of(System.getProperty("user.home"));
    Path own = Path.of("/own");
    assertEquals(
        own.resolve("duckdb"),
        NativeLibrary.cacheFolder(
            Map.of("LANCEWRIGHT_CACHE_DIR", "/own", "XDG_CACHE_HOME", "/xdg"), "Linux"));
    assertEquals(
        Path.of("/xdg/lancewright/duckdb"),
        NativeLibrary.cacheFolder(Map.of("XDG_CACHE_HOME", "/xdg"), "Linux"));
    assertEquals(
        home.resolve(".cache/lancewright/duckdb"),
        NativeLibrary.cacheFolder(Map.of("XDG_CACHE_HOME", "relative"), "Linux"));
    assertEquals(
        home.resolve("Library/Caches/lancewright/duckdb"),
        NativeLibrary.cacheFolder(Map.of("XDG_CACHE_HOME", "/xdg"), "Mac OS X"));
    assertEquals(
        home.resolve("AppData/Local/lancewright/duckdb"),
        NativeLibrary.cacheFolder(Map.of(), "Windows 11"));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private URL jar(String name, String version, byte[] library) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (version != null) {
      manifest.getMainAttributes().put(new Attributes.Name("Bundle-Version"), version);
    }
    Path jar = temporary.resolve(name);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      entries.putNextEntry(new JarEntry("library"));
      entries.write(library);
      entries.closeEntry();
    }
    return URI.create("jar:" + jar.toUri() + "!/library").toURL();
  }
}
