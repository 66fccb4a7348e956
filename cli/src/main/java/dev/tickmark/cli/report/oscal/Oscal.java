package dev.tickmark.cli.report.oscal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.UsedDefinition;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.run.RunFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** What both documents of a run share: ids, properties, metadata and the controls as they were used. */
final class Oscal {
    /** The version of OSCAL that is written. */
    static final String VERSION = "1.2.1";

    /** The namespace of properties that are ours. */
    static final String NAMESPACE = "urn:tickmark:oscal";

    private final RunFacts head;

    Oscal(RunFacts head) {
        this.head = head;
    }

    /**
     * An id that the same run gives to the same thing on every day: version 5 of RFC 9562, over SHA-1, which names and
     * does not protect.
     */
    String id(String... parts) {
        byte[] name = (NAMESPACE + ":" + head.runId() + ":" + String.join(":", parts)).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(name);
            digest[6] = (byte) ((digest[6] & 0x0f) | 0x50);
            digest[8] = (byte) ((digest[8] & 0x3f) | 0x80);
            ByteBuffer bytes = ByteBuffer.wrap(digest);
            return new UUID(bytes.getLong(), bytes.getLong()).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The document's own head; its dates are the run's. */
    void metadata(ObjectNode document, String title) {
        ObjectNode metadata = document.putObject("metadata");
        metadata.put("title", title);
        metadata.put("last-modified", head.asOf().toString());
        metadata.put("version", head.runId());
        metadata.put("oscal-version", VERSION);
        ArrayNode props = metadata.putArray("props");
        property(props, "run-id", head.runId());
        property(props, "tool-version", head.tool().version());
        ArrayNode parties = metadata.putArray("parties");
        ObjectNode party = parties.addObject();
        party.put("uuid", id("party", "organization"));
        party.put("type", "organization");
        party.put("name", line(head.organization()));
    }

    /** A property in our namespace; nothing where there is no value. */
    static void property(ArrayNode props, String name, String value) {
        if (!value.isBlank()) {
            ObjectNode property = props.addObject();
            property.put("name", name);
            property.put("ns", NAMESPACE);
            property.put("value", line(value));
        }
    }

    /** A value on one line without blanks around it, as OSCAL wants strings to be. */
    static String line(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    /** A criterion's number as a token: {@code hipaa-164.312.a.2.i} for 164.312(a)(2)(i). */
    static String token(String framework, String criterion) {
        return (framework + "-" + criterion)
                .replace(")(", ".")
                .replace('(', '.')
                .replace(")", "")
                .replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** The controls by id: those of the catalog, in the place of which stands what the run's {@code tests} folder holds. */
    static SortedMap<String, Control> controls(Path run, Catalog catalog) {
        Path tests = run.resolve("2-findings").resolve("tests");
        SortedMap<String, Control> controls = new TreeMap<>();
        catalog.controls().forEach(control -> controls.put(control.id(), control));
        for (Path file : yaml(tests)) {
            try {
                Path query =
                        file.resolveSibling(String.valueOf(file.getFileName()).replaceFirst("\\.yaml$", ".sql"));
                Control control = UsedDefinition.read(
                                String.valueOf(file.getFileName()),
                                Files.readString(file),
                                Files.exists(query) ? Optional.of(Files.readString(query)) : Optional.empty())
                        .control();
                controls.put(control.id(), control);
            } catch (IOException e) {
                throw Disk.unreadable(file, e);
            }
        }
        return Collections.unmodifiableSortedMap(controls);
    }

    private static List<Path> yaml(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw Disk.unreadable(folder, e);
        }
    }
}
