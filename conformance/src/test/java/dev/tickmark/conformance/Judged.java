package dev.tickmark.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What there is to judge, and stock tools as processes. */
final class Judged {
    static final String WITHOUT_TIME = "without-time";
    static final String WITH_TIME = "with-time";

    private Judged() {}

    /** A file that the verifier's test of the sealer's packages left: package.zip, signer.pem, ca.pem, tsa.pem. */
    static Path of(String which, String file) {
        return there(Path.of("..", "evidence-package", "target", "judged", which, file));
    }

    /** A file that the report's tests left: report.pdf, report-signed.pdf, full/report.pdf. */
    static Path report(String file) {
        return there(Path.of("..", "cli", "target", "judged", file));
    }

    private static Path there(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path
                    + " is not there. Run the tests of the modules before this one: mvn verify -pl conformance -am");
        }
        return path.toAbsolutePath().normalize();
    }

    /** Unpacks a package below a folder. */
    static Path unpack(String which, Path folder) {
        try (ZipFile zip = new ZipFile(of(which, "package.zip").toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path target = folder.resolve(entry.getName());
                Files.createDirectories(target.getParent());
                Files.copy(zip.getInputStream(entry), target);
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void flip(Path file, int at) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            bytes[at < 0 ? bytes.length + at : at] ^= 1;
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a process answered.
     *
     * @param text both streams
     */
    record Answer(int exit, String text) {}

    static Answer run(Path folder, String... command) {
        List<String> words = new ArrayList<>(List.of(command));
        try {
            Process process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(words + " hangs");
            }
            return new Answer(process.exitValue(), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
