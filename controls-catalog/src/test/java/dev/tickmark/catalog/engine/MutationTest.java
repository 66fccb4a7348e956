package dev.tickmark.catalog.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.ControlTest;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Cases that stay green over a wrong query protect nobody: in each built-in query one comparison is turned round, or one
 * branch is dropped where nothing is compared, and a case has to fail. {@code -Dmutations=all} tries every comparison and
 * every branch of the part that decides the outcome.
 */
class MutationTest {
    private static final Map<String, TableDefinition> TABLES =
            AssessmentRequest.byName(Tables.builtIn().all());
    private static final Pattern COMPARISON = Pattern.compile("(?<=\\s)(<=|>=|<|>)(?=\\s)");
    private static final Pattern BRANCH =
            Pattern.compile("when\\s(?:(?!\\b(?:when|then|case)\\b).)*\\sthen\\s+'[A-Z_]+'", Pattern.DOTALL);
    private static final Pattern OUTCOME =
            Pattern.compile("case\\s(?:(?!\\bcase\\b)(?!\\bend\\s+as\\b).)*\\bend\\s+as\\s+outcome\\b", Pattern.DOTALL);

    @TempDir
    Path scratch;

    /** A query that is wrong in one place. */
    private record Mutant(String name, String sql) {}

    @TestFactory
    @Execution(ExecutionMode.CONCURRENT)
    List<DynamicTest> aCaseFailsForEachQueryThatIsWrong() {
        boolean all = "all".equals(System.getProperty("mutations"));
        List<DynamicTest> tests = new ArrayList<>();
        for (Control control : Catalog.builtIn().controls()) {
            if (control.test().isPresent()) {
                String sql = control.test().get().sql();
                List<Mutant> mutants = new ArrayList<>(turned(sql));
                mutants.addAll(dropped(sql));
                for (Mutant mutant : all ? mutants : mutants.subList(0, 1)) {
                    tests.add(DynamicTest.dynamicTest(
                            control.id() + " " + mutant.name(),
                            () -> assertThat(isNoticed(control, mutant))
                                    .as(control.id() + ": no case notices that " + mutant.name())
                                    .isTrue()));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(30);
        return tests;
    }

    /** The part that decides, or the whole query where it is not found. */
    private static int[] decisive(String sql) {
        Matcher outcome = OUTCOME.matcher(sql);
        return outcome.find() ? new int[] {outcome.start(), outcome.end()} : new int[] {0, sql.length()};
    }

    private static List<Mutant> turned(String sql) {
        List<Mutant> mutants = new ArrayList<>();
        int[] part = decisive(sql);
        Matcher comparison = COMPARISON.matcher(sql).region(part[0], part[1]);
        while (comparison.find()) {
            String other = Map.of("<", ">=", ">", "<=", "<=", ">", ">=", "<").get(comparison.group(1));
            mutants.add(new Mutant(
                    "the comparison '" + around(sql, comparison.start()) + "' is turned round",
                    sql.substring(0, comparison.start(1)) + other + sql.substring(comparison.end(1))));
        }
        return mutants;
    }

    private static List<Mutant> dropped(String sql) {
        List<Mutant> mutants = new ArrayList<>();
        int[] part = decisive(sql);
        Matcher branch = BRANCH.matcher(sql).region(part[0], part[1]);
        while (branch.find()) {
            String rest = sql.substring(0, branch.start()) + sql.substring(branch.end());
            boolean same = branch.group().endsWith("'NOT_EVALUATED'") // what the last branch says anyway
                    && sql.substring(branch.end(), part[1])
                            .replaceAll("\\s+", " ")
                            .strip()
                            .startsWith("else 'NOT_EVALUATED'");
            if (!same && rest.substring(part[0]).contains("when")) {
                mutants.add(new Mutant("the branch '" + branch.group().replaceAll("\\s+", " ") + "' is dropped", rest));
            }
        }
        return mutants;
    }

    private static String around(String sql, int at) {
        return sql.substring(Math.max(0, at - 24), Math.min(sql.length(), at + 24))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private boolean isNoticed(Control control, Mutant mutant) throws IOException, URISyntaxException {
        ControlTest test = control.test().orElseThrow();
        Control wrong = new Control(
                control.id(),
                control.title(),
                control.objective(),
                control.risk(),
                control.request(),
                control.rule(),
                control.evidence(),
                control.registers(),
                control.parameters(),
                Optional.of(new ControlTest(test.id(), test.version(), test.mainTable(), test.file(), mutant.sql())),
                control.whenEmpty(),
                control.notCovered(),
                control.remediation(),
                control.references(),
                control.links(),
                control.file());
        CaseRunner runner = new CaseRunner(TABLES);
        for (Path folder : cases(control.id())) {
            Path work = Files.createTempDirectory(scratch, "mutant");
            try {
                if (!runner.run(wrong, folder, work, 0).isEmpty()) {
                    return true;
                }
            } catch (RuntimeException e) {
                return true; // a query that cannot run is noticed too
            }
        }
        return false;
    }

    private static List<Path> cases(String control) throws IOException, URISyntaxException {
        URL readme = Objects.requireNonNull(MutationTest.class.getResource("/cases/README.md"));
        Path cases = Objects.requireNonNull(Path.of(readme.toURI()).getParent());
        try (Stream<Path> folders = Files.list(cases.resolve(control))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }
}
