package dev.lancewright.internal.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kernels run on is decided when they are first used, so it takes a JVM for each case. */
class SimdTest {
  private static final String MODULE = "jdk.incubator.vector";
  private static final String ADD_MODULE = "--add-modules=" + MODULE;
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** A property that lets {@link Probe} work until vectors pay. */
  private static final String WORKS_MUCH = "works.much";

  @TempDir private Path folder;

  /** Prints what kernels run on, then what one of them says. */
  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      try {
        System.out.println(Simd.description());
      } catch (IllegalStateException e) {
        System.out.println("refused: " + e.getMessage());
        IllegalStateException again = assertThrows(IllegalStateException.class, Probe::runKernel);
        assertEquals(e.getMessage(), again.getMessage());
        return;
      }
      runKernel();
      if (Boolean.getBoolean(WORKS_MUCH)) {
        workMuch();
        workMuch();
      }
    }

    /** Lets a kernel work so much that it would go over to vectors. */
    private static void workMuch() {
      Warmup warmup = new Warmup(1000);
      assertEquals(false, warmup.vectors(600));
      assertEquals(false, warmup.vectors(600));
      assertEquals(Simd.vectors(), warmup.vectors(600));
    }

    private static void runKernel() {
      assertEquals(100, Utf8.asciiEnd(MemorySegment.ofArray(new byte[100]), 0, 100));
    }
  }

  /** Runs {@link Probe} in a JVM with these flags and returns what it printed. */
  private String probe(String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(flags));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(1, TimeUnit.MINUTES);
    process.destroyForcibly();
    String printed = Files.readString(output, StandardCharsets.UTF_8);
    assertTrue(ended && process.exitValue() == 0, () -> command + ": " + printed);
    return printed;
  }

  private static void assertContains(String expected, String printed) {
    assertTrue(printed.contains(expected), printed);
  }

  /** Without it every other test would be of one twin. */
  @Test
  void vectorsAreUsedWhereTheModuleIs() {
    boolean hasModule = ModuleLayer.boot().findModule(MODULE).isPresent();
    assertEquals(hasModule && VectorLanes.MACHINE_BITS >= 128, Simd.vectors());
  }

  @Test
  void theModuleIsMissedWithoutAWarning() throws Exception {
    assertEquals(
        "scalar (jdk.incubator.vector is not in the module graph; add --add-modules"
            + " jdk.incubator.vector)\n",
        probe());
  }

  @Test
  void theModuleIsMissedOnceWhereItWouldPay() throws Exception {
    String printed = probe("-D" + WORKS_MUCH + "=true");
    String note = "INFO: Kernels do not run on vectors: jdk.incubator.vector is not in the module";
    assertContains(note, printed);
    assertEquals(printed.indexOf(note), printed.lastIndexOf(note), printed);
    String withModule = probe("-D" + WORKS_MUCH + "=true", ADD_MODULE, NATIVE_ACCESS);
    assertTrue(!withModule.contains("Kernels do not run"), withModule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "off"})
  void scalarIsPossibleWithTheModule(String value) throws Exception {
    String printed = probe(ADD_MODULE, NATIVE_ACCESS, "-Ddev.lancewright.simd=" + value);
    assertContains("scalar (the system property dev.lancewright.simd asks for it)", printed);
    assertTrue(!printed.contains("Kernels do not run"), printed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1"})
  void aJvmThatDoesNotCompileVectorsWarnsOfIt(String flag) throws Exception {
    String printed = probe(ADD_MODULE, NATIVE_ACCESS, flag);
    String reason = "the JVM runs without its optimizing compiler C2";
    assertContains("WARNING: Kernels do not run on vectors: " + reason, printed);
    assertContains("scalar (" + reason, printed);
  }

  @Test
  void shortVectorsAreNotUsed() throws Exception {
    assertContains(
        "scalar (vectors have 64 bits here, and kernels need 128)",
        probe(ADD_MODULE, NATIVE_ACCESS, "-XX:MaxVectorSize=8"));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void nativeAccessMustBeAllowed() throws Exception {
    assertContains(
        "scalar (native access is not allowed; add --enable-native-access=ALL-UNNAMED)",
        probe(ADD_MODULE, "--illegal-native-access=deny"));
  }

  @Test
  void vectorsThatMustBeAreRefusedWhereTheyCannot() throws Exception {
    assertContains(
        "refused: the system property dev.lancewright.simd asks for vectors, but kernels cannot run"
            + " on them: jdk.incubator.vector is not in the module graph",
        probe("-Ddev.lancewright.simd=vector"));
  }

  @Test
  void vectorsAreAsWideAsTheMachineHasThemOrAsTold() throws Exception {
    String printed = probe(ADD_MODULE, NATIVE_ACCESS, "-Ddev.lancewright.simd=vector");
    Matcher matcher = Pattern.compile("(?m)^vector, (\\d+) bits$").matcher(printed);
    assertTrue(matcher.find(), printed);
    int machine = Integer.parseInt(matcher.group(1));
    for (int bits = 128; bits <= 512; bits *= 2) {
      assertContains(
          bits <= machine
              ? "vector, %d bits\n".formatted(bits)
              : "refused: the system property dev.lancewright.simd.bits asks for vectors of %d bits,"
                      .formatted(bits)
                  + " but here they have %d; ask for no more\n".formatted(machine),
          probe(ADD_MODULE, NATIVE_ACCESS, "-Ddev.lancewright.simd.bits=" + bits));
    }
  }

  @Test
  void widerVectorsCanBeEmulated() throws Exception {
    assertContains(
        "vector, 512 bits\n",
        probe(
            ADD_MODULE,
            NATIVE_ACCESS,
            "-Ddev.lancewright.simd.bits=512",
            "-Ddev.lancewright.simd.emulated=true"));
  }

  @Test
  void otherValuesAreRefused() throws Exception {
    assertContains(
        "refused: the system property dev.lancewright.simd is 'fast'; it may be 'scalar' or"
            + " 'vector', or not set\n",
        probe("-Ddev.lancewright.simd=fast"));
    assertContains(
        "refused: the system property dev.lancewright.simd.bits is '64'; it may be 128, 256 or 512,"
            + " or not set\n",
        probe("-Ddev.lancewright.simd.bits=64"));
  }

  /** Some containers hide packages of the JDK from what they load. */
  @Test
  void classesThatCannotBeLoadedAreAReason() throws Exception {
    assumeTrue(ModuleLayer.boot().findModule(MODULE).isPresent());
    Class<?> simd = new WithoutVectors().loadClass(Simd.class.getName());
    assertEquals(
        "scalar (the classes of jdk.incubator.vector cannot be used:"
            + " java.lang.NoClassDefFoundError: jdk/incubator/vector/VectorShape)",
        simd.getMethod("description").invoke(null));
  }

  /** Loads the kernels once more. */
  private static final class WithoutVectors extends ClassLoader {
    WithoutVectors() {
      super(SimdTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith(MODULE)) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith(Simd.class.getPackageName())
          ? define(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        assertNotNull(file, name);
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
