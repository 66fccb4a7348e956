package dev.tickmark.collect.run;

import dev.tickmark.evidence.run.Evidence;

/** Is told what happens in a run, from several threads. */
public interface Progress {
    /** Tells nobody. */
    Progress NONE = new Progress() {};

    /** Known once, before the first task begins. */
    default void tasks(int all, int doneBefore) {}

    /** A task begins; {@code attempt} 2 reads again what left an equation open. */
    default void began(Task task, int attempt) {}

    /** A task is published. */
    default void done(Task task, int attempt, Evidence evidence) {}

    /** A task ended with a defect of ours; its populations say so and the run goes on. */
    default void failed(Task task, int attempt, RuntimeException defect) {}
}
