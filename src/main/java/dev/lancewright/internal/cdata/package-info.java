/**
 * The C structs of Arrow in memory: their members, strings, callbacks and handles, shared by all
 * entry points for C code.
 */
package dev.lancewright.internal.cdata;
