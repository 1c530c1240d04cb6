/**
 * Writes Lance files and reads them back. {@link dev.lancewright.LanceWriter} and {@link
 * dev.lancewright.LanceReader} are where programs start; the records beside them say what was
 * written, read, or found in a file.
 */
package dev.lancewright;
