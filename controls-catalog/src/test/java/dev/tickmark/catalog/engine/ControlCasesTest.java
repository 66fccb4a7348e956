package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every case of every built-in control, see {@code cases/README.md}. */
class ControlCasesTest {
    private static final Map<String, TableDefinition> TABLES =
            AssessmentRequest.byName(Tables.builtIn().all());

    @TempDir
    Path scratch;

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    List<DynamicTest> everyCaseComesOutAsExpected() throws IOException, URISyntaxException {
        Catalog catalog = Catalog.builtIn();
        CaseRunner runner = new CaseRunner(TABLES);
        List<DynamicTest> tests = new ArrayList<>();
        for (Path folder : folders(cases())) {
            for (Path caseFolder : folders(folder)) {
                String name = folder.getFileName() + "/" + caseFolder.getFileName();
                tests.add(DynamicTest.dynamicTest(name, () -> {
                    Control control = catalog.control(String.valueOf(folder.getFileName()))
                            .orElseThrow(() -> new AssertionError("no control is called " + folder.getFileName()));

                    assertThat(runner.run(control, caseFolder, Files.createDirectories(scratch.resolve(name))))
                            .isEmpty();
                }));
            }
        }
        return tests;
    }

    @Test
    void everyControlWithATestHasACase() throws IOException, URISyntaxException {
        List<String> withCases = folders(cases()).stream()
                .map(folder -> String.valueOf(folder.getFileName()))
                .toList();

        assertThat(Catalog.builtIn().controls().stream()
                        .filter(control -> control.test().isPresent())
                        .map(Control::id))
                .isSubsetOf(withCases);
    }

    @Test
    void everyBuiltInTestPassesTheGateAndRuns() {
        Assessment.check(Catalog.builtIn(), TABLES.values(), List.of());
    }

    private static Path cases() throws URISyntaxException {
        URL readme = Objects.requireNonNull(ControlCasesTest.class.getResource("/cases/README.md"));
        return Objects.requireNonNull(Path.of(readme.toURI()).getParent());
    }

    private static List<Path> folders(Path parent) throws IOException {
        try (Stream<Path> list = Files.list(parent)) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }
}
