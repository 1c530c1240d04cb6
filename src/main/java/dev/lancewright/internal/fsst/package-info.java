/**
 * FSST, a compression of short strings, which learns a table of frequent symbols and replaces them
 * with codes. The decoder is a codec and lives with the others.
 */
package dev.lancewright.internal.fsst;
