package dev.lancewright.io;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * A file, written through a channel: native segments go to the system without a copy of ours.
 *
 * <p>Until {@link #publish} the bytes are in a hidden temporary file beside the target, {@code
 * .NAME.RANDOM.tmp}, and the target's name is untouched. Interrupting the thread that appends
 * closes the file, and the sink fails.
 *
 * <p>Of a failed {@code publish} nothing stays visible, with one exception: when an existing file
 * is replaced and the new directory entry cannot be forced, the new file stays, as the old one is
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
   * A sink for a new file; its mode is that of any new file of the process.
   *
   * @param durability what is forced to the disk by {@link #publish}; {@link
   *     Durability#DATA_AND_DIRECTORY} needs a system that can open folders, which Windows cannot
   * @param overwrite whether an existing file, or symbolic link, is replaced; if not, it is refused
   *     here, and if it appears meanwhile, by {@code publish}
   * @throws java.nio.file.FileSystemException if the target exists or is no regular file, or its
   *     folder does not exist or takes no new files
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
