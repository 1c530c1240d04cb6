package dev.lancewright.cli.engine;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * DuckDB's native library. It is part of the jar of {@code org.duckdb:duckdb_jdbc} and is unpacked
 * once into a cache folder of the user, under a name with its version and checksum.
 *
 * <p>The folder is {@code $LANCEWRIGHT_CACHE_DIR/duckdb} if set, and otherwise {@code
 * lancewright/duckdb} in the platform's cache folder: {@code $XDG_CACHE_HOME} or {@code ~/.cache},
 * on macOS {@code ~/Library/Caches}, on Windows {@code %LOCALAPPDATA%}. Only its owner may enter
 * it.
 */
final class NativeLibrary {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  /** The library's functions; null until loaded. */
  private static SymbolLookup symbols;

  private NativeLibrary() {}

  /** Unpacks the library if necessary and loads it, once per process. */
  static synchronized void load() throws IOException {
    if (symbols != null) {
      return;
    }
    URL resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
    Path folder = cacheFolder(System.getenv(), System.getProperty("os.name"));
    SymbolLookup loaded = open(unpack(resource, folder));
    // The newest function that is called, which is missing in releases before 1.4.
    if (loaded.find("duckdb_data_chunk_to_arrow").isEmpty()) {
      throw new IOException(
          "the DuckDB library of %s is too old; org.duckdb:duckdb_jdbc 2.0.0.1 or later is needed"
              .formatted(resource));
    }
    symbols = loaded;
  }

  /** Returns the library's functions; {@link #load} must have returned before. */
  static synchronized SymbolLookup symbols() {
    if (symbols == null) {
      throw new IllegalStateException("DuckDB's library is not loaded");
    }
    return symbols;
  }

  /** Returns the resource in DuckDB's jar with the library for a platform. */
  static URL resource(String osName, String osArch) throws IOException {
    ClassLoader loader = NativeLibrary.class.getClassLoader();
    if (loader.getResource("org/duckdb/DuckDBDriver.class") == null) {
      throw new IOException(
          "DuckDB is not on the class path; add the dependency org.duckdb:duckdb_jdbc, 2.0.0.1 or"
              + " later");
    }
    String platform = operatingSystem(osName) + "_" + architecture(osArch);
    URL resource = loader.getResource("libduckdb_java.so_" + platform);
    if (resource == null) {
      throw new IOException("DuckDB's jar on the class path has no library for " + platform);
    }
    return resource;
  }

  private static String operatingSystem(String osName) {
    String name = osName.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "macos" : name;
  }

  private static String architecture(String osArch) {
    return switch (osArch) {
      case "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      default -> osArch;
    };
  }

  static Path cacheFolder(Map<String, String> environment, String osName) {
    String chosen = environment.get("LANCEWRIGHT_CACHE_DIR");
    Path folder =
        chosen != null && !chosen.isEmpty()
            ? Path.of(chosen)
            : platformCaches(environment, operatingSystem(osName)).resolve("lancewright");
    return folder.resolve("duckdb").toAbsolutePath();
  }

  private static Path platformCaches(Map<String, String> environment, String operatingSystem) {
    Path home = Path.of(System.getProperty("user.home"));
    return switch (operatingSystem) {
      case "macos" -> home.resolve("Library/Caches");
      case "windows" -> absoluteOr(environment.get("LOCALAPPDATA"), home.resolve("AppData/Local"));
      default -> absoluteOr(environment.get("XDG_CACHE_HOME"), home.resolve(".cache"));
    };
  }

  /** Returns a base folder; according to the specification, relative ones must be ignored. */
  private static Path absoluteOr(String path, Path otherwise) {
    return path != null && Path.of(path).isAbsolute() ? Path.of(path) : otherwise;
  }

  /**
   * Returns the library as a file in the folder. Any number of processes may unpack it at the same
   * time.
   */
  static Path unpack(URL resource, Path folder) throws IOException {
    try {
      if (!(resource.openConnection() instanceof JarURLConnection connection)) {
        throw new IOException(resource + " is not in a jar");
      }
      connection.setUseCaches(false);
      try (JarFile jar = connection.getJarFile()) {
        JarEntry entry = connection.getJarEntry();
        Path library = folder.resolve(fileName(connection.getMainAttributes(), entry));
        makePrivate(folder);
        if (!isWhole(library, entry)) {
          write(jar, entry, library);
        }
        return library;
      }
    } catch (IOException e) {
      throw new IOException(
          "cannot unpack DuckDB's library into %s (%s); set LANCEWRIGHT_CACHE_DIR to a folder that you can write"
              .formatted(folder, e),
          e);
    }
  }

  private static String fileName(Attributes manifest, JarEntry entry) {
    String version = manifest == null ? null : manifest.getValue("Bundle-Version");
    return System.mapLibraryName(
        "duckdb-%s-%08x".formatted(Objects.requireNonNullElse(version, "unknown"), entry.getCrc()));
  }

  private static boolean isWhole(Path library, JarEntry entry) throws IOException {
    return Files.exists(library) && Files.size(library) == entry.getSize();
  }

  private static void makePrivate(Path folder) throws IOException {
    Files.createDirectories(folder.getParent());
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(folder);
      return;
    }
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Fails if the folder belongs to another user, who could place any library there.
      if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(folder, OWNER_ONLY);
      }
    }
  }

  private static void write(JarFile jar, JarEntry entry, Path library) throws IOException {
    Path part = Files.createTempFile(library.getParent(), "duckdb-", ".part");
    try {
      try (InputStream in = jar.getInputStream(entry);
          FileChannel channel = FileChannel.open(part, WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        in.transferTo(out);
        channel.force(true);
      }
      Files.move(part, library, ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Windows does not replace a library in use, in which case another process was faster.
      if (!isWhole(library, entry)) {
        throw e;
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup open(Path library) throws IOException {
    try {
      return SymbolLookup.libraryLookup(library, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new IOException("cannot load DuckDB's library: " + e.getMessage(), e);
    }
  }
}
