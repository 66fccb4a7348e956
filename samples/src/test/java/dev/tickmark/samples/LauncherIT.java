package dev.tickmark.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as a user starts it, and the package as an auditor without Tickmark checks it. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    @TempDir
    Path folder;

    private record Ended(int exit, String out, String err) {}

    @Test
    void theVersionIsPrintedOnStdoutAlone() throws Exception {
        Ended ended = run(folder, distribution().resolve("bin/tickmark").toString(), "--version");

        assertThat(ended.exit()).isZero();
        assertThat(ended.out()).startsWith("tickmark ");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void aPackageMadeFromAPathWithSpacesIsAcceptedByStockToolsAlone() throws Exception {
        Path tool = Folders.copy(distribution(), folder.resolve("a tool's folder"));
        Path bin = tool.resolve("bin/tickmark");
        assertThat(bin.toFile().setExecutable(true)).isTrue();
        Path work = Files.createDirectories(folder.resolve("an auditor's desk"));

        Ended demo = run(work, bin.toString(), "demo", "--output", "json");
        assertThat(demo.exit()).as(demo.err()).isZero();
        JsonNode result = Outcomes.json(demo.out());
        assertThat(demo.err()).doesNotContain("WARNING").doesNotContain("SLF4J");

        Path zip = Path.of(result.path("package").asText());
        Path desk = work.resolve("tickmark-out").resolve("packages");
        Ended checked = run(desk, "bash", "-euo", "pipefail", "-c", String.join("\n", commands(zip)));
        assertThat(checked.exit()).as(checked.out() + checked.err()).isZero();
        assertThat(checked.err()).contains("CMS Verification successful");
        assertThat(checked.out().lines())
                .as("no file is too many or missing")
                .allMatch(line -> line.startsWith("subject=") || line.contains("Fingerprint="));

        Ended verify = run(work, bin.toString(), "verify", zip.toString());
        assertThat(verify.exit()).isEqualTo(8);
        assertThat(verify.err()).isEmpty();
    }

    /** The commands of the package's own VERIFY.txt for a Unix shell; a demo has no time token to check. */
    private List<String> commands(Path zip) throws Exception {
        Ended verify = run(folder, "unzip", "-p", zip.toString(), "VERIFY.txt");
        List<String> commands = verify.out()
                .lines()
                .map(String::strip)
                .takeWhile(line -> !line.startsWith("2. "))
                .filter(line -> line.matches("(unzip|sha256sum|comm|openssl (cms -|pkcs7 -|x509 -)).*"))
                .toList();
        assertThat(commands).as(verify.out()).hasSizeGreaterThan(4);
        return commands;
    }

    private static Path distribution() throws IOException {
        try (Stream<Path> all = Files.list(LiveCompany.SAMPLES.resolveSibling("cli/target/dist"))) {
            return all.filter(Files::isDirectory)
                    .map(each -> each.resolve("tickmark"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Ended run(Path where, String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(where.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("HOME", folder.resolve("home").toString());
        int exit = builder.start().waitFor();
        return new Ended(
                exit, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
