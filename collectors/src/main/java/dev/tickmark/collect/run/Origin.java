package dev.tickmark.collect.run;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the answers of a run come from: the sources themselves, or the recordings of another run. */
public interface Origin {
    /** The recording inside a task's folder. */
    String RECORDING = "raw.warc.gz";

    /** Whether a task can be read (again): a recording may not have a second attempt. */
    boolean has(Task task, int attempt);

    /** Begins an attempt, whose recording is made at {@link #RECORDING} in {@code folder}. */
    Reading begin(Task task, int attempt, Path folder, Path scratch) throws IOException;

    /** One attempt under way. Closing it ends the recording, which is whole from then on. */
    interface Reading extends Closeable {
        TaskConnections connections();
    }

    /** What a recording does not answer, by task; empty unless this is a replay that went wrong. */
    default List<String> unanswered() {
        return List.of();
    }

    /** Where the recording of a task lies; nothing where there is none. */
    @FunctionalInterface
    interface Recordings {
        Optional<Path> of(Task task, int attempt);
    }
}
