package dev.tickmark.cli.report.source;

/**
 * A row with the way back to where it came from.
 *
 * @param record the id of the recorded answer or file; blank where the lineage names none
 * @param pointer the place inside it
 * @param requestId under which the source's own log knows the call; blank where its answer states none
 * @param consoleUrl where a person can see the item; blank where the source has no such page
 */
public record Trail(String rowKey, String record, String pointer, String requestId, String consoleUrl) {}
