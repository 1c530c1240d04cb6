package dev.lancewright.internal.file;

import dev.lancewright.format.Container;
import dev.lancewright.format.Extent;
import dev.lancewright.format.FormatVersion;
import dev.lancewright.internal.memory.PagePool;
import dev.lancewright.internal.memory.StagedOutput;
import dev.lancewright.internal.wire.WireMessage;
import dev.lancewright.io.Sink;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The frame of a file: buffers as they come, each at an aligned position, and at the end
 *
 * <pre>
 * descriptor | column metadata ... | their positions and sizes | those of global buffers | footer
 * </pre>
 */
public final class ContainerWriter {
  private final StagedOutput output;
  private final FormatVersion version;
  private final List<Extent> globalBuffers = new ArrayList<>();

  public ContainerWriter(Sink sink, FormatVersion version, PagePool pool) {
    this.output = new StagedOutput(pool, sink::append);
    this.version = version;
  }

  /** Where page buffers go; aligned before each. */
  public StagedOutput output() {
    return output;
  }

  /**
   * Puts out a buffer that belongs to the file as a whole.
   *
   * @return its index; buffer 0 is the descriptor, so the first added is 1
   */
  public int addGlobalBuffer(MemorySegment bytes) throws IOException {
    globalBuffers.add(new Extent(output.position(), bytes.byteSize()));
    output.put(bytes, 0, bytes.byteSize());
    output.align();
    return globalBuffers.size();
  }

  /**
   * Writes everything that follows the pages.
   *
   * @param descriptor a {@code FileDescriptor}
   * @param columns the {@code ColumnMetadata} of each column
   */
  public void finish(WireMessage descriptor, List<WireMessage> columns) throws IOException {
    globalBuffers.addFirst(putMessage(descriptor));
    List<Extent> metadata = new ArrayList<>();
    long columnsAt = output.position();
    for (WireMessage column : columns) {
      metadata.add(putMessage(column));
    }
    long metadataTableAt = putTable(metadata);
    long globalTableAt = putTable(globalBuffers);
    output.putLong(columnsAt);
    output.putLong(metadataTableAt);
    output.putLong(globalTableAt);
    output.putInt(globalBuffers.size());
    output.putInt(metadata.size());
    output.putInt(version.major() | version.minor() << 16);
    output.putInt(Container.MAGIC);
    output.flush();
  }

  private Extent putMessage(WireMessage message) throws IOException {
    byte[] bytes = message.toByteArray();
    long position = output.position();
    output.put(MemorySegment.ofArray(bytes), 0, bytes.length);
    return new Extent(position, bytes.length);
  }

  private long putTable(List<Extent> extents) throws IOException {
    long position = output.position();
    for (Extent extent : extents) {
      output.putLong(extent.position());
      output.putLong(extent.size());
    }
    return position;
  }
}
