package dev.lancewright;

/**
 * What {@link LanceReader#verify} has read and found in order.
 *
 * @param columns the number of columns in the file: the leaves of its schema
 * @param bytes size of the file
 */
public record VerifySummary(long rows, int columns, long pages, long bytes) {}
