package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs over a catalog folder of one's own. */
class OwnCatalogTest {
    @TempDir
    Path folder;

    private Session session = new Session(Path.of(""));

    @BeforeEach
    void aSession() {
        session = new Session(folder);
    }

    @Test
    void whatIsBegunIsValidFromTheStart() {
        assertThat(session.run("catalog", "new", "control", "ACME-001", "--table", "aws_iam_role"))
                .as(session.err())
                .isZero();
        assertThat(session.run("catalog", "new", "control", "ACME-002")).isZero();
        assertThat(session.run("catalog", "new", "control", "IAM-006")).isZero();
        assertThat(session.run("catalog", "new", "framework", "acme-2026")).isZero();

        assertThat(session.run("catalog", "check")).as(session.err()).isZero();
        assertThat(session.out()).contains("No mistake found").contains("Your own: 5 files");
        assertThat(session.run("catalog", "test")).as(session.out()).isZero();
        assertThat(session.out()).contains("ok       ACME-001/not-written-yet").contains("1 cases, 0 with");
        assertThat(session.run("catalog", "show", "ACME-001")).isZero();
        assertThat(session.run("catalog", "show", "acme:1.1")).as(session.err()).isZero();
        assertThat(session.run("catalog", "list", "--frameworks")).isZero();
        assertThat(session.out()).contains("acme-2026");
    }

    @Test
    void nothingIsWrittenOverAFile() throws IOException {
        session.run("catalog", "new", "control", "ACME-001");
        Files.move(
                folder.resolve("catalog/controls/acme-001.yaml"), folder.resolve("catalog/controls/acme-001-x.yaml"));

        assertThat(session.run("catalog", "new", "control", "ACME-001")).isEqualTo(3);
        assertThat(session.err()).contains("acme-001-x.yaml").contains("exists already");
    }

    @Test
    void aWrongIdOrTableIsNotUnderstood() {
        assertThat(session.run("catalog", "new", "control", "acme-1")).isEqualTo(2);
        assertThat(session.run("catalog", "new", "control", "ACME-1", "--table", "aws_iam_rol"))
                .isEqualTo(2);
        assertThat(session.err()).contains("Did you mean 'aws_iam_role'?");
        assertThat(session.run("catalog", "new", "framework", "soc2-2030")).isEqualTo(2);
        assertThat(session.err()).contains("built-in soc2-2017");
        assertThat(folder.resolve("catalog")).doesNotExist();
    }

    @Test
    void checkTellsEveryMistakeWithItsFileAndEndsWithTwo() throws IOException {
        session.run("catalog", "new", "control", "ACME-001", "--table", "aws_iam_role");
        session.run("catalog", "new", "control", "ACME-002");
        append("catalog/controls/acme-001.sql", "where service_linked\n");
        append("catalog/controls/acme-002.yaml", "severity: high\n");

        assertThat(session.run("catalog", "check")).isEqualTo(2);

        assertThat(session.err())
                .contains("acme-002.yaml, line ")
                .contains("'severity' is not a key")
                .contains("acme-001.sql: over made rows")
                .contains("no finding for");
    }

    @Test
    void aRunRefusesAMistakeBeforeAnythingIsCollected() throws IOException {
        session.run("catalog", "new", "control", "ACME-001", "--table", "aws_iam_role");
        append("catalog/controls/acme-001.sql", "where service_linked\n");

        assertThat(session.run("run", "--no-seal")).isEqualTo(2);

        assertThat(session.err()).contains("acme-001.sql");
        assertThat(folder.resolve("tickmark-out/runs")).doesNotExist();
    }

    @Test
    void aCaseThatComesOutOtherwiseIsTold() throws IOException {
        session.run("catalog", "new", "control", "ACME-001", "--table", "aws_iam_role");
        write("catalog/cases/ACME-001/another/aws_iam_role.csv", "row_key\nr1\n");
        write("catalog/cases/ACME-001/another/expected.csv", "row_key,outcome\nr1,PASS\n");
        write("catalog/cases/ACME-001/bad/aws_iam_role.csv", "row_key,rolename\nr1,x\n");
        write("catalog/cases/ACME-001/bad/expected.csv", "row_key,outcome\nr1,PASS\n");

        assertThat(session.run("catalog", "test", "ACME-001")).isEqualTo(2);

        assertThat(session.out())
                .contains("DIFFERS  ACME-001/another")
                .contains("'r1' is NOT_EVALUATED")
                .contains("expected is PASS")
                .contains("DIFFERS  ACME-001/bad")
                .contains("has no column rolename")
                .contains("3 cases, 2 with a difference");
        assertThat(session.run("catalog", "test", "ACME-002")).isEqualTo(2);
        assertThat(session.err()).contains("Did you mean 'ACME-001'?");
    }

    @Test
    void theFolderOfTheConfigurationIsRead() throws IOException {
        write("tickmark.yaml", "organization: Example\ncatalog: rules\nframeworks: [acme-2026]\n");
        assertThat(session.run("catalog", "check")).isEqualTo(2);
        assertThat(session.err()).contains("tickmark.yaml, line 2").contains("key 'catalog'");
        Files.createDirectories(folder.resolve("rules"));
        assertThat(session.run("catalog", "new", "framework", "acme-2026")).isZero();

        assertThat(folder.resolve("rules/frameworks/acme-2026.yaml")).isRegularFile();
        assertThat(session.run("catalog", "coverage")).as(session.err()).isZero();
        assertThat(session.out()).contains("1.1");
    }

    private void append(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), Files.readString(folder.resolve(path)) + text);
    }

    private void write(String path, String text) throws IOException {
        Files.createDirectories(folder.resolve(path).getParent());
        Files.writeString(folder.resolve(path), text);
    }
}
