package dev.tickmark.cli.catalog;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Framework;
import dev.tickmark.cli.catalog.Reach.Way;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be evidenced of each criterion, before anything is collected. It counts controls, and says nothing of how
 * they come out.
 */
public final class Coverage {
    private Coverage() {}

    /**
     * A criterion and the controls that are linked to it.
     *
     * @param way the best that one of them rests on; a criterion is never covered whole by that
     * @param automated ids of controls whose test can run
     * @param manual ids of controls that rest on a document
     * @param nothing ids of controls for which there is neither
     */
    public record Line(
            Framework framework,
            Criterion criterion,
            Way way,
            List<String> automated,
            List<String> manual,
            List<String> nothing) {
        public Line {
            automated = List.copyOf(automated);
            manual = List.copyOf(manual);
            nothing = List.copyOf(nothing);
        }
    }

    /** A line for each criterion, in the publisher's order. */
    public static List<Line> of(Catalog catalog, Framework framework, Reach reach) {
        List<Line> lines = new ArrayList<>();
        for (Criterion criterion : framework.criteria()) {
            List<String> automated = new ArrayList<>();
            List<String> manual = new ArrayList<>();
            List<String> nothing = new ArrayList<>();
            for (Catalog.Linked linked : catalog.linkedTo(framework, criterion)) {
                Control control = linked.control();
                switch (reach.way(control)) {
                    case AUTOMATED -> automated.add(control.id());
                    case MANUAL -> manual.add(control.id());
                    case NOTHING -> nothing.add(control.id());
                }
            }
            Way way = !automated.isEmpty() ? Way.AUTOMATED : !manual.isEmpty() ? Way.MANUAL : Way.NOTHING;
            lines.add(new Line(framework, criterion, way, automated, manual, nothing));
        }
        return lines;
    }
}
