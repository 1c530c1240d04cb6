/**
 * Rows as columns over memory, for those who write them and those who read them. A {@link
 * dev.lancewright.column.Batch} and its columns are views that own nothing: one record for each
 * shape of values that Arrow has.
 */
package dev.lancewright.column;
