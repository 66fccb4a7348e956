package dev.tickmark.evidence.csv;

/**
 * What is known of a CSV when its last byte is written.
 *
 * @param rows rows without the header
 * @param sha256 of all bytes, in lower-case hex
 */
public record CsvFacts(long rows, String sha256) {}
