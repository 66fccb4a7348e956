package dev.tickmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/custom-catalog.md}, followed to the letter up to the step that needs an account. */
class CustomCatalogPageTest {
    private static final Path PAGE = Path.of("..", "docs", "custom-catalog.md");

    @TempDir
    Path folder;

    @Test
    void theTenMinutesWorkAsTheyAreWritten() throws IOException {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        List<String> blocks = blocks(page.substring(
                page.indexOf("## Write your own control"), page.indexOf("## Change a built-in control")));
        assertThat(blocks).hasSize(9);
        Session session = new Session(folder);

        run(session, blocks.get(0));
        run(session, blocks.get(1));
        write("catalog/controls/acme-001.yaml", blocks.get(2));
        write("catalog/controls/acme-001.sql", blocks.get(3));
        run(session, blocks.get(4));
        write("catalog/cases/ACME-001/not-written-yet/aws_iam_role.csv", blocks.get(5));
        write("catalog/cases/ACME-001/not-written-yet/expected.csv", blocks.get(6));
        run(session, blocks.get(7));

        assertThat(session.out()).contains("ok       ACME-001/limit").contains("1 cases, 0 with a difference");
    }

    @Test
    void theOverrideOfThePageIsOne() throws IOException {
        String page = Files.readString(PAGE).replace("\r\n", "\n");
        List<String> blocks = blocks(page.substring(page.indexOf("## Change a built-in control")));
        Session session = new Session(folder);
        assertThat(session.run("catalog", "new", "framework", "house-rules-2026"))
                .isZero();
        assertThat(session.run("catalog", "new", "control", "IAM-006")).isZero();
        write("catalog/controls/iam-006.yaml", blocks.get(0));

        assertThat(session.run("catalog", "check")).as(session.err()).isZero();
    }

    private static List<String> blocks(String text) {
        List<String> blocks = new ArrayList<>();
        Matcher block = Pattern.compile("```[a-z]*\n(.*?)```", Pattern.DOTALL).matcher(text);
        while (block.find()) {
            blocks.add(block.group(1));
        }
        return blocks;
    }

    private void run(Session session, String commands) throws IOException {
        for (String line : commands.lines().toList()) {
            if (line.startsWith("mv ")) {
                String[] words = line.split(" ", -1);
                Files.move(folder.resolve(words[1]), folder.resolve(words[2]));
            } else if (!line.startsWith("mkdir ")) {
                String[] words = line.split(" ", -1);
                assertThat(words[0]).isEqualTo("tickmark");
                assertThat(session.run(List.of(words).subList(1, words.length).toArray(String[]::new)))
                        .as(line + "\n" + session.out() + session.err())
                        .isZero();
            }
        }
    }

    private void write(String path, String text) throws IOException {
        assertThat(folder.resolve(path).getParent()).isDirectory();
        Files.writeString(folder.resolve(path), text);
    }
}
