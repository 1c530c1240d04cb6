package dev.lancewright.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What users see is described. The compiler checks what descriptions say, but not that they are.
 */
class JavadocTest {
  private static final Path LIBRARY = Path.of("src/main/java");

  @ParameterizedTest
  @ValueSource(strings = {"src/main/java", "src/cli/java"})
  void packagesSayWhatLivesInThem(Path root) throws IOException {
    List<Path> packages =
        sources(root)
            .map(Path::getParent)
            .filter(folder -> !folder.equals(root))
            .distinct()
            .toList();
    assertFalse(packages.isEmpty(), root + " has no sources");
    for (Path folder : packages) {
      Path description = folder.resolve("package-info.java");
      assertTrue(Files.exists(description), description + " is missing");
      assertTrue(
          Files.readString(description).startsWith("/**"), description + " describes nothing");
    }
  }

  @Test
  void allThatIsExportedIsDescribed() throws IOException {
    List<Path> exported =
        sources(LIBRARY).filter(file -> !file.toString().contains("/internal/")).toList();
    assertTrue(exported.size() > 50, () -> "only these are exported: " + exported);
    assertEquals(List.of(), withoutDescription(exported));
  }

  private static Stream<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    }
  }

  private static List<String> withoutDescription(List<Path> files) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      Search search = new Search(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        search.scan(unit, null);
      }
      return search.found;
    }
  }

  /** Collects what users can call, extend or read and has no comment. */
  private static final class Search extends TreePathScanner<Void, Void> {
    private final DocTrees docs;
    private final List<String> found = new ArrayList<>();

    Search(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (isVisible(type.getModifiers())) {
        check(type.getSimpleName().toString());
        super.visitClass(type, null);
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (isVisible(method.getModifiers()) && !overrides && !isOfRecord(method)) {
        check(enclosing().getSimpleName() + "." + method.getName());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (isVisible(field.getModifiers())) {
        check(enclosing().getSimpleName() + "." + field.getName());
      }
      return null;
    }

    private void check(String name) {
      if (docs.getDocComment(getCurrentPath()) == null) {
        found.add(name);
      }
    }

    private boolean isVisible(ModifiersTree modifiers) {
      boolean isOpen =
          modifiers.getFlags().contains(Modifier.PUBLIC)
              || modifiers.getFlags().contains(Modifier.PROTECTED);
      return isOpen
          || (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree type
              && type.getKind() == Tree.Kind.INTERFACE
              && !modifiers.getFlags().contains(Modifier.PRIVATE));
    }

    /** A record's description is its constructor's too. */
    private boolean isOfRecord(MethodTree method) {
      return method.getReturnType() == null && enclosing().getKind() == Tree.Kind.RECORD;
    }

    private ClassTree enclosing() {
      return (ClassTree) getCurrentPath().getParentPath().getLeaf();
    }
  }
}
