package dev.lancewright.internal.file;

import dev.lancewright.column.Column;
import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.layout.EncodedPage;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.proto.EncodingsProto.ColumnEncoding;
import dev.lancewright.internal.proto.File2Proto.ColumnMetadata;
import dev.lancewright.internal.proto.File2Proto.DirectEncoding;
import dev.lancewright.internal.proto.File2Proto.Encoding;
import dev.lancewright.internal.rows.ColumnBuffer;
import dev.lancewright.internal.rows.Page;
import dev.lancewright.internal.wire.WireMessage;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One column of a file: the rows that wait for a page, and the pages put out. */
public final class ColumnWriter {
  /** The fields of the library's {@code Any}. */
  private static final int TYPE_URL = 1;

  private static final int VALUE = 2;

  private static final WireMessage VALUES =
      direct(
          "/lance.encodings.ColumnEncoding",
          new WireMessage().message(ColumnEncoding.VALUES_FIELD_NUMBER, new WireMessage()));

  private final LeafPath path;
  private final int field;
  private final ColumnBuffer buffer;
  private final long pageBytes;
  private final CodecOptions options;
  private final WireMessage metadata =
      new WireMessage().message(ColumnMetadata.ENCODING_FIELD_NUMBER, VALUES);
  private final Set<String> encodings = new LinkedHashSet<>();
  private int pages;
  private long nulls;
  private long bytesIn;
  private long bytesOut;

  ColumnWriter(LeafPath path, int field, long pageBytes, CodecOptions options, PagePool pool) {
    this.path = path;
    this.field = field;
    this.buffer = new ColumnBuffer(path, pool);
    this.pageBytes = pageBytes;
    this.options = options;
  }

  /** Turns to the next batch. */
  void open(List<Column> batch) {
    buffer.open(batch.get(field));
  }

  /** Drops all references to the batch. */
  void close() {
    buffer.close();
  }

  /** Like {@link ColumnBuffer#rowsToComplete}, for this column's pages. */
  long rowsToCompletePage(long from, long count) {
    return buffer.rowsToComplete(from, count, pageBytes);
  }

  /** Copies rows that do not complete a page. */
  void append(long from, long count) {
    buffer.reserve(from, count, pageBytes);
    buffer.append(from, count);
  }

  /** Takes rows that complete a page, and hands it over. */
  void completePage(long from, long count, PageWriter pages) throws IOException {
    buffer.reserve(from, count, pageBytes);
    if (pages.prefersCopies() && !buffer.isWide(from, count)) {
      buffer.append(from, count);
      pages.write(this, buffer.flush());
    } else {
      pages.write(this, buffer.complete(from, count));
    }
  }

  /** Hands over the rows that wait, if there are any. */
  void flush(PageWriter pages) throws IOException {
    if (buffer.rows() > 0) {
      pages.write(this, buffer.flush());
    }
  }

  /**
   * Takes down what was written. Called for one page at a time, in order.
   *
   * @param written the page, which may have become several
   * @param position where in the file the positions of {@code encoded} count from
   */
  void addPages(Page written, List<EncodedPage> encoded, long position) {
    long row = written.firstRow();
    for (EncodedPage page : encoded) {
      metadata.message(ColumnMetadata.PAGES_FIELD_NUMBER, message(page, row, position));
      pages++;
      row += page.rows();
      nulls += page.nulls();
      bytesIn += page.valueBytes();
      bytesOut += page.bytes();
      encodings.add(page.layout().text());
    }
  }

  private WireMessage message(EncodedPage page, long firstRow, long position) {
    long[] offsets = new long[page.positions().size()];
    long[] sizes = new long[offsets.length];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = position + page.positions().get(i);
      sizes[i] = page.sizes().get(i);
    }
    WireMessage layout = direct("/lance.encodings21.PageLayout", page.layout().message());
    return new WireMessage()
        .numbers(ColumnMetadata.Page.BUFFER_OFFSETS_FIELD_NUMBER, offsets)
        .numbers(ColumnMetadata.Page.BUFFER_SIZES_FIELD_NUMBER, sizes)
        .number(ColumnMetadata.Page.LENGTH_FIELD_NUMBER, page.rows() * path.slotsPerRow())
        .message(ColumnMetadata.Page.ENCODING_FIELD_NUMBER, layout)
        .number(ColumnMetadata.Page.PRIORITY_FIELD_NUMBER, firstRow);
  }

  /**
   * The {@code Encoding} that holds a message after its type.
   *
   * @param type the name of the message, which the format gives no host before the slash
   */
  private static WireMessage direct(String type, WireMessage message) {
    WireMessage any = new WireMessage().text(TYPE_URL, type).message(VALUE, message);
    return new WireMessage()
        .message(
            Encoding.DIRECT_FIELD_NUMBER,
            new WireMessage().message(DirectEncoding.ENCODING_FIELD_NUMBER, any));
  }

  /** Where in the schema the column's values belong. */
  public LeafPath path() {
    return path;
  }

  /** What decides how the column is encoded. */
  CodecOptions options() {
    return options;
  }

  /** What the file says of this column so far. */
  WireMessage metadata() {
    return metadata;
  }

  /** Bytes of the values that wait for a page. */
  long bufferedBytes() {
    return buffer.bytes();
  }

  /** Pages put out. */
  public int pages() {
    return pages;
  }

  /** Each way the pages are encoded, in order of first use. */
  public List<String> encodings() {
    return List.copyOf(encodings);
  }

  /** Nulls in the pages put out. */
  public long nulls() {
    return nulls;
  }

  /** Bytes of the values in the pages put out, as {@link Column#valueBytes} counts them. */
  public long bytesIn() {
    return bytesIn;
  }

  /** Bytes of the buffers of all pages, without padding. */
  public long bytesOut() {
    return bytesOut;
  }
}
