/**
 * The C structs of Arrow in memory: their fields, strings, callbacks and handles, as every entry
 * point for C code needs them.
 */
package dev.lancewright.internal.cdata;
