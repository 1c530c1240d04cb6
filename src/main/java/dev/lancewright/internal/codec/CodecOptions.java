package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;

/** The options that determine, together with its values, how a column is encoded. */
public record CodecOptions(
    FormatVersion version, CompressionProfile profile, FieldCompression field) {}
