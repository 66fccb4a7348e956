package dev.tickmark.collect.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RecordedFile;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.Verdict;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.run.EvidenceCheck;
import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.warc.Body;
import dev.tickmark.evidence.warc.RecordingWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of small tasks that read a recorded file. */
class CollectRunTest {
    private static final Tables TABLES = Tables.builtIn();

    @TempDir
    Path folder;

    private final TickingClock clock = new TickingClock();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());

    @Test
    void publishesEveryTaskAndTheVerdictsThatCount() throws IOException {
        RunFolder run = run("one");
        List<Task> tasks = tasks(3, (rows, file) -> rows.endOfPage(true));

        CollectRun.Collected collected = collect(run, tasks, 2);

        assertThat(collected.whole()).isTrue();
        assertThat(collected.populations())
                .extracting(row -> row.completeness().verdict())
                .containsExactly(Verdict.EMPTY_PROVEN, Verdict.EMPTY_PROVEN, Verdict.EMPTY_PROVEN);
        assertThat(run.completeness()).exists();
        assertThat(run.runsCsv()).exists();
        assertThat(run.scratch()).doesNotExist();
        assertThat(EvidenceCheck.differences(run)).isEmpty();
        assertThat(Journal.read(run)).extracting(Journal.Entry::event).contains(Journal.Event.COLLECT_DONE);
        assertThat(told).contains("all 3 done 0", "done aws_000000000001_global/aws-caller 1");
    }

    @Test
    void theOrderOfThreadsDoesNotShow() throws IOException {
        BiConsumer<PopulationWriter, RecordedFile> rows = (writer, file) -> {
            writer.row(file.at("line 2"), "b", Cells.of("arn", "b"));
            writer.row(file.at("line 1"), "a", Cells.of("arn", "a"));
            writer.endOfPage(true);
        };
        RunFolder one = run("one");
        RunFolder other = run("other");

        collect(one, tasks(8, rows), 1);
        List<Task> reversed = new ArrayList<>(tasks(8, rows));
        Collections.reverse(reversed);
        collect(other, reversed, 4);

        assertThat(digests(other.evidence())).isEqualTo(digests(one.evidence()));
    }

    @Test
    void resumingReadsOnlyWhatIsMissingChangedOrNotWhole() throws IOException {
        RunFolder run = run("one");
        List<Task> tasks = tasks(4, (rows, file) -> {
            rows.row(file.at("line 1"), "a", Cells.of("arn", "a"));
            rows.endOfPage(true);
        });
        collect(run, tasks, 1);
        Map<String, String> before = digests(run.evidence());
        delete(run.task(tasks.get(0).scope(), "aws-caller", 1));
        Path changed = run.task(tasks.get(1).scope(), "aws-caller", 1).resolve("aws_caller.csv");
        Files.writeString(changed, "changed");
        told.clear();

        collect(run, tasks, 1);

        assertThat(told)
                .contains(
                        "all 4 done 2",
                        "began " + tasks.get(0).name() + " 1",
                        "began " + tasks.get(1).name() + " 1")
                .doesNotContain("began " + tasks.get(2).name() + " 1");
        assertThat(digests(run.evidence())).isEqualTo(before);
        assertThat(Journal.read(run)).extracting(Journal.Entry::event).contains(Journal.Event.RUN_RESUMED);
    }

    @Test
    void aPopulationThatIsNotWholeIsReadAgainOnResume() throws IOException {
        RunFolder run = run("one");
        List<Task> partial = tasks(1, (rows, file) -> {});
        collect(run, partial, 1);

        CollectRun.Collected collected = collect(run, tasks(1, (rows, file) -> rows.endOfPage(true)), 1);

        assertThat(collected.whole()).isTrue();
    }

    @Test
    void aDefectOfOneTaskIsSaidAndDoesNotHideTheOthers() throws IOException {
        RunFolder run = run("one");
        List<Task> tasks = new ArrayList<>(tasks(2, (rows, file) -> rows.endOfPage(true)));
        tasks.add(new Task(
                collector((rows, file) -> {
                    throw new IllegalStateException("a defect");
                }),
                new Scope("aws", "999999999999", "global")));

        CollectRun.Collected collected = collect(run, tasks, 2);

        assertThat(collected.defects()).hasSize(1).first().isInstanceOf(IllegalStateException.class);
        assertThat(collected.whole()).isFalse();
        assertThat(collected.populations())
                .extracting(PopulationRow::completeness)
                .extracting(completeness -> completeness.verdict())
                .containsExactly(Verdict.EMPTY_PROVEN, Verdict.EMPTY_PROVEN, Verdict.UNREACHABLE);
        assertThat(Journal.read(run))
                .extracting(Journal.Entry::note)
                .contains("a defect of tickmark: " + "IllegalStateException");
    }

    @Test
    void whatTheUserCanFixEndsTheRunAndLeavesNothingHalf() throws IOException {
        RunFolder run = run("one");
        List<Task> tasks = tasks(1, (rows, file) -> {
            rows.row(file.at("line 1"), "a", Cells.none());
            throw TickmarkException.fixFirst("The disk is full.", "Make room.");
        });

        assertThatThrownBy(() -> collect(run, tasks, 1)).hasMessage("The disk is full. Make room.");

        assertThat(digests(run.evidence())).isEmpty();
        assertThat(Journal.read(run))
                .extracting(Journal.Entry::event)
                .endsWith(Journal.Event.TASK_FAILED, Journal.Event.RUN_FAILED);
    }

    @Test
    void anInterruptedRunSaysHowToGoOn() throws IOException {
        RunFolder run = run("one");
        Thread runner = Thread.currentThread();
        List<Task> tasks = tasks(3, (rows, file) -> {
            runner.interrupt();
            rows.endOfPage(true);
        });

        assertThatThrownBy(() -> collect(run, tasks, 1))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("--resume");
        assertThat(Thread.interrupted()).isTrue();

        CollectRun.Collected resumed = collect(run, tasks(3, (rows, file) -> rows.endOfPage(true)), 1);
        assertThat(resumed.whole()).isTrue();
    }

    @Test
    void whatLeavesAnEquationOpenIsReadOnceMore() throws IOException {
        RunFolder run = run("one");
        Collector groups = new Collector() {
            @Override
            public Source source() {
                return new Source("aws-iam", 1, "aws", List.of("aws_iam_group", "aws_iam_account_summary"), List.of());
            }

            @Override
            public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
                evidence.populations(List.of("aws_iam_group", "aws_iam_account_summary"), tables -> {
                    RecordedFile file = connections.file(Path.of("people.csv"), bytes -> bytes);
                    long counted;
                    try (var in = file.open()) {
                        counted = Long.parseLong(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    tables.apply("aws_iam_group").row(file.at("line 1"), "AGPA", Cells.of("group_name", "a"));
                    tables.apply("aws_iam_account_summary")
                            .row(file.at("line 1"), "summary", Cells.of("groups", counted));
                    tables.apply("aws_iam_group").endOfPage(true);
                    tables.apply("aws_iam_account_summary").endOfPage(true);
                });
            }
        };
        List<Task> tasks = List.of(new Task(groups, new Scope("aws", "111122223333", "global")));
        OutputFolder out = new OutputFolder(folder.resolve("one"));

        CollectRun.Collected collected =
                collect(run, out, tasks, 1, (task, attempt) -> Optional.of(recording(attempt == 1 ? "2" : "1")));

        assertThat(told).contains("began aws_111122223333_global/aws-iam 2");
        assertThat(collected.populations())
                .extracting(PopulationRow::folder)
                .allMatch(name -> name.endsWith("/aws-iam.2"));
        assertThat(collected.whole()).isTrue();
        assertThat(run.task(tasks.get(0).scope(), "aws-iam", 1).resolve("evidence.json"))
                .exists();
    }

    private CollectRun.Collected collect(RunFolder run, List<Task> tasks, int threads) {
        OutputFolder out = new OutputFolder(run.root().resolve("../..").normalize());
        return collect(
                run,
                out,
                tasks,
                threads,
                (task, attempt) -> attempt == 1 ? Optional.of(recording("a")) : Optional.empty());
    }

    private CollectRun.Collected collect(
            RunFolder run, OutputFolder out, List<Task> tasks, int threads, Origin.Recordings recordings) {
        Origin origin = new ReplayOrigin(recordings);
        return new CollectRun(out, run, facts(run), TABLES, origin, List.of(), clock, threads, progress())
                .collect(tasks);
    }

    private Path recording(String text) {
        Path file = folder.resolve("recording-" + text + ".warc.gz");
        synchronized (told) {
            if (!Files.exists(file)) {
                try (RecordingWriter writer = new RecordingWriter(file, TickingClock.START, Map.of())) {
                    writer.writeResource(
                            "people.csv",
                            "text/csv",
                            TickingClock.START,
                            Body.of(text.getBytes(StandardCharsets.UTF_8)));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return file;
    }

    private Progress progress() {
        return new Progress() {
            @Override
            public void tasks(int all, int doneBefore) {
                told.add("all " + all + " done " + doneBefore);
            }

            @Override
            public void began(Task task, int attempt) {
                told.add("began " + task.name() + " " + attempt);
            }

            @Override
            public void done(Task task, int attempt, Evidence evidence) {
                told.add("done " + task.name() + " " + attempt);
            }
        };
    }

    private RunFolder run(String name) throws IOException {
        Path root = folder.resolve(name).resolve("runs").resolve("2026-11-23T02-00-00Z-7f3a");
        RunFolder run = new RunFolder(Files.createDirectories(root));
        facts(run).write(run);
        return run;
    }

    private static List<Task> tasks(int count, BiConsumer<PopulationWriter, RecordedFile> read) {
        List<Scope> scopes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            scopes.add(new Scope("aws", "00000000000" + i, "global"));
        }
        return Task.of(List.of(collector(read)), scopes);
    }

    private static Collector collector(BiConsumer<PopulationWriter, RecordedFile> read) {
        return new Collector() {
            @Override
            public Source source() {
                return new Source("aws-caller", 1, "aws", List.of("aws_caller"), List.of());
            }

            @Override
            public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
                evidence.population("aws_caller", rows -> {
                    RecordedFile file = connections.file(Path.of("people.csv"), bytes -> bytes);
                    read.accept(rows, file);
                });
            }
        };
    }

    private static void delete(Path folder) throws IOException {
        Disk.deleteTree(folder);
    }

    private static Map<String, String> digests(Path folder) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return digests;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(folder.relativize(file).toString(), Disk.sha256(file));
            }
        }
        return digests;
    }

    private static RunFacts facts(RunFolder run) {
        return new RunFacts(
                run.id(),
                "Example Ltd",
                run.startedAt(),
                run.startedAt(),
                null,
                new RunFacts.Tool("tickmark", "0.0.1", "0123abc", RunFacts.Tree.CLEAN, false, "17", List.of()),
                "aa11",
                "alice",
                null,
                List.of(),
                List.of(),
                List.of());
    }
}
