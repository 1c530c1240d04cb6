/**
 * Columns over memory segments, both to write and as read. A {@link dev.lancewright.column.Batch}
 * and its columns are views that own no memory, with one record for each Arrow layout.
 */
package dev.lancewright.column;
