/**
 * The parts of the Lance file format that users see: its versions, the positions of bytes in a
 * file, and the exceptions for invalid files.
 */
package dev.lancewright.format;
