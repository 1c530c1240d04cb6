/** Finds and describes differences between schemas, columns and values. */
package dev.lancewright.cli.compare;
