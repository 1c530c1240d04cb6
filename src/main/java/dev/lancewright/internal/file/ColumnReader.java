package dev.lancewright.internal.file;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.file.FileTail.ColumnField;
import dev.lancewright.internal.proto.Encodings21Proto;
import dev.lancewright.internal.proto.EncodingsProto;
import dev.lancewright.internal.proto.File2Proto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks and unpacks the metadata of columns. */
final class ColumnReader {
  private static final String COLUMN_ENCODING =
      EncodingsProto.ColumnEncoding.getDescriptor().getFullName();
  private static final String ARRAY_ENCODING = "lance.encodings.ArrayEncoding";
  private static final String PAGE_LAYOUT =
      Encodings21Proto.PageLayout.getDescriptor().getFullName();

  private final FormatVersion version;
  private final long dataEnd;
  private final long rows;

  /**
   * @param dataEnd the position that no page buffer reaches beyond
   * @param rows the number of rows in the file
   */
  ColumnReader(FormatVersion version, long dataEnd, long rows) {
    this.version = version;
    this.dataEnd = dataEnd;
    this.rows = rows;
  }

  FileTail.Column read(String name, ColumnField field, File2Proto.ColumnMetadata metadata)
      throws LanceFormatException {
    checkColumnEncoding(name, metadata);
    List<FileTail.Page> pages = new ArrayList<>();
    long length = 0;
    for (File2Proto.ColumnMetadata.Page page : metadata.getPagesList()) {
      String pageName = "page " + pages.size() + " of " + name;
      if (page.getLength() < 0 || length + page.getLength() < 0) {
        throw new LanceFormatException(
            "%s is said to have %s rows"
                .formatted(pageName, Long.toUnsignedString(page.getLength())));
      }
      length += page.getLength();
      pages.add(
          new FileTail.Page(
              page.getLength(),
              page.getPriority(),
              buffers(pageName, page),
              layout(pageName, page)));
    }
    if (field.rowPages() && length != rows) {
      throw new LanceFormatException(
          "%s has %d rows in its pages, but the file is said to have %d"
              .formatted(name, length, rows));
    }
    return new FileTail.Column(field, pages);
  }

  private List<Extent> buffers(String name, File2Proto.ColumnMetadata.Page page)
      throws LanceFormatException {
    if (page.getBufferOffsetsCount() != page.getBufferSizesCount()) {
      throw new LanceFormatException(
          "%s has %d buffer offsets, but %d buffer sizes"
              .formatted(name, page.getBufferOffsetsCount(), page.getBufferSizesCount()));
    }
    List<Extent> buffers = new ArrayList<>();
    for (int i = 0; i < page.getBufferOffsetsCount(); i++) {
      Extent buffer = new Extent(page.getBufferOffsets(i), page.getBufferSizes(i));
      TailReader.check(
          "buffer " + i + " of " + name, buffer, 0, dataEnd, version != FormatVersion.V2_0);
      buffers.add(buffer);
    }
    return buffers;
  }

  private void checkColumnEncoding(String name, File2Proto.ColumnMetadata metadata)
      throws LanceFormatException {
    ByteString bytes = unpack(name, metadata.getEncoding(), COLUMN_ENCODING);
    EncodingsProto.ColumnEncoding encoding =
        TailReader.parse(
            "the encoding of " + name, () -> EncodingsProto.ColumnEncoding.parseFrom(bytes));
    if (encoding.getColumnEncodingCase()
        == EncodingsProto.ColumnEncoding.ColumnEncodingCase.COLUMNENCODING_NOT_SET) {
      throw new LanceFormatException(name + " has an encoding of an unknown kind");
    }
  }

  private Optional<Encodings21Proto.PageLayout> layout(
      String name, File2Proto.ColumnMetadata.Page page) throws LanceFormatException {
    if (version == FormatVersion.V2_0) {
      unpack(name, page.getEncoding(), ARRAY_ENCODING);
      return Optional.empty();
    }
    ByteString bytes = unpack(name, page.getEncoding(), PAGE_LAYOUT);
    return Optional.of(
        TailReader.parse(
            "the encoding of " + name, () -> Encodings21Proto.PageLayout.parseFrom(bytes)));
  }

  private ByteString unpack(String name, File2Proto.Encoding encoding, String type)
      throws LanceFormatException {
    if (!encoding.hasDirect()) {
      throw new LanceFormatException(
          encoding.hasIndirect()
              ? name + " has its encoding in another place, which no reader supports"
              : name + " has no encoding");
    }
    Any any =
        TailReader.parse(
            "the encoding of " + name, () -> Any.parseFrom(encoding.getDirect().getEncoding()));
    // Writers differ in what they put before the slash.
    if (!any.getTypeUrl().endsWith("/" + type)) {
      throw new LanceFormatException(
          "%s has an encoding of type %s; in format %s it must be %s"
              .formatted(name, FileText.quote(any.getTypeUrl()), version, type));
    }
    return any.getValue();
  }
}
