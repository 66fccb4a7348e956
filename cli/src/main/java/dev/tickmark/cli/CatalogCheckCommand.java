package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.LicensedText;
import dev.tickmark.catalog.engine.CatalogCheck;
import dev.tickmark.cli.config.CatalogSettings;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Tables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Whether a catalog can be used: files, links, parameters, and every test over empty and over made rows. */
@Command(
        name = "check",
        description = {
            "Check your own catalog together with the built-in one, as a run does before it collects anything.",
            "",
            "The declarations beside the configuration are checked too: acceptances, responses, attached files.",
            "",
            "Each mistake is named by file, line and key, and ends the command with 2. Every query is run over empty"
                    + " tables, over made rows with every gap, and over the same rows in another order."
        })
final class CatalogCheckCommand extends Verb {
    @Mixin
    private final ConfigurationPlace place = new ConfigurationPlace();

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "A folder with controls/ and frameworks/ (default: the one of the configuration, if there is"
                    + " one).")
    private @Nullable Path folder;

    CatalogCheckCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Tables tables = Tables.builtIn();
        CatalogSettings settings = place.settings(host);
        Optional<Path> own =
                folder == null ? settings.folder() : Optional.of(host.folder().resolve(folder));
        List<TickmarkException> mistakes = new ArrayList<>();
        Catalog catalog =
                own.map(each -> Catalog.builtInAnd(each, mistakes::add)).orElseGet(Catalog::builtIn);
        try {
            var unused = LicensedText.read(settings.criteriaText(), catalog);
        } catch (TickmarkException e) {
            mistakes.add(e);
        }
        mistakes.addAll(new CatalogCheck(tables.all()).mistakes(catalog.controls(), List.of()));
        if (!mistakes.isEmpty()) {
            mistakes.forEach(console::error);
            return Exit.NOT_UNDERSTOOD;
        }
        DeclareStep.read(catalog, place.configuration(host));
        long tests = catalog.controls().stream()
                .filter(control -> control.test().isPresent())
                .count();
        console.result("No mistake found: " + catalog.frameworks().size() + " frameworks, "
                + catalog.controls().size() + " controls, " + tests + " tests.");
        if (own.isPresent()) {
            console.result("Your own: " + catalog.own().files().size() + " files in " + own.get() + ".");
        }
        return Exit.DONE;
    }
}
