/**
 * FSST, the compression of short strings: it learns a table of frequent symbols and replaces these
 * by codes. The decoder is a codec and stands with the others.
 */
package dev.lancewright.internal.fsst;
