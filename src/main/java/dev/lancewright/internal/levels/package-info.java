/**
 * Repetition and definition levels, by which a file says where lists begin and what is null: made
 * from the offsets and validity of columns, encoded, and decoded.
 */
package dev.lancewright.internal.levels;
