package dev.tickmark.evidence.warc;

import java.time.Instant;

/**
 * The bytes of a file that a task read.
 *
 * @param name of the file, without its folder
 * @param record the WARC-Record-ID
 */
public record Resource(String name, String mediaType, Instant date, Body body, String record) {}
