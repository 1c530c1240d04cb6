package dev.lancewright.internal.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.CompressionScheme;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.testing.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.HexFormat;

/** Takes pages, as a file does, and shows their bytes. */
public final class PageFile implements AutoCloseable {
  private final PagePool pool = new PagePool();
  private final ByteArrayOutputStream file = new ByteArrayOutputStream();
  private final StagedOutput output =
      new StagedOutput(
          pool,
          parts -> {
            for (MemorySegment part : parts) {
              file.writeBytes(part.toArray(ValueLayout.JAVA_BYTE));
            }
          });
  private final PageOutput pages = new PageOutput(output);

  public PagePool pool() {
    return pool;
  }

  /** An encoder that writes values as they are. */
  public StructuralPageEncoder encoder(FormatVersion version) {
    FieldCompression plain =
        new FieldCompression(
            CompressionScheme.NONE, null, null, null, null, null, null, null, null, null, false);
    return new StructuralPageEncoder(
        new CodecOptions(version, CompressionProfile.BALANCED, plain), pool);
  }

  public PageOutput pages() {
    return pages;
  }

  /** The bytes of a page's buffer. */
  byte[] buffer(EncodedPage page, int index) throws IOException {
    output.flush();
    int start = Math.toIntExact(page.positions().get(index));
    int end = start + Math.toIntExact(page.sizes().get(index));
    return Arrays.copyOfRange(file.toByteArray(), start, end);
  }

  /** Layout and buffers in hexadecimal digits. */
  public void assertPage(EncodedPage page, String layout, String... buffers) throws IOException {
    HexFormat hex = HexFormat.of();
    assertEquals(layout, hex.formatHex(Messages.layout(page).toByteArray()), "layout");
    assertBuffers(page, buffers);
  }

  /** Buffers in hexadecimal digits, which may have spaces between them. */
  void assertBuffers(EncodedPage page, String... buffers) throws IOException {
    assertEquals(buffers.length, page.positions().size(), "buffers");
    for (int i = 0; i < buffers.length; i++) {
      String expected = buffers[i].replace(" ", "");
      assertEquals(expected, HexFormat.of().formatHex(buffer(page, i)), "buffer " + i);
      assertEquals(0, page.positions().get(i) % 64, "alignment of buffer " + i);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
