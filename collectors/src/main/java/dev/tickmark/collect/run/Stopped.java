package dev.tickmark.collect.run;

/** The run was told to stop: the task ends without a verdict, and is read again with {@code --resume}. */
final class Stopped extends RuntimeException {
    Stopped(Throwable cause) {
        super("the run was stopped", cause);
    }
}
