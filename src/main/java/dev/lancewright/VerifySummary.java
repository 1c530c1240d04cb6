package dev.lancewright;

/**
 * What {@link LanceReader#verify} has read and found in order.
 *
 * @param columns of the file: the leaves of its schema
 * @param bytes size of the file
 */
public record VerifySummary(long rows, int columns, long pages, long bytes) {}
