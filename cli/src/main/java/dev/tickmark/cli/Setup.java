package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.cli.config.CatalogSettings;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.table.Tables;

/**
 * What a verb begins with.
 *
 * @param settings where the organisation's own catalog is
 * @param catalog the built-in one and the organisation's own
 */
record Setup(Configuration configuration, CatalogSettings settings, Catalog catalog, Tables tables) {}
