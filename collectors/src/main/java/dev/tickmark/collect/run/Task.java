package dev.tickmark.collect.run;

import dev.tickmark.collect.Collector;
import dev.tickmark.evidence.Scope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A collector and the scope that it reads: what is published whole or not at all. */
public record Task(Collector collector, Scope scope) {
    /** As journals name it: {@code aws_111122223333_global/aws-caller}. */
    public String name() {
        return scope.id() + "/" + Scope.folderName(collector.source().name());
    }

    /** Every collector in every scope of its provider, by name. */
    public static List<Task> of(Iterable<Collector> collectors, List<Scope> scopes) {
        List<Task> tasks = new ArrayList<>();
        for (Collector collector : collectors) {
            for (Scope scope : scopes) {
                if (collector.source().provider().equals(scope.provider())) {
                    tasks.add(new Task(collector, scope));
                }
            }
        }
        tasks.sort(Comparator.comparing(Task::name));
        return tasks;
    }
}
