package dev.tickmark.cli;

import dev.tickmark.evidence.TickmarkException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The root command: what {@code tickmark} alone and {@code tickmark --help} say. */
@Command(
        name = "tickmark",
        description = {
            "Collects compliance evidence from the systems themselves, tests it against controls, and "
                    + "seals it into one package that an auditor can check without trusting anyone.",
            "",
            "New here? 'tickmark demo' makes a package from a recorded estate; 'tickmark init' begins "
                    + "your own. The order of work: collect, assess, report, seal ('tickmark run' does all four), "
                    + "then verify."
        },
        footer = {
            "Each verb explains itself: tickmark VERB --help. Everything is written below --out "
                    + "(tickmark-out). Tickmark reads; it changes nothing in the systems it reads."
        })
final class Tickmark extends Verb {
    @Mixin
    private final Settings settings = new Settings();

    Tickmark(Host host) {
        super(host);
    }

    Settings settings() {
        return settings;
    }

    @Override
    Exit run(Console console) {
        if (spec != null) {
            console.document(spec.commandLine().getUsageMessage());
        }
        return Exit.DONE;
    }

    /** Runs one command line and gives the process's exit status. */
    static int run(Host host, String... arguments) {
        Tickmark root = new Tickmark(host);
        CommandLine line = new CommandLine(root);
        for (Verb verb : verbs(host)) {
            line.addSubcommand(verb);
        }
        line.addSubcommand(new CommandLine(new KeyCommand(host))
                .addSubcommand(new KeyCommand.New(host))
                .addSubcommand(new KeyCommand.Show(host)));
        line.addSubcommand(new CommandLine(new ShowCommand(host))
                .addSubcommand(new ShowCommand.Runs(host))
                .addSubcommand(new ShowCommand.TableList(host))
                .addSubcommand(new ShowCommand.OneTable(host))
                .addSubcommand(new ShowCommand.Findings(host))
                .addSubcommand(new ShowCommand.Raw(host)));
        line.addSubcommand(new CommandLine(new CatalogCommand(host))
                .addSubcommand(new CatalogCommand.ListAll(host))
                .addSubcommand(new CatalogCommand.Show(host))
                .addSubcommand(new CatalogCoverage(host))
                .addSubcommand(new CatalogCrosswalk(host))
                .addSubcommand(new CatalogCheckCommand(host))
                .addSubcommand(new CatalogTest(host))
                .addSubcommand(new CommandLine(new CatalogNew(host))
                        .addSubcommand(new CatalogNew.Control(host))
                        .addSubcommand(new CatalogNew.Framework(host))));
        line.addSubcommand(new CommandLine(new DeclareCommand(host))
                .addSubcommand(new DeclareCommand.New(host))
                .addSubcommand(new DeclareCommand.Check(host)));
        line.addSubcommand(new CommandLine(new AutoComplete.GenerateCompletion()));
        exitCodes(line);
        line.setOut(new PrintWriter(host.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(host.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, all) -> misunderstood(host, e));
        line.setExecutionExceptionHandler((e, command, parsed) -> failed(host, root, e));
        return line.execute(arguments);
    }

    private static List<Verb> verbs(Host host) {
        return List.of(
                new DemoCommand(host),
                new InitCommand(host),
                new DoctorCommand(host),
                new PermissionsCommand(host),
                new AttachCommand(host),
                new AcceptancesCommand(host),
                new RunCommand(host),
                new CollectCommand(host),
                new AssessCommand(host),
                new ReportCommand(host),
                new SealCommand(host),
                new VerifyCommand(host),
                new StampCommand(host));
    }

    private static void exitCodes(CommandLine line) {
        var codes = new java.util.LinkedHashMap<String, String>();
        for (Exit exit : Exit.values()) {
            codes.put(Integer.toString(exit.code()), exit.meaning());
        }
        line.getCommandSpec().usageMessage().exitCodeList(codes);
    }

    private static int misunderstood(Host host, ParameterException e) {
        Console console = new Settings().console(host);
        @Nullable String message = e.getMessage();
        List<String> suggestions =
                e instanceof CommandLine.UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String remedy = suggestions.isEmpty()
                ? "See '" + command + " --help'."
                : "Did you mean '" + suggestions.get(0).strip() + "'? See '" + command + " --help'.";
        String problem = message == null || message.isBlank() ? "The command line was not understood" : message;
        console.error(TickmarkException.notUnderstood(problem.endsWith(".") ? problem : problem + ".", remedy));
        return Exit.NOT_UNDERSTOOD.code();
    }

    private static int failed(Host host, Tickmark root, Exception e) {
        Console console = root.settings.console(host);
        if (root.settings.stacktrace) {
            e.printStackTrace(host.err());
        }
        if (e instanceof TickmarkException known) {
            console.error(known);
            return switch (known.kind()) {
                case NOT_UNDERSTOOD -> Exit.NOT_UNDERSTOOD.code();
                case FIX_FIRST -> Exit.FIX_FIRST.code();
                case NOT_VERIFIED -> Exit.NOT_INTACT.code();
                case ALREADY_RUNNING -> Exit.ALREADY_RUNNING.code();
            };
        }
        console.error(new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "Tickmark has a defect that shows here (" + e.getClass().getSimpleName() + ").",
                "Run it again with --stacktrace and report what it prints; nothing half-written is left behind."));
        return Exit.DEFECT.code();
    }
}
