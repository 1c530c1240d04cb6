/**
 * Checks of batches before any of their bytes are appended: offsets, text, indices, and nulls where
 * none are allowed.
 */
package dev.lancewright.internal.check;
