/** What users say about compression: by column, by type, by profile. Knows fields, no bytes. */
package dev.lancewright.compression;
