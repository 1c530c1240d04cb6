/**
 * Import and export through the Arrow C Data Interface and the Arrow C Stream Interface, without
 * any Arrow library: addresses of C structs on one side, {@link dev.lancewright.schema.Schema} and
 * {@link dev.lancewright.column.Batch} on the other. The following concerns imports; for exports,
 * see {@link dev.lancewright.arrow.ArrowExport}.
 *
 * <p>Columns are views of the producer's buffers, at any alignment and nested to any depth, and are
 * valid until the {@link dev.lancewright.arrow.ImportedBatch} is closed. Everything taken over is
 * released exactly once, even if the import fails.
 *
 * <p><b>What is converted.</b> Some of Arrow's types have no counterpart in a file, which can
 * nevertheless hold their values without loss. Columns of these, at the top level or nested, are
 * copied into memory that is reused from batch to batch, see {@link
 * dev.lancewright.arrow.ImportMemory}: {@code utf8_view} and {@code binary_view} become {@code
 * utf8} and {@code binary}, {@code list_view} and {@code large_list_view} become {@code list} and
 * {@code large_list}, run-end encoded values become plain values, {@code decimal32} and {@code
 * decimal64} become {@code decimal128}. Values under nulls are ignored. Dictionaries are kept.
 *
 * <p><b>What is checked.</b> All members of the structs: null pointers, structs that were released
 * before, counts of buffers and children for each type, dictionaries, lengths, offsets and their
 * sums, missing buffers, and the first and last offset of strings and lists. The offsets in between
 * are checked by the writer. For values that are converted, all offsets, views and run ends in use
 * are checked here.
 *
 * <p><b>What cannot be checked.</b> C conveys no size with a pointer. The caller guarantees that
 * every address that is not null points to a live struct, that strings end with NUL, that the
 * callbacks follow the specification, and that every buffer is as long as the array's offset and
 * length require. An address for which that does not hold can end the process. Reading a column
 * after its batch was closed has the same effect.
 *
 * <p>Structs and buffers are in the byte order of the machine, which must be little endian.
 */
package dev.lancewright.arrow;
