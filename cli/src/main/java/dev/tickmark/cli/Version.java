package dev.tickmark.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/**
 * What was built: version, commit and whether the tree had changes that no commit holds.
 *
 * @param tree {@code clean}, {@code modified} or {@code unknown}
 */
public record Version(String version, String commit, String tree) implements IVersionProvider {
    /** For the command line, which makes one by itself. */
    public Version() {
        this("", "", "");
    }

    /** The version that the build wrote beside the classes. */
    public static Version ofThisBuild() {
        Properties properties = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/build.properties")) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String dirty = properties.getProperty("git.dirty", "");
        String tree = dirty.equals("true") ? "modified" : dirty.equals("false") ? "clean" : "unknown";
        return new Version(
                properties.getProperty("git.build.version", "unknown"),
                properties.getProperty("git.commit.id.full", "unknown"),
                tree);
    }

    /** A version number without a suffix, built from a clean tree. */
    public boolean released() {
        return !version.contains("-") && !version.equals("unknown") && tree.equals("clean");
    }

    @Override
    public String[] getVersion() {
        Version here = ofThisBuild();
        String build = here.released() ? "" : ", UNRELEASED BUILD (tree " + here.tree() + ")";
        return new String[] {"tickmark " + here.version() + ", commit " + here.commit() + build};
    }
}
