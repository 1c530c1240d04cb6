package dev.lancewright.internal.codec;

import dev.lancewright.compression.CompressionProfile;
import dev.lancewright.compression.FieldCompression;
import dev.lancewright.format.FormatVersion;

/** What decides, beside its values, how a column is encoded. */
public record CodecOptions(
    FormatVersion version, CompressionProfile profile, FieldCompression field) {}
