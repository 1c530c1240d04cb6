/**
 * Dictionaries: the distinct values of a page in order of first occurrence, for encodings that
 * store each value once.
 */
package dev.lancewright.internal.dictionary;
