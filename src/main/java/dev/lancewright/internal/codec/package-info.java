/**
 * The encodings of values within a page, one file for each, and the code that they share. Encoder
 * and decoder are side by side.
 */
package dev.lancewright.internal.codec;
