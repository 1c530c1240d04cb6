package dev.lancewright;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Holds the room plan of docs/design.md. */
@AnalyzeClasses(packages = "dev.lancewright", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule arrowsPointDownwards =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("cli")
          .definedBy("dev.lancewright.cli..")
          .layer("root")
          .definedBy("dev.lancewright")
          .layer("arrow")
          .definedBy("dev.lancewright.arrow")
          .layer("file")
          .definedBy("dev.lancewright.internal.file")
          .layer("layout")
          .definedBy("dev.lancewright.internal.layout")
          .layer("codec")
          .definedBy("dev.lancewright.internal.codec")
          .layer("simd")
          .definedBy("dev.lancewright.internal.simd")
          .layer("column")
          .definedBy("dev.lancewright.column")
          .layer("schema")
          .definedBy("dev.lancewright.schema")
          .layer("compression")
          .definedBy("dev.lancewright.compression")
          .layer("io")
          .definedBy("dev.lancewright.io")
          .layer("proto")
          .definedBy("dev.lancewright.internal.proto")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("root")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("arrow")
          .mayOnlyBeAccessedByLayers("cli", "root")
          .whereLayer("file")
          .mayOnlyBeAccessedByLayers("root")
          .whereLayer("layout")
          .mayOnlyBeAccessedByLayers("root", "file")
          .whereLayer("codec")
          .mayOnlyBeAccessedByLayers("root", "file", "layout")
          .whereLayer("simd")
          .mayOnlyBeAccessedByLayers("root", "layout", "codec")
          .whereLayer("column")
          .mayOnlyBeAccessedByLayers("cli", "root", "arrow", "file", "layout", "codec")
          .whereLayer("compression")
          .mayOnlyBeAccessedByLayers("cli", "root", "file", "layout", "codec")
          .whereLayer("io")
          .mayOnlyBeAccessedByLayers("cli", "root", "file")
          .whereLayer("proto")
          .mayOnlyBeAccessedByLayers("file", "layout", "codec");

  @ArchTest
  static final ArchRule leavesKnowNobody =
      noClasses()
          .that(resideInAnyPackage("dev.lancewright.format", "dev.lancewright.internal.memory"))
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.lancewright..")
                  .and(
                      DescribedPredicate.not(
                          resideInAnyPackage(
                              "dev.lancewright.format", "dev.lancewright.internal.memory"))));

  @ArchTest
  static final ArchRule noCycles =
      slices().matching("dev.lancewright.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule reinterpretStaysAtTheBorders =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lancewright.arrow", "dev.lancewright.ffi", "dev.lancewright.cli.engine")
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
              "dev.lancewright.arrow",
              "dev.lancewright.io",
              "dev.lancewright.ffi",
              "dev.lancewright.cli..",
              "dev.lancewright.column")
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
              "dev.lancewright.internal.codec",
              "dev.lancewright.internal.proto")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule commandLineLibrariesStayInTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lancewright.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.duckdb..", "com.google.gson..");

  private static DescribedPredicate<JavaMethodCall> call(String name, Class<?> owner) {
    return describe(
        "call " + owner.getSimpleName() + "." + name,
        call ->
            call.getTarget().getName().equals(name) && call.getTargetOwner().isEquivalentTo(owner));
  }
}
