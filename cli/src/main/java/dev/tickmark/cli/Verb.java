package dev.tickmark.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A verb of the command line: its options, and what it does with them. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        descriptionHeading = "%n",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n",
        footerHeading = "%n")
abstract class Verb implements Callable<Integer> {
    final Host host;

    @Spec
    @Nullable
    CommandSpec spec;

    @ParentCommand
    @Nullable
    Object parent;

    Verb(Host host) {
        this.host = host;
    }

    /** Does the work; a {@link dev.tickmark.evidence.TickmarkException} is printed by the caller. */
    abstract Exit run(Console console);

    @Override
    public Integer call() {
        return run(console()).code();
    }

    /** A console after the options of the root command. */
    Console console() {
        CommandSpec here = spec;
        while (here != null && here.parent() != null) {
            here = here.parent();
        }
        return here != null && here.userObject() instanceof Tickmark root
                ? root.settings().console(host)
                : new Settings().console(host);
    }
}
