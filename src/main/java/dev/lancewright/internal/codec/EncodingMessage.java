package dev.lancewright.internal.codec;

import dev.lancewright.internal.wire.WireMessage;

/**
 * How values or a page are encoded, as a file says it and in words.
 *
 * @param message the message, {@code CompressiveEncoding} or {@code PageLayout}, to be embedded as
 *     it is
 * @param text the words, like those that readers find for the message
 */
public record EncodingMessage(WireMessage message, String text) {}
