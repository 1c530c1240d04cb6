package dev.lancewright.internal.layout;

import dev.lancewright.internal.codec.CodecOptions;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.rows.Page;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The encoders that one thread needs for the columns of a file, and their scratch memory: columns
 * with equal options share an encoder.
 */
public final class PageEncoders implements AutoCloseable {
  private final PagePool pool = PagePool.shared();
  private final Map<CodecOptions, PageEncoder> encoders = new HashMap<>();

  /** Encodes a page, as {@link PageEncoder#encode} does. */
  public List<EncodedPage> encode(CodecOptions options, Page page, PageOutput output)
      throws IOException {
    PageEncoder encoder = encoders.get(options);
    if (encoder == null) {
      encoder = new StructuralPageEncoder(options, pool);
      encoders.put(options, encoder);
    }
    return encoder.encode(page, output);
  }

  /** Releases what is kept from page to page, until the next page comes. */
  public void release() {
    encoders.values().forEach(PageEncoder::release);
  }

  /** The pool of the scratch memory, for whoever encodes with these. */
  public PagePool pool() {
    return pool;
  }

  /** Frees the scratch memory, that on the heap as well: a closed writer may be kept for long. */
  @Override
  public void close() {
    release();
    encoders.clear();
    pool.close();
  }
}
