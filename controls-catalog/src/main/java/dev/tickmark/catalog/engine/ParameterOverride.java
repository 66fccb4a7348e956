package dev.tickmark.catalog.engine;

/**
 * A threshold that the organisation's configuration sets.
 *
 * @param policy the organisation's policy that it comes from; blank where none is named
 */
public record ParameterOverride(String controlId, String name, String value, String policy) {}
