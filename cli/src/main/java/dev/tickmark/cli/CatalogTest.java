package dev.tickmark.cli;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.OwnFile;
import dev.tickmark.catalog.engine.AssessmentRequest;
import dev.tickmark.catalog.engine.CaseRunner;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the cases beside the organisation's own controls. */
@Command(
        name = "test",
        description = {
            "Run the cases of your own controls: a few rows, and the findings that are expected of them.",
            "",
            "A case is a folder catalog/cases/<ID>/<case>/ with a CSV for each table and expected.csv. A difference"
                    + " ends the command with 2."
        })
final class CatalogTest extends Verb {
    private static final String CASES = "cases";

    @Mixin
    private final ConfigurationPlace place = new ConfigurationPlace();

    @Parameters(paramLabel = "CONTROL", arity = "0..*", description = "Only these controls (default: all of your own).")
    private List<String> named = List.of();

    CatalogTest(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Path home = setup.settings().home();
        CaseRunner runner =
                new CaseRunner(AssessmentRequest.byName(setup.tables().all()));
        int cases = 0;
        int differing = 0;
        for (String id : chosen(setup)) {
            Control control = setup.catalog().control(id).orElseThrow();
            List<Path> folders = folders(home.resolve(CASES).resolve(id));
            boolean ownQuery = setup.catalog().own().files().stream()
                    .anyMatch(file ->
                            file.kind() == OwnFile.Kind.QUERY && file.id().equals(id));
            if (folders.isEmpty() && ownQuery) {
                console.warning(id + " has no case. Write one into "
                        + home.resolve(CASES).resolve(id).resolve("<case>") + ".");
            }
            for (Path folder : folders) {
                List<String> differences = differences(runner, control, folder);
                cases++;
                differing += differences.isEmpty() ? 0 : 1;
                console.result(String.format(
                        Locale.ROOT, "%-8s %s/%s", differences.isEmpty() ? "ok" : "DIFFERS", id, folder.getFileName()));
                differences.forEach(each -> console.result("         " + each));
            }
        }
        console.result("");
        console.result(cases + " cases, " + differing + " with a difference.");
        return differing == 0 ? Exit.DONE : Exit.NOT_UNDERSTOOD;
    }

    private List<String> chosen(Setup setup) {
        List<String> own = setup.catalog().own().files().stream()
                .filter(file -> file.kind() == OwnFile.Kind.CONTROL)
                .map(OwnFile::id)
                .sorted()
                .toList();
        for (String id : named) {
            if (!own.contains(id)) {
                throw TickmarkException.notUnderstood(
                        "'" + id + "' is no control of your own catalog in '"
                                + setup.settings().home() + "'.",
                        Nearest.of(id, own)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse(
                                        own.isEmpty()
                                                ? "Begin one with 'tickmark catalog new control ID --table TABLE'."
                                                : "Yours are " + String.join(", ", own) + "."));
            }
        }
        return named.isEmpty() ? own : named;
    }

    private static List<String> differences(CaseRunner runner, Control control, Path folder) {
        if (control.test().isEmpty()) {
            return List.of(control.id() + " has no query that could be tried.");
        }
        Path scratch;
        try {
            scratch = Files.createTempDirectory("tickmark-case");
        } catch (IOException e) {
            throw Disk.unwritable(Path.of(System.getProperty("java.io.tmpdir", "")), e);
        }
        try {
            return new ArrayList<>(runner.run(control, folder, scratch));
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage() == null ? "The case cannot be read." : e.getMessage() + ".");
        } finally {
            try {
                Disk.deleteTree(scratch);
            } catch (IOException e) {
                scratch.toFile().deleteOnExit();
            }
        }
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> list = Files.list(parent)) {
            return list.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw Disk.unreadable(parent, e);
        }
    }
}
