/**
 * Checks of batches before a byte of them is taken: offsets, text, indices, and nulls where none
 * may be.
 */
package dev.lancewright.internal.check;
