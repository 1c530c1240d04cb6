package dev.lancewright;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the room plan of docs/design.md. */
@AnalyzeClasses(packages = "dev.lancewright", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final int MAX_FILES_PER_PACKAGE = 30;

  /** Each package and those it may use, from the bottom up: {@code package: used, used}. */
  private static final List<String> ROOMS =
      """
      internal:
      format: internal
      schema: internal, format
      io: internal, format
      column: internal, format, schema
      compression: internal, format, schema
      internal.proto:
      internal.wire:
      internal.simd: format
      internal.memory: format, column
      builder: internal, format, schema, column, internal.memory
      internal.cdata:
      internal.values: format, schema, column, internal.memory, internal.simd
      internal.check: format, schema, column, internal.simd, internal.values
      internal.fsst: format, schema, column, internal.memory, internal.simd
      internal.dictionary: format, schema, column, internal.memory, internal.simd
      internal.codec: format, schema, column, compression, internal.proto, internal.wire, internal.memory, \
      internal.simd, internal.fsst, internal.dictionary
      internal.levels: format, schema, column, internal.proto, internal.memory, internal.simd, \
      internal.values, internal.codec
      internal.plan: format, schema, column, compression, internal.proto, internal.memory, \
      internal.simd, internal.fsst, internal.dictionary, internal.codec
      internal.rows: format, schema, column, internal.memory, internal.simd, internal.values, \
      internal.codec, internal.levels
      internal.layout: format, schema, column, compression, internal.proto, internal.wire, internal.memory, \
      internal.simd, internal.values, internal.codec, internal.levels, internal.plan, internal.rows
      internal.file: format, schema, io, column, compression, internal.proto, internal.wire, internal.memory, \
      internal.check, internal.codec, internal.levels, internal.rows, internal.layout
      arrow: internal, format, schema, column, internal.memory, internal.cdata
      ROOT: internal, format, schema, io, column, compression, arrow, internal.proto, \
      internal.memory, internal.simd, internal.check, internal.codec, internal.levels, internal.file
      ffi: format, schema, io, column, compression, arrow, internal.cdata, ROOT
      cli.text: format, schema, column
      cli.compare: schema, column, cli.text
      cli.engine: format, schema, column, arrow
      cli: format, schema, io, column, compression, arrow, ROOT, cli.text, cli.compare, cli.engine
      """
          .lines()
          .toList();

  @ArchTest static final ArchRule arrowsPointDownwards = arrows();

  private static ArchRule arrows() {
    LayeredArchitecture rooms =
        layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.lancewright..")
            .ensureAllClassesAreContainedInArchitecture();
    for (String room : ROOMS) {
      String name = room.substring(0, room.indexOf(':'));
      String used = room.substring(room.indexOf(':') + 1).strip();
      rooms =
          rooms
              .layer(name)
              .definedBy(name.equals("ROOT") ? "dev.lancewright" : "dev.lancewright." + name);
      rooms =
          used.isEmpty()
              ? rooms.whereLayer(name).mayNotAccessAnyLayer()
              : rooms.whereLayer(name).mayOnlyAccessLayers(used.split(", "));
    }
    return rooms;
  }

  @Test
  void noPackageIsCrowded() throws IOException {
    for (Path root : List.of(Path.of("src/main/java"), Path.of("src/cli/java"))) {
      try (Stream<Path> files = Files.walk(root)) {
        Map<Path, Long> counts =
            files
                .filter(file -> file.toString().endsWith(".java"))
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        assertFalse(counts.isEmpty(), root + " has no sources");
        counts.forEach(
            (folder, count) ->
                assertTrue(count <= MAX_FILES_PER_PACKAGE, folder + " has " + count + " files"));
      }
    }
  }

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.lancewright.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule reinterpretStaysAtTheBorders =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lancewright.arrow",
              "dev.lancewright.internal.cdata",
              "dev.lancewright.ffi",
              "dev.lancewright.cli.engine")
          // It checks memory once for each call of a kernel rather than at each access.
          .and()
          .doNotHaveFullyQualifiedName("dev.lancewright.internal.simd.VectorMemory")
          .should()
          .callMethodWhere(call("reinterpret", MemorySegment.class));

  @ArchTest
  static final ArchRule arenasHaveFewOwners =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lancewright.internal.memory",
              "dev.lancewright.internal.cdata",
              "dev.lancewright.arrow",
              "dev.lancewright.io",
              "dev.lancewright.ffi",
              "dev.lancewright.cli..")
          .should()
          .callMethodWhere(
              call("ofShared", Arena.class)
                  .or(call("ofConfined", Arena.class))
                  .or(call("ofAuto", Arena.class)));

  @ArchTest
  static final ArchRule vectorsStayInKernels =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lancewright.internal.simd")
          .or()
          .haveSimpleNameNotStartingWith("Vector")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  @ArchTest
  static final ArchRule protobufStaysInside =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lancewright.internal.file",
              "dev.lancewright.internal.layout",
              "dev.lancewright.internal.levels",
              "dev.lancewright.internal.plan",
              "dev.lancewright.internal.codec",
              "dev.lancewright.internal.proto")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule theLibraryNeedsThreeLibraries =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lancewright.cli..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "dev.lancewright..",
              "java..",
              "jdk.incubator.vector..",
              "com.google.protobuf..",
              "com.github.luben.zstd..",
              "net.jpountz..");

  private static DescribedPredicate<JavaMethodCall> call(String name, Class<?> owner) {
    return describe(
        "call " + owner.getSimpleName() + "." + name,
        call ->
            call.getTarget().getName().equals(name) && call.getTargetOwner().isEquivalentTo(owner));
  }
}
