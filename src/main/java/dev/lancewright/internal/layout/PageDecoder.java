package dev.lancewright.internal.layout;

import dev.lancewright.format.LanceFormatException;
import dev.lancewright.internal.codec.BatchTooLargeException;
import dev.lancewright.internal.codec.DecodeMemory;
import dev.lancewright.internal.levels.LeafPath;
import dev.lancewright.internal.proto.Encodings21Proto.PageLayout;
import dev.lancewright.internal.rows.LeafRows;
import java.io.IOException;

/**
 * Gives out the rows of one page. What it reads may be anything: it is checked before it is used,
 * and takes no more memory than the bytes of the page can stand for.
 *
 * <p>Made for one page; borrows the page's input and the memory.
 */
public abstract sealed class PageDecoder permits MiniBlockDecoder, FullZipDecoder, ConstantDecoder {

  /**
   * A decoder of a page.
   *
   * @param rows the number of rows of the page: items, below a fixed-size list of structs
   * @throws LanceFormatException if the page's layout does not suit the column or its buffers
   */
  public static PageDecoder of(
      PageLayout layout, LeafPath path, long rows, PageInput input, DecodeMemory memory)
      throws IOException {
    return switch (layout.getLayoutCase()) {
      case MINI_BLOCK_LAYOUT ->
          new MiniBlockDecoder(layout.getMiniBlockLayout(), path, rows, input, memory);
      case FULL_ZIP_LAYOUT ->
          new FullZipDecoder(layout.getFullZipLayout(), path, rows, input, memory);
      case CONSTANT_LAYOUT ->
          new ConstantDecoder(layout.getConstantLayout(), path, rows, input, memory);
      case BLOB_LAYOUT -> throw new LanceFormatException("columns of blobs cannot be read");
      case LAYOUT_NOT_SET -> throw new LanceFormatException("the page has an unknown layout");
    };
  }

  /** Whether whole batches may be views of the page, so that it pays to end them where it ends. */
  public boolean lends() {
    return false;
  }

  /**
   * Appends rows {@code from} to {@code from + count} of the page. Rows may be asked for in any
   * order; what goes on where the last call ended costs least.
   *
   * @throws LanceFormatException if the page contradicts itself
   * @throws BatchTooLargeException if the rows do not go with those held; {@code out} must then be
   *     cleared
   */
  public abstract void read(long from, long count, LeafRows out)
      throws IOException, BatchTooLargeException;
}
