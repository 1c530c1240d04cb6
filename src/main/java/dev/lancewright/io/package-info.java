/**
 * Destinations and origins of the bytes of a file. {@link dev.lancewright.io.Sink} and {@link
 * dev.lancewright.io.Source} are implemented here for files, channels and memory, and may be
 * implemented by users.
 */
package dev.lancewright.io;
