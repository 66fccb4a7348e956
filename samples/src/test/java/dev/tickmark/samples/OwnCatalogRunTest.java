package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tickmark.evidence.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a catalog of one's own, from the check to the package that comes out the same again. */
class OwnCatalogRunTest {
    private static final Path SAMPLE = LiveCompany.SAMPLES.resolve("own-catalog");

    @TempDir
    static Path folder;

    private static List<LiveCompany> company = List.of();
    private static Path run = Path.of("");
    private static String zip = "";
    private static String signer = "";

    @BeforeAll
    static void sealedOnce() throws IOException {
        company = List.of(new LiveCompany(folder));
        copy(SAMPLE, folder);
        assertThat(company().run("run", "--demo-identity", "--output", "json", "--out", "x"))
                .as(company().session().err())
                .isEqualTo(4); // one table of the estate is denied
        JsonNode result = company().json();
        run = Path.of(result.path("run_folder").asText());
        zip = result.path("package").asText();
        signer = result.path("next").asText().replaceAll(".*--signer ([0-9a-f]{64}).*", "$1");
    }

    @AfterAll
    static void closed() throws IOException {
        company().close();
    }

    @Test
    void itsCasesComeOutAsExpected() {
        assertThat(company().run("catalog", "test"))
                .as(company().session().out())
                .isZero();
        assertThat(company().session().out()).contains("6 cases, 0 with a difference");
        assertThat(company().session().err()).isEmpty();
    }

    @Test
    void itsControlIsAssessedAndShownAgainstItsFrameworks() throws IOException {
        assertThat(Files.readString(run.resolve("2-findings/controls.csv")))
                .contains("ACME-001,Roles that nobody uses are taken away,FAIL,12,")
                .contains("ACME-002,")
                .contains("max_age_days = 60 days");
        assertThat(Files.readString(run.resolve("2-findings/criteria-card-data-toy.csv")))
                .contains("8.2.6,ACME-001,supporting,")
                .contains("8.6.3,IAM-006,supporting,")
                .contains("8.4.2,,,");
        assertThat(Files.readString(run.resolve("3-report/index.html")))
                .contains("Card data, a toy in the style of PCI DSS")
                .contains("Changes to the built-in catalog")
                .contains("parameters.max_age_days.value");
    }

    @Test
    void whatItChangesIsInThePackageWithItsDigests() throws IOException {
        String changes = Files.readString(run.resolve("2-findings/catalog-changes.csv"));

        assertThat(changes)
                .contains("control,IAM-006,changed,parameters.max_age_days.value,90,60,controls/iam-006-sooner.yaml,"
                        + Disk.sha256(SAMPLE.resolve("catalog/controls/iam-006-sooner.yaml")))
                .contains("framework,card-data-toy,added,,,");
        assertThat(run.resolve("1-evidence/declared/catalog/controls/acme-001-unused-roles.sql"))
                .hasSameTextualContentAs(SAMPLE.resolve("catalog/controls/acme-001-unused-roles.sql"));
        assertThat(run.resolve("1-evidence/declared/catalog/cases")).doesNotExist();
    }

    @Test
    void thePackageIsIntactAndComesOutTheSameAgainWithoutTheFolder() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("auditor"));
        dev.tickmark.cli.Session auditor = new dev.tickmark.cli.Session(elsewhere);
        int exit = auditor.run("verify", zip, "--signer", signer, "--allow-demo", "--reperform", "--full");

        assertThat(exit).as(auditor.out() + auditor.err()).isZero();
        assertThat(auditor.out()).contains("populations, findings and reports come out the same");
    }

    @Test
    void licensedTextIsShownAndSealedOnlyWhereItIsAskedFor() throws IOException {
        Path other = Files.createDirectories(folder.resolve("licensed"));
        try (LiveCompany licensee = new LiveCompany(other)) {
            copy(SAMPLE, other);
            Files.writeString(other.resolve("text.csv"), "framework,criterion,text\nsoc2,CC6.1,\"Zebra, invented\"\n");
            Path configuration = other.resolve("tickmark.yaml");
            String before = Files.readString(configuration);
            Files.writeString(configuration, before + "criteria_text: [text.csv]\n");

            assertThat(licensee.run("catalog", "show", "soc2:CC6.1")).isZero();
            assertThat(licensee.session().out())
                    .contains("licensed text, local copy")
                    .contains("> Zebra, invented");
            licensee.run("run", "--demo-identity", "--out", "without");
            assertThat(holding("Zebra", licensee.runs("without").get(0))).isEmpty();

            Files.writeString(configuration, before + "criteria_text: [text.csv]\nseal_licensed_text: true\n");
            assertThat(licensee.run("run", "--demo-identity", "--out", "with")).isEqualTo(4);
            assertThat(holding("Zebra", licensee.runs("with").get(0)))
                    .containsExactly("1-evidence/declared/criteria-text/1.csv");
        }
    }

    private static List<String> holding(String word, Path folder) throws IOException {
        List<String> holding = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(word)) {
                    holding.add(folder.relativize(file).toString());
                }
            }
        }
        return holding;
    }

    @Test
    void aFolderThatChangedSinceIsSaidAndNotUsed() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        try (LiveCompany changing = new LiveCompany(other)) {
            copy(SAMPLE, other);
            assertThat(changing.run("collect", "--out", "x")).isEqualTo(4);
            Path sooner = other.resolve("catalog/controls/iam-006-sooner.yaml");
            Files.writeString(sooner, Files.readString(sooner).replace("value: 60", "value: 6000"));

            assertThat(changing.run("assess", "--out", "x")).isEqualTo(4);

            assertThat(changing.session().err()).contains("The catalog folder is not as it was when run");
            assertThat(Files.readString(changing.runs("x").get(0).resolve("2-findings/controls.csv")))
                    .contains("max_age_days = 60 days");
            Path kept = changing.runs("x").get(0).resolve("1-evidence/declared/catalog/controls/iam-006-sooner.yaml");
            Files.writeString(kept, Files.readString(sooner));
            assertThat(changing.run("assess", "--out", "x")).isEqualTo(4);
            assertThat(changing.run("report", "--out", "x")).isZero();
            assertThat(changing.run("seal", "--demo-identity", "--out", "x")).isEqualTo(3);
            assertThat(changing.session().err()).contains("iam-006-sooner.yaml' is changed");
        }
    }

    private static LiveCompany company() {
        return company.get(0);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
