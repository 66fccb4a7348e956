package dev.tickmark.cli;

import dev.tickmark.cli.config.Configuration;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.OutputLock;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.seal.Sealed;
import dev.tickmark.evidence.seal.key.DemoIdentity;
import dev.tickmark.evidence.seal.key.SigningKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Seals a run that is collected, assessed and reported. */
@Command(
        name = "seal",
        description = {
            "Seal a run into a package: sign, ask for the time where an authority is configured, check, "
                    + "and name it. The run stays as it is; it may be sealed again with another key, under another "
                    + "package id."
        })
final class SealCommand extends Verb {
    @Mixin
    private final Place place = new Place();

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "The run's id or folder (default: the newest).")
    private @Nullable String named;

    @Option(
            names = "--demo-identity",
            description = "Seal with a key that nobody trusts: proves that nothing was changed, and no more.")
    private boolean demoIdentity;

    SealCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Configuration configuration = setup.configuration();
        OutputFolder folder = place.output(host, configuration);
        RunFolder run = Place.run(host, folder, named);
        SigningKey key = demoIdentity
                ? DemoIdentity.open(host.configFolder(), host.clock().instant())
                : Keys.configured(host, configuration).orElseThrow(Keys::noKey);
        List<RunFolder> runs = folder.allRuns();
        if (!runs.isEmpty() && runs.get(runs.size() - 1).id().compareTo(run.id()) > 0) {
            console.warning("A newer run, '" + runs.get(runs.size() - 1).id() + "', is not in this package. "
                    + "The next package's runs.csv lists it.");
        }
        try (OutputLock lock = OutputLock.acquire(folder, "tickmark seal", host.clock())) {
            Sealed sealed = Steps.of(host, console, setup, run).seal(run, folder, key, configuration.timeAuthorities());
            sealed.timeProblems().forEach(console::warning);
            console.result("package    " + sealed.file());
            console.result("signer     " + sealed.facts().signer());
            if (sealed.timeMissing()) {
                console.result("time       NOT TIMESTAMPED");
                console.result("");
                console.result("Next: tickmark stamp " + sealed.file() + ", once the time authority answers");
                return Exit.TIME_NOT_PROVEN;
            }
            console.result("time       "
                    + sealed.time()
                            .map(time -> time + ", by a time authority")
                            .orElse("claimed by this machine's clock"));
            console.result("");
            console.result("Next: tickmark verify " + sealed.file() + " --signer "
                    + sealed.facts().signer());
            return Exit.DONE;
        }
    }
}
