/**
 * Off-heap memory that lasts as long as its owner: blocks that are used again, buffers that grow,
 * and the writing of bits.
 */
package dev.lancewright.internal.memory;
