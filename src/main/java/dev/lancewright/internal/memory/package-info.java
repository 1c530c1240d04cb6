/**
 * Off-heap memory that lasts as long as its owner: blocks that are used again, buffers that grow,
 * and the writing of bits. It knows nothing of columns and pages.
 */
package dev.lancewright.internal.memory;
