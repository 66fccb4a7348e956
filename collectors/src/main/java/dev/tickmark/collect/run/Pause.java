package dev.tickmark.collect.run;

import java.time.Duration;

/** Waits; tests and replays do not. */
@FunctionalInterface
public interface Pause {
    /** Waits for real. */
    Pause SLEEP = duration -> {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(e);
        }
    };

    /** Does not wait. */
    Pause NONE = duration -> {};

    void pause(Duration duration);
}
