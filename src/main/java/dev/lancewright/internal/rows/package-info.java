/**
 * Rows of columns on their way into pages and out of them. A {@link
 * dev.lancewright.internal.rows.Page} is what the layouts encode.
 */
package dev.lancewright.internal.rows;
