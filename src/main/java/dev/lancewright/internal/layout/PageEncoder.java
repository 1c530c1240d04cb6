package dev.lancewright.internal.layout;

import dev.lancewright.internal.rows.Page;
import java.io.IOException;
import java.util.List;

/**
 * Turns pages of columns into bytes. Each version of the format that has its own idea of a page has
 * an encoder; whoever gives out pages, and whoever keeps their metadata, need not know which.
 *
 * <p>Used by one thread at a time: encoders keep scratch memory between pages.
 */
public interface PageEncoder {
  /**
   * Writes the rows of a page to an output, in the sink or in memory; as several pages, if the
   * format has no layout for all of them together.
   *
   * @param page the page, with at least one row; it is only read, until the method returns
   * @return what was written, in the order of rows
   * @throws IOException if the output fails, or if the format has no layout for one of the rows
   */
  List<EncodedPage> encode(Page page, PageOutput output) throws IOException;

  /** Releases what is kept from page to page, until the next page comes. */
  void release();
}
