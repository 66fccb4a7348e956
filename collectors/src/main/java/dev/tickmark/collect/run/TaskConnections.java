package dev.tickmark.collect.run;

import dev.tickmark.collect.Connections;
import dev.tickmark.collect.RecordedFile;
import dev.tickmark.collect.aws.AwsClients;
import dev.tickmark.collect.aws.ReplayingAwsClients;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.warc.Body;
import dev.tickmark.evidence.warc.Recording;
import dev.tickmark.evidence.warc.RecordingWriter;
import dev.tickmark.evidence.warc.Resource;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/** The connections of one attempt of one task; closing them ends its clients and threads. */
public final class TaskConnections implements Connections, Closeable {
    private final AwsClients aws;
    private final FileSource files;
    private final Pause pause;
    private final int parallel;
    private @Nullable ExecutorService threads;

    private TaskConnections(AwsClients aws, FileSource files, Pause pause, int parallel) {
        this.aws = aws;
        this.files = files;
        this.pause = pause;
        this.parallel = parallel;
    }

    /**
     * Connections that record.
     *
     * @param parallel calls at once in {@link #inParallel}
     */
    public static TaskConnections recording(
            AwsClients aws, RecordingWriter recording, Clock clock, Pause pause, int parallel) {
        return new TaskConnections(aws, new FileSource.Recorded(recording, clock), pause, parallel);
    }

    /** Connections that answer from a recording, one call after the other, without waiting. */
    public static TaskConnections replaying(Recording recording) {
        return new TaskConnections(
                new ReplayingAwsClients(recording), new FileSource.Replayed(recording), Pause.NONE, 1);
    }

    /** When the first exchange began, or the first file was read, now or when it was recorded. */
    public Optional<Instant> firstExchange() {
        return aws.firstExchange().or(files::first);
    }

    /** On replay: what was asked and is not in the recording. */
    public List<String> unanswered() {
        return aws.unanswered();
    }

    @Override
    public <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C aws(
            B builder, Scope scope) {
        return aws.client(builder, scope);
    }

    @Override
    public RecordedFile file(Path file, UnaryOperator<byte[]> cut) {
        return files.read(file, cut);
    }

    @Override
    public <T, R> void inParallel(List<T> items, Function<T, R> call, BiConsumer<T, Supplier<R>> each) {
        if (parallel == 1 || items.size() < 2) {
            items.forEach(item -> each.accept(item, () -> call.apply(item)));
            return;
        }
        Deque<Future<R>> underWay = new ArrayDeque<>();
        int begun = 0;
        try {
            for (T item : items) {
                while (begun < items.size() && underWay.size() < 2 * parallel) {
                    T next = items.get(begun++);
                    underWay.add(threads().submit(() -> call.apply(next)));
                }
                Future<R> answer = underWay.remove();
                each.accept(item, () -> await(answer));
            }
        } finally {
            underWay.forEach(future -> future.cancel(true));
        }
    }

    @Override
    public void pause(Duration duration) {
        pause.pause(duration);
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdownNow();
        }
        aws.close();
    }

    private synchronized ExecutorService threads() {
        if (threads == null) {
            threads = Executors.newFixedThreadPool(parallel, work -> {
                Thread thread = new Thread(work, "tickmark-call");
                thread.setDaemon(true);
                return thread;
            });
        }
        return threads;
    }

    private static <R> R await(Future<R> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Where the bytes of files come from. */
    private sealed interface FileSource {
        RecordedFile read(Path file, UnaryOperator<byte[]> cut);

        Optional<Instant> first();

        /** From the disk, recorded before they are used. */
        final class Recorded implements FileSource {
            private final RecordingWriter recording;
            private final Clock clock;
            private @Nullable Instant first;

            Recorded(RecordingWriter recording, Clock clock) {
                this.recording = recording;
                this.clock = clock;
            }

            @Override
            public RecordedFile read(Path file, UnaryOperator<byte[]> cut) {
                byte[] kept;
                try {
                    kept = cut.apply(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw Disk.unreadable(file, e);
                }
                Instant now = clock.instant();
                if (first == null) {
                    first = now;
                }
                try {
                    String record = recording.writeResource(name(file), "text/csv", now, Body.of(kept));
                    return new RecordedFile(record, kept);
                } catch (IOException e) {
                    throw Disk.unwritable(file, e);
                }
            }

            @Override
            public Optional<Instant> first() {
                return Optional.ofNullable(first);
            }
        }

        /** From the recording, by the file's name, in the order in which they were read. */
        final class Replayed implements FileSource {
            private final List<Resource> left;
            private final Optional<Instant> first;

            Replayed(Recording recording) {
                this.left = new ArrayList<>(recording.resources());
                this.first = recording.resources().stream().findFirst().map(Resource::date);
            }

            @Override
            public RecordedFile read(Path file, UnaryOperator<byte[]> cut) {
                Optional<Resource> resource = left.stream()
                        .filter(recorded -> recorded.name().equals(name(file)))
                        .findFirst();
                if (resource.isPresent()) {
                    left.remove(resource.get());
                    try {
                        return new RecordedFile(
                                resource.get().record(), resource.get().body().bytes());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }
                throw TickmarkException.notVerified(
                        "The recording holds no file '" + name(file) + "'.",
                        "Use the version of tickmark and the configuration that made it.");
            }

            @Override
            public Optional<Instant> first() {
                return first;
            }
        }

        private static String name(Path file) {
            return String.valueOf(file.getFileName());
        }
    }
}
