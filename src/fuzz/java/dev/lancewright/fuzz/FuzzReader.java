package dev.lancewright.fuzz;

import com.code_intelligence.jazzer.Jazzer;
import dev.lancewright.LanceFileMetadata;
import dev.lancewright.LanceReader;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.file.FileTail;
import dev.lancewright.internal.proto.FileProto;
import dev.lancewright.io.MemorySource;
import dev.lancewright.schema.Field;
import dev.lancewright.testing.Nulls;
import dev.lancewright.testing.Readout;
import dev.lancewright.testing.Sketch;
import dev.lancewright.testing.SmallFiles;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * A target for Jazzer: what it makes up is read, or refused with a {@link LanceFormatException}.
 * Inputs are files, or {@linkplain Sketch sketches} of files.
 */
public final class FuzzReader {
  /** Four times what the nulls of a batch may take, and what else a small file may. */
  private static final long MOST_BYTES = (1L << 30) + (64L << 20);

  private static final byte[] MAGIC = {'L', 'A', 'N', 'C'};
  private static final int BATCH_ROWS = 300;
  private static final long MOST_SEED_BYTES = 24 << 10;
  private static final int EDIT_BYTES = 12;

  private FuzzReader() {}

  /**
   * Runs Jazzer over seeds from {@code testdata} and our own writer.
   *
   * @param arguments a directory for inputs and finds, then options for Jazzer
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments[0]);
    Path corpus = Files.createDirectories(directory.resolve("corpus"));
    writeSeeds(corpus);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--target_class=" + FuzzReader.class.getName(),
                "--instrumentation_includes=dev.lancewright.**",
                "--custom_hook_includes=dev.lancewright.**",
                "-timeout=20",
                "-rss_limit_mb=6000",
                "--reproducer_path=" + directory,
                "-artifact_prefix=" + directory + "/"));
    options.addAll(Arrays.asList(arguments).subList(1, arguments.length));
    options.add(corpus.toString());
    Jazzer.main(options.toArray(String[]::new));
  }

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    try {
      read(isFile(input) ? input : file(input));
    } catch (LanceFormatException e) {
      if (e.getMessage() == null || !e.getMessage().startsWith("fuzz")) {
        throw new AssertionError("does not name the file", e);
      }
    }
  }

  private static boolean isFile(byte[] input) {
    int from = input.length - MAGIC.length;
    return from >= 0 && Arrays.equals(input, from, input.length, MAGIC, 0, MAGIC.length);
  }

  private static byte[] file(byte[] input) {
    Sketch sketch = Sketch.of(input);
    Edits.apply(sketch);
    return sketch.file();
  }

  private static void read(byte[] file) throws IOException {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment bytes = arena.allocate(Math.max(1, file.length)).asSlice(0, file.length);
      MemorySegment.copy(file, 0, bytes, ValueLayout.JAVA_BYTE, 0, file.length);
      Readout readout = new Readout(MOST_BYTES);
      try (LanceReader reader = LanceReader.open(new MemorySource("fuzz", bytes))) {
        for (int i = 0; i < reader.columnCount(); i++) {
          reader.column(i).pages().forEach(FuzzReader::describe);
        }
        List<String> names = reader.schema().fields().stream().map(Field::name).toList();
        readout.scan(reader, names, BATCH_ROWS);
        readout.take(reader, names);
        reader.verify();
      }
    }
  }

  private static void describe(LanceFileMetadata.Page page) {
    if (page.encoding().isEmpty() || page.details().isEmpty()) {
      throw new AssertionError("a page without a description");
    }
  }

  private static void writeSeeds(Path corpus) throws IOException {
    try (Stream<Path> files = Files.list(Path.of("testdata", "reference"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".lance")).toList()) {
        writeSeeds(corpus, file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    for (FormatVersion version : List.of(FormatVersion.V2_1, FormatVersion.V2_2)) {
      for (int i = 0; i < 6; i++) {
        String name = version + "-" + i;
        writeSeeds(corpus, name + "-encodings", SmallFiles.encodings(version, i, 30, 110));
        writeSeeds(corpus, name + "-long", SmallFiles.encodings(version, 90 + i, 10, 1030));
        writeSeeds(corpus, name + "-nested", SmallFiles.nested(version, i, Nulls.SOME, 40));
        writeSeeds(corpus, name + "-nulls", SmallFiles.nested(version, i, Nulls.FIRST_HALF, 9));
      }
    }
  }

  /** The file if it is small, and a sketch of each of its fields. */
  private static void writeSeeds(Path corpus, String name, byte[] file) throws IOException {
    if (file.length < MOST_SEED_BYTES) {
      Files.write(corpus.resolve(name), file);
    }
    FileTail tail = FileTail.read(new MemorySource(name, MemorySegment.ofArray(file)));
    if (tail.version() == FormatVersion.V2_0) {
      return;
    }
    FileProto.FileDescriptor descriptor =
        FileProto.FileDescriptor.parseFrom(slice(file, tail.globalBuffers().getFirst()));
    List<FileProto.Field> fields = descriptor.getSchema().getFieldsList();
    for (int first = 0; first < fields.size(); ) {
      int end = first + 1;
      while (end < fields.size() && fields.get(end).getParentId() != -1) {
        end++;
      }
      byte[] seed = sketch(file, tail, descriptor.getLength(), fields.subList(first, end));
      if (seed.length < MOST_SEED_BYTES) {
        Files.write(corpus.resolve(name + "-" + first), seed);
        Files.write(corpus.resolve(name + "-" + first + "-edited"), edited(seed, first));
      }
      first = end;
    }
  }

  /** With changes by chance to start from. */
  private static byte[] edited(byte[] seed, int first) {
    Sketch sketch = Sketch.of(seed);
    sketch.edits = new byte[EDIT_BYTES];
    new SplittableRandom(31L * seed.length + first).nextBytes(sketch.edits);
    return sketch.toBytes();
  }

  private static byte[] sketch(byte[] file, FileTail tail, long rows, List<FileProto.Field> fields)
      throws IOException {
    Sketch sketch = new Sketch();
    sketch.version = tail.version() == FormatVersion.V2_1 ? 0 : 1;
    sketch.descriptor.setLength(rows).getSchemaBuilder().addAllFields(fields);
    List<Integer> ids = fields.stream().map(FileProto.Field::getId).toList();
    for (int i = 0; i < tail.columnCount(); i++) {
      if (!ids.contains(tail.fields().get(i).id())) {
        continue;
      }
      List<Sketch.Page> pages = new ArrayList<>();
      for (FileTail.Page page : tail.column(i).pages()) {
        Sketch.Page copy = new Sketch.Page();
        copy.layout.mergeFrom(page.layout().orElseThrow());
        copy.length = page.length();
        page.buffers().forEach(buffer -> copy.buffers.add(slice(file, buffer)));
        pages.add(copy);
      }
      sketch.columns.add(pages);
    }
    return sketch.toBytes();
  }

  private static byte[] slice(byte[] file, Extent extent) {
    return Arrays.copyOfRange(file, (int) extent.position(), (int) extent.end());
  }
}
