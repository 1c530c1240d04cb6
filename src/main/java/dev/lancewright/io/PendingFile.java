package dev.lancewright.io;

import dev.lancewright.internal.Require;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file with a temporary name next to its target, until it is published or discarded. It is
 * written through {@link #channel}, or by the name that {@link #temporary} returns, which must keep
 * naming the same file.
 */
public final class PendingFile {
  /**
   * The part of the target's name that is kept: at up to four bytes each, it leaves room for the
   * rest of a name of 255 bytes.
   */
  private static final int MAX_NAME_CODE_POINTS = 48;

  private final Path target;
  private final Path folder;
  private final Path temporary;
  private final Durability durability;
  private final boolean overwrite;
  private FileChannel channel;

  /** The channel of the directory; null unless the directory is to be forced. */
  private FileChannel folderChannel;

  private PendingFile(Path target, Durability durability, boolean overwrite) {
    this.target = target;
    this.durability = durability;
    this.overwrite = overwrite;
    folder = target.toAbsolutePath().getParent();
    temporary = folder.resolve(temporaryName(target.getFileName().toString()));
  }

  /** Creates the temporary file; see {@link FileChannelSink#create}. */
  public static PendingFile create(Path target, Durability durability, boolean overwrite)
      throws IOException {
    Require.nonNull(target, "target");
    Require.nonNull(durability, "durability");
    checkTarget(target, overwrite);
    PendingFile file = new PendingFile(target, durability, overwrite);
    try {
      file.open();
    } catch (IOException e) {
      file.discard();
      throw e;
    }
    return file;
  }

  /** Returns the open file, for reading and writing, initially empty. */
  FileChannel channel() {
    return channel;
  }

  Durability durability() {
    return durability;
  }

  /** Returns the target as passed to {@link #create}. */
  @Override
  public String toString() {
    return target.toString();
  }

  /** Returns where the file is until it is published. */
  public Path temporary() {
    return temporary;
  }

  /**
   * Closes the file and gives it its final name; if that fails, {@link #discard} must still be
   * called.
   */
  public void publish() throws IOException {
    if (durability != Durability.NONE) {
      force(channel, "its bytes");
    }
    channel.close();
    if (overwrite) {
      replaceTarget();
      forceFolder();
    } else {
      boolean linked = claimTarget();
      try {
        if (linked) {
          Files.delete(temporary);
        } else {
          replaceTarget();
        }
        forceFolder();
      } catch (IOException e) {
        Files.delete(target);
        throw e;
      }
    }
  }

  /** Closes and deletes the temporary file. */
  public void discard() throws IOException {
    if (folderChannel != null) {
      folderChannel.close();
    }
    if (channel != null) {
      try {
        channel.close();
      } finally {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private static void checkTarget(Path target, boolean overwrite) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileSystemException(
          target.toString(), null, "is a directory; give the path of a file in it");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (!overwrite) {
        throw alreadyExists(target);
      }
      if (Files.exists(target) && !Files.isRegularFile(target)) {
        throw new FileSystemException(
            target.toString(), null, "is not a regular file and cannot be replaced by one");
      }
    }
    Path folder = target.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw Files.exists(folder)
          ? new FileSystemException(target.toString(), null, "'" + folder + "' is not a directory")
          : new NoSuchFileException(
              target.toString(),
              null,
              "directory '" + folder + "' does not exist; create it first");
    }
  }

  private void open() throws IOException {
    try {
      if (durability == Durability.DATA_AND_DIRECTORY) {
        folderChannel = FileChannel.open(folder);
      }
      channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
    } catch (AccessDeniedException e) {
      AccessDeniedException denied =
          new AccessDeniedException(
              target.toString(), null, "no permission to create a file in '" + folder + "'");
      denied.initCause(e);
      throw denied;
    }
  }

  private static String temporaryName(String name) {
    int codePoints = Math.min(name.codePointCount(0, name.length()), MAX_NAME_CODE_POINTS);
    return ".%s.%016x.tmp"
        .formatted(
            name.substring(0, name.offsetByCodePoints(0, codePoints)),
            ThreadLocalRandom.current().nextLong());
  }

  /**
   * Claims the target's name atomically if it is free: by a second link to the file, or by an empty
   * file where links are not supported.
   *
   * @return whether the name is a link to the file
   */
  private boolean claimTarget() throws IOException {
    try {
      Files.createLink(target, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      throw alreadyExists(target);
    } catch (UnsupportedOperationException | FileSystemException e) {
      try {
        Files.createFile(target);
      } catch (FileAlreadyExistsException exists) {
        throw alreadyExists(target);
      }
      return false;
    }
  }

  private void replaceTarget() throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void forceFolder() throws IOException {
    if (folderChannel != null) {
      force(folderChannel, "its directory entry");
      folderChannel.close();
    }
  }

  private void force(FileChannel forced, String what) throws IOException {
    try {
      forced.force(true);
    } catch (IOException e) {
      throw new IOException(
          "%s: %s could not be forced to the disk: %s".formatted(target, what, e.getMessage()), e);
    }
  }

  private static FileAlreadyExistsException alreadyExists(Path target) {
    return new FileAlreadyExistsException(
        target.toString(), null, "exists already; allow overwriting or choose another name");
  }
}
