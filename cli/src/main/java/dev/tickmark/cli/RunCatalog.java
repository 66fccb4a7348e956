package dev.tickmark.cli;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.OwnFile;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.Declarations;
import dev.tickmark.evidence.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** The catalog that a run began with: its own copies, whatever the organisation's folder holds by now. */
final class RunCatalog {
    private static final String FOLDER = "catalog";

    private RunCatalog() {}

    /** Adds the organisation's own files to what a run keeps. */
    static void keep(Catalog catalog, Declarations declarations) {
        catalog.own().files().forEach(file -> declarations.add(FOLDER + "/" + file.path(), file.bytes()));
    }

    /**
     * The catalog of a run.
     *
     * @param now the one of today, which is said to differ where it does
     */
    static Catalog of(RunFolder run, Catalog now, Console console) {
        List<OwnFile> kept = Files.isDirectory(folder(run)) ? Catalog.ownFiles(folder(run)) : List.of();
        if (kept.equals(now.own().files())) {
            return now;
        }
        console.warning("The catalog folder is not as it was when run '" + run.id() + "' began. The run's own copy is"
                + " used; collect again to use the folder of today.");
        return of(run, mistake -> {
            throw mistake;
        });
    }

    /** The same from the run alone, by which a package is worked out again. */
    static Catalog of(RunFolder run, Consumer<TickmarkException> mistakes) {
        return Files.isDirectory(folder(run)) ? Catalog.builtInAnd(folder(run), mistakes) : Catalog.builtIn();
    }

    private static Path folder(RunFolder run) {
        return Declarations.folder(run).resolve(FOLDER);
    }
}
