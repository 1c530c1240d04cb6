/**
 * What the public packages share and users never see. The packages below hold all that stands
 * between a batch and the bytes of a file.
 */
package dev.lancewright.internal;
