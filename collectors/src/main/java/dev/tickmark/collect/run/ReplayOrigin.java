package dev.tickmark.collect.run;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.warc.RecordingReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The recordings of another run: the demo estate, or a package that is performed again. Each is copied as it is. */
public final class ReplayOrigin implements Origin {
    private final Recordings recordings;
    private final List<String> unanswered = Collections.synchronizedList(new ArrayList<>());

    public ReplayOrigin(Recordings recordings) {
        this.recordings = recordings;
    }

    @Override
    public boolean has(Task task, int attempt) {
        return recordings.of(task, attempt).isPresent();
    }

    /** @throws TickmarkException NOT_VERIFIED where there is no recording, or none that is whole */
    @Override
    public Reading begin(Task task, int attempt, Path folder, Path scratch) throws IOException {
        Path original = recordings
                .of(task, attempt)
                .orElseThrow(() -> TickmarkException.notVerified(
                        "RECORDING_INCOMPLETE: there is no recording of '" + task.name() + "'.",
                        "Take an unchanged copy of the package, or collect again."));
        Path copy = folder.resolve(RECORDING);
        Files.copy(original, copy);
        TaskConnections connections =
                TaskConnections.replaying(RecordingReader.read(copy).requireWhole());
        return new Reading() {
            @Override
            public TaskConnections connections() {
                return connections;
            }

            @Override
            public void close() {
                connections.unanswered().forEach(asked -> unanswered.add(task.name() + ": " + asked));
                connections.close();
            }
        };
    }

    @Override
    public List<String> unanswered() {
        synchronized (unanswered) {
            return unanswered.stream().sorted().toList();
        }
    }
}
