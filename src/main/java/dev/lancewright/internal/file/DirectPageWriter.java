package dev.lancewright.internal.file;

import dev.lancewright.internal.layout.PageEncoders;
import dev.lancewright.internal.layout.PageOutput;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.rows.Page;
import java.io.IOException;

/** Encodes each page as it comes, straight into the file's output. */
final class DirectPageWriter implements PageWriter {
  private final PageEncoders encoders = new PageEncoders();
  private final StagedOutput output;
  private final PageOutput pageOutput;

  DirectPageWriter(StagedOutput output) {
    this.output = output;
    this.pageOutput = new PageOutput(output);
  }

  @Override
  public void write(ColumnWriter column, Page page) throws IOException {
    try (page) {
      column.addPages(page, encoders.encode(column.options(), page, pageOutput), 0);
    }
  }

  @Override
  public boolean prefersCopies() {
    return false;
  }

  @Override
  public void endBatch() throws IOException {
    encoders.release();
    output.release();
  }

  @Override
  public void flush() throws IOException {
    endBatch();
  }

  @Override
  public long position() {
    return output.position();
  }

  @Override
  public long bytesInFlight() {
    return 0;
  }

  @Override
  public long retainedBytes() {
    return encoders.pool().retainedBytes();
  }

  @Override
  public long waits() {
    return 0;
  }

  @Override
  public void close() {
    encoders.close();
  }
}
