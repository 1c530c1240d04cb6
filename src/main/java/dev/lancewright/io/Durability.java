package dev.lancewright.io;

/** What is guaranteed to have reached the disk when a file is published. */
public enum Durability {
  /** Nothing is forced: after a power failure the file may be missing or incomplete. */
  NONE,
  /** The file's bytes are forced before it gets its name. */
  DATA,
  /** The file's bytes and the directory entry that names it are forced. */
  DATA_AND_DIRECTORY
}
