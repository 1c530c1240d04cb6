package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file, written through a channel: native segments are passed to the system without copying.
 *
 * <p>Until {@link #publish} the bytes are in a hidden temporary file next to the target, {@code
 * .NAME.RANDOM.tmp}, and the target's name is untouched. Interrupting the thread that appends
 * closes the file and fails the sink.
 *
 * <p>A failed {@code publish} leaves nothing visible, with one exception: if an existing file was
 * replaced and the new directory entry cannot be forced, the new file stays, as the old one is
 * gone.
 */
public final class FileChannelSink extends AbstractSink {
  private final PendingFile file;
  private final ChannelWriter writer;

  private FileChannelSink(PendingFile file) {
    super(file.toString());
    this.file = file;
    writer = new ChannelWriter(file.channel());
  }

  /**
   * Creates a sink for a new file, with the default mode of new files of the process.
   *
   * @param durability what is forced to the disk by {@link #publish}; {@link
   *     Durability#DATA_AND_DIRECTORY} needs a system that can open directories, which Windows
   *     cannot
   * @param overwrite whether an existing file or symbolic link is replaced; if not, this method
   *     fails if there is one, and {@code publish} fails if one appears in the meantime
   * @throws java.nio.file.FileSystemException if the target exists or is not a regular file, or if
   *     its directory does not exist or is not writable
   */
  public static FileChannelSink create(Path target, Durability durability, boolean overwrite)
      throws IOException {
    return new FileChannelSink(PendingFile.create(target, durability, overwrite));
  }

  @Override
  void write(MemorySegment... parts) throws IOException {
    writer.write(parts);
  }

  @Override
  void commit() throws IOException {
    file.publish();
  }

  @Override
  void drop() throws IOException {
    file.discard();
  }
}
