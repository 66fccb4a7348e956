package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.declared.HipaaDecisions;
import dev.tickmark.catalog.declared.ScopeDeclaration;
import dev.tickmark.catalog.declared.Skeletons;
import dev.tickmark.catalog.declared.StatementOfApplicability;
import dev.tickmark.cli.config.Declaration;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What management declares of frameworks. */
@Command(
        name = "declare",
        description = "What management states of frameworks: statement of applicability, HIPAA decisions, scope.")
final class DeclareCommand extends Verb {
    DeclareCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        if (spec != null) {
            console.document(spec.commandLine().getUsageMessage());
        }
        return Exit.DONE;
    }

    /** The files that there are; spelled as on the command line. */
    enum Kind {
        statement_of_applicability(Declaration.STATEMENT_OF_APPLICABILITY),
        hipaa_decisions(Declaration.HIPAA_DECISIONS),
        scope(Declaration.SCOPE);

        private final Declaration declaration;

        Kind(Declaration declaration) {
            this.declaration = declaration;
        }

        @Override
        public String toString() {
            return name().replace('_', '-');
        }

        static Kind of(String word) {
            for (Kind each : values()) {
                if (each.toString().equals(word) || (each == statement_of_applicability && word.equals("soa"))) {
                    return each;
                }
            }
            throw TickmarkException.notUnderstood(
                    "'" + word + "' is not a declaration.",
                    "Write statement-of-applicability (or soa), hipaa-decisions or scope.");
        }
    }

    /** Begins a file. */
    @Command(
            name = "new",
            description = {
                "Write a commented file to fill in; an existing file is never touched.",
                "",
                "A statement of applicability has to be complete before a run takes it. To go on collecting while you"
                        + " fill it in, give it another name with --file, and rename it when 'tickmark declare check' is"
                        + " content."
            })
    static final class New extends Verb {
        @Mixin
        private final ConfigurationPlace place = new ConfigurationPlace();

        @Parameters(paramLabel = "KIND", description = "statement-of-applicability (or soa), hipaa-decisions or scope.")
        private String kind = "";

        @Option(
                names = "--file",
                paramLabel = "FILE",
                description = "Where to write it (default: where the configuration looks for it).")
        private @Nullable Path file;

        New(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            Setup setup = place.open(host);
            Kind chosen = Kind.of(kind);
            Path target = file == null
                    ? setup.configuration().place(chosen.declaration)
                    : host.folder().resolve(file);
            String text = switch (chosen) {
                case statement_of_applicability -> Skeletons.statement(setup.catalog());
                case hipaa_decisions -> Skeletons.decisions(setup.catalog());
                case scope -> Skeletons.scope();
            };
            try {
                Files.write(target, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                throw TickmarkException.fixFirst(
                        "'" + target + "' exists already.", "Move it away first, or name another file with --file.");
            } catch (IOException e) {
                throw Disk.unwritable(target, e);
            }
            console.result("Wrote " + target + ". Fill it in, then: tickmark declare check"
                    + (file == null ? "" : " " + chosen + " --file " + file));
            return Exit.DONE;
        }
    }

    /** Looks for every mistake. */
    @Command(
            name = "check",
            description = "Check the declarations and say how complete they are; all mistakes at once, exit status 2.")
    static final class Check extends Verb {
        @Mixin
        private final ConfigurationPlace place = new ConfigurationPlace();

        @Parameters(
                paramLabel = "KIND",
                arity = "0..1",
                description = "statement-of-applicability (or soa), hipaa-decisions or scope (default: all there are).")
        private @Nullable String kind;

        @Option(names = "--file", paramLabel = "FILE", description = "Another file than the configuration names.")
        private @Nullable Path file;

        private final List<TickmarkException> mistakes = new ArrayList<>();

        Check(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            Setup setup = place.open(host);
            if (file != null && kind == null) {
                throw TickmarkException.notUnderstood(
                        "--file names a file, and not which declaration it is.",
                        "Write 'tickmark declare check KIND --file " + file + "'.");
            }
            List<Kind> kinds = kind == null ? List.of(Kind.values()) : List.of(Kind.of(kind));
            for (Kind each : kinds) {
                Optional<Path> found = file == null
                        ? setup.configuration().find(each.declaration)
                        : Optional.of(host.folder().resolve(file));
                if (found.isEmpty()) {
                    console.result(each + ": none (" + setup.configuration().place(each.declaration) + ")");
                } else {
                    check(console, each, found.get(), setup.catalog());
                }
            }
            return mistakes.isEmpty() ? Exit.DONE : Exit.NOT_UNDERSTOOD;
        }

        private void check(Console console, Kind each, Path found, Catalog catalog) {
            String text;
            try {
                text = Files.readString(found);
            } catch (IOException e) {
                throw Disk.unreadable(found, e);
            }
            int before = mistakes.size();
            String says = "";
            try {
                says = says(each, found.toString(), text, catalog, mistakes::add);
            } catch (TickmarkException e) {
                mistakes.add(e);
            }
            List<TickmarkException> own = mistakes.subList(before, mistakes.size());
            own.forEach(console::error);
            console.result(
                    each + ": " + (own.isEmpty() ? says : own.size() + (own.size() == 1 ? " mistake" : " mistakes")));
        }

        private static String says(
                Kind kind, String name, String text, Catalog catalog, Consumer<TickmarkException> mistakes) {
            Optional<Catalog> known = Optional.of(catalog);
            switch (kind) {
                case statement_of_applicability -> {
                    StatementOfApplicability statement = StatementOfApplicability.read(name, text, known, mistakes);
                    return statement.controls().size() + " of "
                            + StatementOfApplicability.annexA(catalog).size() + " controls of Annex A are stated, "
                            + statement.applicable() + " apply, "
                            + statement.beyond().size() + " beyond Annex A";
                }
                case hipaa_decisions -> {
                    HipaaDecisions decisions = HipaaDecisions.read(name, text, known, mistakes);
                    List<String> undecided = HipaaDecisions.addressable(catalog).stream()
                            .map(criterion -> criterion.id())
                            .filter(id -> decisions.decision(id).isEmpty())
                            .toList();
                    int all = HipaaDecisions.addressable(catalog).size();
                    return (all - undecided.size()) + " of " + all + " addressable specifications are decided"
                            + (undecided.isEmpty() ? "" : ", undecided: " + String.join(", ", undecided));
                }
                case scope -> {
                    ScopeDeclaration scope = ScopeDeclaration.read(name, text, known, mistakes);
                    return scope.soc2()
                                    .map(soc2 -> soc2.inScope().size() + " of 5 SOC 2 categories in scope")
                                    .orElse("SOC 2 not declared")
                            + ", "
                            + scope.hipaa()
                                    .map(hipaa -> "HIPAA: "
                                            + String.join(
                                                    " and ",
                                                    hipaa.roles().stream()
                                                            .map(role -> role.words())
                                                            .toList()))
                                    .orElse("HIPAA not declared")
                            + ", " + scope.subservices().size() + " subservice organizations";
                }
            }
            return "";
        }
    }
}
