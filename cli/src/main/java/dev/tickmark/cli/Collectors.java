package dev.tickmark.cli;

import dev.tickmark.collect.Collector;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** The collectors on the class path. */
final class Collectors {
    private Collectors() {}

    /** In the order of their names, whatever the order of the jars. */
    static List<Collector> builtIn() {
        return ServiceLoader.load(Collector.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(collector -> collector.source().name()))
                .toList();
    }
}
