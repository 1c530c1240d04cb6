/** Finds where two schemas, columns or values differ, and says so in words. */
package dev.lancewright.cli.compare;
