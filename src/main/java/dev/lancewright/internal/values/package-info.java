/** Buffers for rows that wait for their page, one for each shape of values. */
package dev.lancewright.internal.values;
