/** The wire format of protobuf, as far as a writer needs it. */
package dev.lancewright.internal.wire;
