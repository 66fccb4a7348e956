package dev.tickmark.collect.run;

import dev.tickmark.collect.Source;
import dev.tickmark.collect.aws.AwsTransport;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.warc.RecordingWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The sources themselves, recorded while they are read. */
public final class LiveOrigin implements Origin {
    static final String CALLER = "caller";

    private final AwsTransport aws;
    private final String software;
    private final Map<String, String> callers;
    private final Clock clock;
    private final Pause pause;
    private final int parallel;

    /**
     * @param aws stays open; its maker closes it
     * @param software name and version, as in {@code tickmark/0.1.0}
     * @param callers account to the ARN of who reads it, where known
     * @param parallel calls at once within a task
     */
    public LiveOrigin(
            AwsTransport aws, String software, Map<String, String> callers, Clock clock, Pause pause, int parallel) {
        this.aws = aws;
        this.software = software;
        this.callers = new TreeMap<>(callers);
        this.clock = clock;
        this.pause = pause;
        this.parallel = parallel;
    }

    @Override
    public boolean has(Task task, int attempt) {
        return true;
    }

    @Override
    public Reading begin(Task task, int attempt, Path folder, Path scratch) throws IOException {
        Source source = task.collector().source();
        Scope scope = task.scope();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", software);
        facts.put("collector", source.name());
        facts.put("collector-version", Integer.toString(source.version()));
        facts.put("scope", scope.id());
        facts.put(CALLER, callers.getOrDefault(scope.account(), ""));
        RecordingWriter recording = new RecordingWriter(folder.resolve(RECORDING), clock.instant(), facts);
        TaskConnections connections = TaskConnections.recording(
                aws.record(scope.account(), recording, source.cutFields(), scratch), recording, clock, pause, parallel);
        return new Reading() {
            @Override
            public TaskConnections connections() {
                return connections;
            }

            @Override
            public void close() throws IOException {
                connections.close();
                recording.close();
            }
        };
    }
}
