package dev.tickmark.cli;

import dev.tickmark.catalog.engine.AssessmentSummary;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.Outcome;
import dev.tickmark.evidence.completeness.CompletenessTable;
import dev.tickmark.evidence.completeness.PopulationRow;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.Journal;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.Sealed;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Collects, assesses, reports and seals: the main job. */
@Command(
        name = "run",
        description = {
            "Collect, assess, report and seal, in this order.",
            "",
            "Without any configuration it reads the one AWS account that the default credential chain "
                    + "reaches. Without a signing key it does everything but the seal, leaves a report marked DRAFT "
                    + "and ends with 3."
        })
final class RunCommand extends Verb {
    @Mixin
    private final Place place = new Place();

    @Option(
            names = "--no-seal",
            description = "Stop after the report, to look first; 'tickmark seal' goes on from there.")
    private boolean noSeal;

    @Option(
            names = "--demo-identity",
            description = "Seal with a key that nobody trusts: proves that nothing was changed, and no more.")
    private boolean demoIdentity;

    @Option(
            names = "--resume",
            description =
                    "Continue the newest run where it was stopped, without reading anything twice; begin a new one where none was.")
    private boolean resume;

    @Option(
            names = "--fail-on",
            paramLabel = "OUTCOME",
            split = ",",
            description = "End with 5 where a control has one of these outcomes: ${COMPLETION-CANDIDATES}.")
    private List<Outcome> failOn = List.of();

    @Option(names = "--output", paramLabel = "text|json", description = "How the result is printed (default: text).")
    private Output output = Output.text;

    RunCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Configuration configuration = setup.configuration();
        OutputFolder folder = place.output(host, configuration);
        CollectStep collect = new CollectStep(host, console, setup.catalog(), setup.tables());
        Declarations declared = collect.check(setup);
        Optional<SigningKey> key = key(configuration);
        if (key.isEmpty() && !noSeal) {
            console.warning("No signing key is configured, so this run will not be sealed. "
                    + "Make one with 'tickmark key new', or say --no-seal.");
        }
        try (OutputLock lock = OutputLock.acquire(folder, "tickmark run", host.clock())) {
            RunFolder run = collect.collect(
                    configuration,
                    declared,
                    folder,
                    resume ? Runs.stopped(folder).orElse(null) : null);
            return finish(console, setup, folder, run, key);
        }
    }

    private Exit finish(Console console, Setup setup, OutputFolder folder, RunFolder run, Optional<SigningKey> key) {
        Steps steps = Steps.of(host, console, setup, run);
        if (key.isPresent() && !noSeal) {
            // said before the report, so that a run killed between report and seal is known to go on
            try (Journal journal = new Journal(run, host.clock())) {
                journal.append(Journal.Event.SEAL_STARTED, Map.of(), "");
            }
        }
        console.progress("Assessing");
        AssessmentSummary assessed = steps.assess(run);
        assessed.remarks().forEach(console::warning);
        console.progress("Writing the report");
        steps.report(run);
        @Nullable Sealed sealed = null;
        if (key.isPresent() && !noSeal) {
            console.progress("Sealing");
            sealed = steps.seal(run, folder, key.get(), setup.configuration().timeAuthorities());
            sealed.timeProblems().forEach(console::warning);
        }
        List<PopulationRow> populations = new CompletenessTable(setup.tables()).read(run);
        Set<Exit> exits = exits(populations, assessed, failOn, sealed);
        if (key.isEmpty() && !noSeal) {
            exits.add(Exit.FIX_FIRST);
        }
        Summary summary = new Summary(run, populations, assessed, sealed, exits, next(run, key.isPresent(), sealed));
        summary.print(console, output);
        return summary.exit();
    }

    /** Every exit status that applies to what came out. */
    static Set<Exit> exits(
            List<PopulationRow> populations,
            @Nullable AssessmentSummary assessed,
            List<Outcome> failOn,
            @Nullable Sealed sealed) {
        Set<Exit> exits = EnumSet.noneOf(Exit.class);
        if (populations.stream().anyMatch(row -> !row.completeness().verdict().whole())) {
            exits.add(Exit.EVIDENCE_MISSING);
        }
        if (assessed != null && assessed.controls().stream().anyMatch(control -> failOn.contains(control.outcome()))) {
            exits.add(Exit.TESTS_FAILED);
        }
        if (sealed != null && sealed.timeMissing()) {
            exits.add(Exit.TIME_NOT_PROVEN);
        }
        return exits;
    }

    private Optional<SigningKey> key(Configuration configuration) {
        if (noSeal) {
            return Optional.empty();
        }
        return demoIdentity
                ? Optional.of(
                        DemoIdentity.open(host.configFolder(), host.clock().instant()))
                : Keys.configured(host, configuration);
    }

    private String next(RunFolder run, boolean hasKey, @Nullable Sealed sealed) {
        if (sealed == null) {
            return hasKey || noSeal
                    ? "look at " + run.report().resolve("report.pdf") + ", then: tickmark seal " + run.id()
                    : "tickmark key new, then: tickmark seal " + run.id();
        }
        return sealed.timeMissing()
                ? "tickmark stamp " + sealed.file() + ", once the time authority answers"
                : "tickmark verify " + sealed.file() + " --signer "
                        + sealed.facts().signer() + (demoIdentity ? " --allow-demo" : "");
    }
}
