package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.LicensedText;
import dev.tickmark.catalog.OwnFile;
import dev.tickmark.catalog.engine.Assessment;
import dev.tickmark.catalog.engine.CatalogCheck;
import dev.tickmark.catalog.engine.ParameterOverride;
import dev.tickmark.cli.config.CatalogSettings;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.ReducedCollector;
import dev.tickmark.collect.aws.AwsAccess;
import dev.tickmark.collect.aws.AwsFailures;
import dev.tickmark.collect.aws.AwsSettings;
import dev.tickmark.collect.aws.AwsTransport;
import dev.tickmark.collect.file.DeclaredFileCollector;
import dev.tickmark.collect.run.CollectRun;
import dev.tickmark.collect.run.LiveOrigin;
import dev.tickmark.collect.run.Origin;
import dev.tickmark.collect.run.Pause;
import dev.tickmark.collect.run.Task;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.run.OutputFolder;
import dev.tickmark.evidence.run.RunFacts;
import dev.tickmark.evidence.run.RunFolder;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the configured sources into a run folder. */
final class CollectStep {
    private static final int PARALLEL = 16;
    private static final int THREADS = 4;

    private final Host host;
    private final Console console;
    private final Catalog catalog;
    private final Tables tables;

    CollectStep(Host host, Console console, Catalog catalog, Tables tables) {
        this.host = host;
        this.console = console;
        this.catalog = catalog;
        this.tables = tables;
    }

    /**
     * Refuses what would fail later: a parameter that no test takes, a declared file that is missing or has another
     * header, a declaration with a mistake.
     *
     * @return what the run shall copy
     */
    Declarations check(Setup setup) {
        Configuration configuration = setup.configuration();
        catalog.refuseUnknownTables(tables);
        List<ParameterOverride> overrides = configuration.parameters().stream()
                .map(p -> new ParameterOverride(p.control(), p.name(), p.value(), p.policy()))
                .toList();
        if (!overrides.isEmpty()) { // the build runs every test of our own catalog
            Assessment.check(catalog, tables.all(), overrides);
        }
        refuseMistakes(overrides);
        configuration.files().forEach(DeclaredFileCollector::check);
        Declarations declared = DeclareStep.read(catalog, configuration);
        licensedText(setup.settings(), declared);
        return declared;
    }

    /** Text that is licensed to the organisation goes into the run only where it says so itself. */
    private void licensedText(CatalogSettings settings, Declarations declared) {
        List<Path> files = settings.criteriaText();
        var unused = LicensedText.read(files, catalog);
        for (int i = 0; settings.sealLicensedText() && i < files.size(); i++) {
            String name = files.get(i).toString().toLowerCase(Locale.ROOT);
            String kept = "criteria-text/" + (i + 1) + (name.endsWith(".csv") ? ".csv" : ".yaml");
            declared.add(kept, files.get(i), Disk.sha256(files.get(i)));
        }
    }

    /** The organisation's own tests are tried over made rows; the build has done so with ours. */
    private void refuseMistakes(List<ParameterOverride> overrides) {
        List<String> own =
                catalog.own().files().stream().map(OwnFile::id).distinct().toList();
        if (own.isEmpty()) {
            return;
        }
        List<TickmarkException> mistakes = new CatalogCheck(tables.all())
                .mistakes(
                        catalog.controls().stream()
                                .filter(control -> own.contains(control.id()))
                                .toList(),
                        overrides);
        if (!mistakes.isEmpty()) {
            TickmarkException first = mistakes.get(0);
            String more =
                    mistakes.size() == 1 ? "" : " 'tickmark catalog check' names " + (mistakes.size() - 1) + " more.";
            throw TickmarkException.notUnderstood(first.problem(), first.remedy() + more);
        }
    }

    /**
     * Collects into a new run, or continues one that was stopped.
     *
     * @param declared copied into a new run; one that is continued has its copies
     * @param resume the run to continue; null for a new one
     * @throws TickmarkException FIX_FIRST where an account cannot be reached at all
     */
    RunFolder collect(
            Configuration configuration, Declarations declared, OutputFolder output, @Nullable RunFolder resume) {
        String version = Version.ofThisBuild().version();
        try (AwsTransport probe = new AwsTransport(settings(version, "probe", Map.of()), host.clock())) {
            Map<String, AwsAccess> accounts = new TreeMap<>();
            Map<String, String> callers = new TreeMap<>();
            for (Configuration.AwsAccount account : accounts(configuration)) {
                reach(probe, account, accounts, callers);
            }
            List<Scope> scopes = new ArrayList<>();
            accounts.keySet().forEach(account -> scopes.add(new Scope("aws", account, "global")));
            RunFolder run = resume == null ? output.newRun(host.clock(), new SecureRandom()::nextInt) : resume;
            RunFacts facts = resume == null
                    ? facts(run, configuration, scopes, host.clock().instant())
                    : RunFacts.read(run);
            if (resume != null) {
                refuseOtherAccounts(facts, accounts.keySet());
            }
            List<DeclaredFile> files = resume == null ? facts.files() : found(facts.files(), configuration);
            try (AwsTransport aws = new AwsTransport(settings(version, run.id(), accounts), host.clock())) {
                Origin origin =
                        new LiveOrigin(aws, "tickmark/" + version, callers, host.clock(), Pause.SLEEP, PARALLEL);
                read(run, facts, files, declared, output, origin, resume != null);
            }
            return run;
        }
    }

    /** A run goes on in the accounts that it began in: another one's answers must not stand under their names. */
    private static void refuseOtherAccounts(RunFacts facts, Set<String> reached) {
        Set<String> begun = new TreeSet<>();
        facts.scopes().stream()
                .filter(fact -> fact.inScope() && fact.scope().provider().equals("aws"))
                .forEach(fact -> begun.add(fact.scope().account()));
        if (!begun.equals(reached)) {
            throw TickmarkException.fixFirst(
                    "Run '" + facts.runId() + "' began in the AWS accounts " + begun
                            + ", and the credentials now reach " + reached + ".",
                    "Use the credentials and the configuration that it began with, or begin a new run without --resume.");
        }
    }

    /** The files that a run began with, where the configuration has them: a run keeps no folder of the machine. */
    private static List<DeclaredFile> found(List<DeclaredFile> begun, Configuration configuration) {
        return begun.stream()
                .map(
                        file -> configuration.files().stream()
                                .filter(now -> now.at(file.path()).equals(file)
                                        && now.recordedName().equals(file.path()))
                                .findFirst()
                                .orElseThrow(
                                        () -> TickmarkException.fixFirst(
                                                "The run began with another declaration of '" + file.path()
                                                        + "' (table '" + file.table() + "').",
                                                "Put the configuration back as it was to resume, or begin a new run without --resume.")))
                .toList();
    }

    /**
     * Reads every task of a run from an origin, live or recorded, and evaluates its equations.
     *
     * @param files the declared files, where they lie
     * @param declared what the run shall copy beside the catalog
     * @param resume whether the run has its facts already
     */
    void read(
            RunFolder run,
            RunFacts facts,
            List<DeclaredFile> files,
            Declarations declared,
            OutputFolder output,
            Origin origin,
            boolean resume) {
        if (!resume) {
            facts.write(run);
        }
        RunCatalog.keep(catalog, declared);
        declared.freeze(run, host.clock());
        CollectRun.Collected collected = new CollectRun(
                        output,
                        run,
                        facts,
                        tables,
                        origin,
                        List.of(new AwsFailures()),
                        host.clock(),
                        THREADS,
                        new TerminalProgress(console))
                .collect(tasks(facts, files));
        for (RuntimeException defect : collected.defects()) {
            throw defect;
        }
    }

    /** The tasks that follow from a run's facts alone, so that a package can be performed again without more. */
    List<Task> tasks(RunFacts facts) {
        return tasks(facts, facts.files());
    }

    private List<Task> tasks(RunFacts facts, List<DeclaredFile> files) {
        List<Scope> scopes = facts.scopes().stream()
                .filter(RunFacts.ScopeFact::inScope)
                .map(RunFacts.ScopeFact::scope)
                .toList();
        List<String> excluded =
                facts.exclusions().stream().map(RunFacts.Exclusion::table).toList();
        List<Collector> collectors = new ArrayList<>();
        Collectors.builtIn().forEach(each -> ReducedCollector.of(each, excluded).ifPresent(collectors::add));
        List<Task> tasks = new ArrayList<>(Task.of(collectors, scopes));
        for (DeclaredFile file : files) {
            if (!excluded.contains(file.table())) {
                tasks.add(new Task(
                        new DeclaredFileCollector(file, tables.table(file.table())),
                        DeclaredFileCollector.scope(file)));
            }
        }
        tasks.sort(java.util.Comparator.comparing(Task::name));
        return tasks;
    }

    /** What a run begins with. */
    RunFacts facts(RunFolder run, Configuration configuration, List<Scope> scopes, Instant asOf) {
        Set<Scope> all = new LinkedHashSet<>(scopes);
        configuration.files().forEach(file -> all.add(DeclaredFileCollector.scope(file)));
        return new RunFacts(
                run.id(),
                configuration.organization(),
                run.startedAt(),
                asOf.truncatedTo(ChronoUnit.SECONDS),
                configuration
                        .period()
                        .map(period -> new RunFacts.Period(
                                period.from().atStartOfDay().toInstant(ZoneOffset.UTC),
                                period.to().atStartOfDay().toInstant(ZoneOffset.UTC)))
                        .orElse(null),
                ToolFacts.ofThisProcess(),
                configuration.digest(),
                System.getProperty("user.name", ""),
                configuration.scheduleDays().isPresent()
                        ? configuration.scheduleDays().getAsInt()
                        : null,
                configuration.frameworks(),
                all.stream().map(RunFacts.ScopeFact::in).toList(),
                configuration.parameters().stream()
                        .map(p -> new RunFacts.Parameter(p.control(), p.name(), p.value(), p.policy()))
                        .toList(),
                configuration.excluded().stream()
                        .map(e -> new RunFacts.Exclusion(
                                e.table(), e.reason(), e.owner(), e.date().toString()))
                        .toList(),
                configuration.files());
    }

    /** Without any source in the configuration, the account that the default credential chain reaches. */
    private static List<Configuration.AwsAccount> accounts(Configuration configuration) {
        if (configuration.aws().isEmpty() && configuration.files().isEmpty()) {
            return List.of(new Configuration.AwsAccount(
                    Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
        }
        return configuration.aws();
    }

    /** Asks an account who we are there; one whose id is known is read even so, and its tables then say why not. */
    private void reach(
            AwsTransport aws,
            Configuration.AwsAccount account,
            Map<String, AwsAccess> accounts,
            Map<String, String> callers) {
        AwsAccess access = new AwsAccess(
                account.profile().orElse(null),
                account.role().orElse(null),
                account.externalId().orElse(null),
                account.region().orElse(null));
        AwsTransport.Caller caller;
        try {
            caller = aws.caller(access);
        } catch (TickmarkException e) {
            if (account.account().isEmpty() || accounts.isEmpty()) {
                throw e;
            }
            console.warning(e.problem() + " " + e.remedy());
            accounts.put(account.account().get(), access);
            return;
        }
        if (account.account().isPresent() && !account.account().get().equals(caller.account())) {
            throw TickmarkException.fixFirst(
                    "The configuration expects account '" + account.account().get() + "', but '" + caller.account()
                            + "' answers as " + caller.arn() + ".",
                    "Correct 'profile', 'role' or 'account' under sources.aws.");
        }
        accounts.put(caller.account(), access);
        callers.put(caller.account(), caller.arn());
    }

    private AwsSettings settings(String version, String runId, Map<String, AwsAccess> accounts) {
        return new AwsSettings(version, runId, accounts, AwsAccess.DEFAULT, host.limits());
    }
}
