/**
 * Repetition and definition levels, which encode where lists begin and what is null: computed from
 * the offsets and validity of columns, encoded, and decoded.
 */
package dev.lancewright.internal.levels;
