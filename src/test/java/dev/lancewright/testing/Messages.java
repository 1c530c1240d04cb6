package dev.lancewright.testing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.lancewright.internal.codec.EncodingMessage;
import dev.lancewright.internal.file.EncodingText;
import dev.lancewright.internal.layout.EncodedPage;
import dev.lancewright.internal.proto.Encodings21Proto.CompressiveEncoding;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.proto.FileProto.FileDescriptor;
import dev.lancewright.internal.wire.WireMessage;

/**
 * What is written by hand as the protobuf library reads it. The library must write the same bytes,
 * and readers must find the same words.
 */
public final class Messages {
  private Messages() {}

  /** The encoding that a message describes. */
  public static CompressiveEncoding encoding(EncodingMessage written) {
    CompressiveEncoding read = parse(CompressiveEncoding.parser(), written.message());
    assertEquals(EncodingText.describe(read), written.text());
    return read;
  }

  /** The layout of a page. */
  public static PageLayout layout(EncodedPage page) {
    PageLayout read = parse(PageLayout.parser(), page.layout().message());
    assertEquals(EncodingText.describe(read, page.sizes().size()), page.layout().text());
    return read;
  }

  /** The descriptor of a file. */
  public static FileDescriptor descriptor(WireMessage written) {
    return parse(FileDescriptor.parser(), written);
  }

  private static <T extends MessageLite> T parse(Parser<T> parser, WireMessage written) {
    try {
      T read = parser.parseFrom(written.toByteArray());
      assertArrayEquals(read.toByteArray(), written.toByteArray());
      return read;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
