/**
 * Finds the different values of a page, in the order of their first rows, for encodings that store
 * each value once.
 */
package dev.lancewright.internal.dictionary;
