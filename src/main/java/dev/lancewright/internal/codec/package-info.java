/**
 * The encodings of values within a page, one file for each, and what they share. Encoders and
 * decoders stand side by side.
 */
package dev.lancewright.internal.codec;
