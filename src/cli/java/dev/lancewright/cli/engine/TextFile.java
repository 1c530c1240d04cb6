package dev.lancewright.cli.engine;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A file of text, as UTF-8.
 *
 * @param name the name for messages
 * @param path the file to read: the named one, or a copy of it in UTF-8
 */
record TextFile(String name, String path) {
  private static final int BUFFER = 1 << 16;
  private static final byte[] MARK = "\uFEFF".getBytes(UTF_8);

  /**
   * Finds a file's text. Text in another encoding than UTF-8 is copied to a temporary file, as
   * DuckDB reads few encodings by itself; UTF-16 is told by its byte order mark.
   *
   * @param encoding the encoding, or null for UTF-8 or what the byte order mark says
   */
  static TextFile of(DuckDb engine, String path, Charset encoding) throws IOException {
    Charset charset = encoding == null ? marked(path) : encoding;
    return charset.equals(UTF_8)
        ? new TextFile(engine.nameOf(path), path)
        : copy(engine, path, charset);
  }

  /**
   * Finds a file's text like {@link #of}, without a byte order mark, which DuckDB takes as text.
   */
  static TextFile withoutMark(DuckDb engine, String path, Charset encoding) throws IOException {
    TextFile text = of(engine, path, encoding);
    try (InputStream in = text.open()) {
      boolean isMarked = Arrays.equals(in.readNBytes(MARK.length), MARK);
      return isMarked ? copy(engine, path, UTF_8) : text;
    }
  }

  private static TextFile copy(DuckDb engine, String path, Charset charset) throws IOException {
    Path copy = engine.temporaryFile(FileKind.of("input", path).extension());
    try (Reader in =
            new BufferedReader(
                new InputStreamReader(
                    open(path), charset.newDecoder().onMalformedInput(CodingErrorAction.REPORT)));
        Writer out = Files.newBufferedWriter(copy)) {
      in.mark(1);
      if (in.read() != '\uFEFF') {
        in.reset();
      }
      in.transferTo(out);
    } catch (CharacterCodingException e) {
      throw new IOException(
          "%s: the text is not in %s; name its encoding with --encoding"
              .formatted(engine.nameOf(path), charset),
          e);
    }
    return new TextFile(engine.nameOf(path), engine.name(copy, engine.nameOf(path)));
  }

  private static Charset marked(String file) throws IOException {
    try (InputStream in = open(file)) {
      byte[] mark = in.readNBytes(2);
      int bits = mark.length < 2 ? 0 : (mark[0] & 0xFF) << 8 | (mark[1] & 0xFF);
      return bits == 0xFEFF || bits == 0xFFFE ? UTF_16 : UTF_8;
    }
  }

  /** Opens the text, decompressed. */
  InputStream open() throws IOException {
    return open(path);
  }

  private static InputStream open(String file) throws IOException {
    InputStream in = Files.newInputStream(Path.of(file));
    try {
      String lower = file.toLowerCase(Locale.ROOT);
      if (lower.endsWith(".gz")) {
        return new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
      }
      return lower.endsWith(".zst") ? new ZstdInputStream(in).setContinuous(false) : in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw new IOException("%s: it cannot be decompressed: %s".formatted(file, e.getMessage()), e);
    }
  }
}
