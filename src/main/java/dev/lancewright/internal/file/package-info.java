/**
 * The file around the pages: schema, metadata of columns and footer, in both directions. It cuts
 * the rows of each column into pages when it writes, and joins the rows of pages to batches when it
 * reads.
 */
package dev.lancewright.internal.file;
