package dev.lancewright.internal.file;

import com.google.protobuf.Any;
import com.google.protobuf.Empty;
import com.google.protobuf.Message;
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
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** One column of a file: the rows that wait for a page, and the pages put out. */
public final class ColumnWriter {
  private static final Encoding VALUES =
      direct(ColumnEncoding.newBuilder().setValues(Empty.getDefaultInstance()).build());

  private final LeafPath path;
  private final int field;
  private final ColumnBuffer buffer;
  private final long pageBytes;
  private final CodecOptions options;
  private final ColumnMetadata.Builder metadata = ColumnMetadata.newBuilder().setEncoding(VALUES);
  private final Set<String> encodings = new LinkedHashSet<>();
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
      ColumnMetadata.Page.Builder message = metadata.addPagesBuilder();
      for (long offset : page.positions()) {
        message.addBufferOffsets(position + offset);
      }
      message
          .addAllBufferSizes(page.sizes())
          .setLength(page.rows() * path.slotsPerRow())
          .setEncoding(direct(page.layout()))
          .setPriority(row);
      row += page.rows();
      nulls += page.nulls();
      bytesIn += page.valueBytes();
      bytesOut += page.bytes();
      encodings.add(EncodingText.describe(page.layout(), page.sizes().size()));
    }
  }

  /** The message after its type, which the format names without a host before the slash. */
  private static Encoding direct(Message message) {
    return Encoding.newBuilder()
        .setDirect(DirectEncoding.newBuilder().setEncoding(Any.pack(message, "").toByteString()))
        .build();
  }

  /** Where in the schema the column's values belong. */
  public LeafPath path() {
    return path;
  }

  /** What decides how the column is encoded. */
  CodecOptions options() {
    return options;
  }

  /** What the file says of this column. */
  ColumnMetadata metadata() {
    return metadata.build();
  }

  /** Bytes of the values that wait for a page. */
  long bufferedBytes() {
    return buffer.bytes();
  }

  /** Pages put out. */
  public int pages() {
    return metadata.getPagesCount();
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
