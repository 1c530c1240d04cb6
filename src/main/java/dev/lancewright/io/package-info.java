/**
 * Where the bytes of a file go to and come from. {@link dev.lancewright.io.Sink} and {@link
 * dev.lancewright.io.Source} are implemented here for files, channels and memory, and may be
 * implemented by users.
 */
package dev.lancewright.io;
