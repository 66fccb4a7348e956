package dev.tickmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Framework;
import dev.tickmark.cli.catalog.Coverage;
import dev.tickmark.cli.catalog.Reach;
import dev.tickmark.cli.config.Configuration;
import dev.tickmark.collect.Collector;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.yaml.Nearest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the present configuration can evidence, criterion by criterion. */
@Command(
        name = "coverage",
        description = {
            "Show what the present configuration can evidence of each criterion: automated, manual or nothing.",
            "",
            "'automated' means that the test of at least one linked control can run, since a collector or a declared"
                    + " file fills its tables; 'manual' that a document can be attached; 'nothing' that there is"
                    + " neither. It counts what can be looked at, not how it comes out, and no criterion is covered"
                    + " whole by that."
        })
final class CatalogCoverage extends Verb {
    /** How the result is printed; named as it is typed. */
    enum Form {
        text,
        csv,
        json
    }

    @Mixin
    private final ConfigurationPlace place = new ConfigurationPlace();

    @Option(
            names = "--framework",
            paramLabel = "FRAMEWORK",
            split = ",",
            description = "Only these frameworks (default: those of the configuration).")
    private List<String> frameworks = List.of();

    @Option(
            names = "--sources",
            paramLabel = "SOURCE",
            split = ",",
            description = "As if these sources were configured, and no files: aws,okta (default: the configuration's).")
    private @Nullable List<String> sources;

    @Option(
            names = "--output",
            paramLabel = "text|csv|json",
            description = "How the result is printed (default: text).")
    private Form output = Form.text;

    CatalogCoverage(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Setup setup = place.open(host);
        Catalog catalog = setup.catalog();
        Configuration configuration = setup.configuration();
        Reach reach = reach(console, catalog, configuration);
        List<Framework> chosen = new ArrayList<>();
        for (String name : frameworks.isEmpty() ? configuration.frameworks() : frameworks) {
            chosen.add(framework(catalog, name));
        }
        List<Coverage.Line> lines = new ArrayList<>();
        chosen.forEach(framework -> lines.addAll(Coverage.of(catalog, framework, reach)));
        switch (output) {
            case text -> text(console, chosen, lines);
            case csv -> console.document(csv(lines));
            case json -> console.document(json(lines));
        }
        return Exit.DONE;
    }

    private Reach reach(Console console, Catalog catalog, Configuration configuration) {
        List<Collector> collectors = Collectors.builtIn();
        Set<String> providers = new TreeSet<>();
        collectors.forEach(each -> providers.add(each.source().provider()));
        List<String> named = sources;
        if (named == null) {
            boolean aws =
                    !configuration.aws().isEmpty() || configuration.files().isEmpty();
            return Reach.of(
                    collectors,
                    aws ? Set.of("aws") : Set.of(),
                    configuration.files().stream().map(DeclaredFile::table).toList());
        }
        Set<String> known = new TreeSet<>(providers);
        catalog.controls()
                .forEach(control ->
                        control.request().sources().forEach(each -> known.addAll(List.of(each.split("[|]")))));
        for (String name : named) {
            if (!known.contains(name)) {
                throw TickmarkException.notUnderstood(
                        "No control asks for a source called '" + name + "'.",
                        Nearest.of(name, known)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Known are " + String.join(", ", known) + "."));
            }
            if (!providers.contains(name)) {
                console.warning("There is no collector for '" + name
                        + "' yet; what rests on it counts as nothing, unless a declared file brings it.");
            }
        }
        return Reach.of(collectors, new TreeSet<>(named), List.of());
    }

    private static Framework framework(Catalog catalog, String name) {
        return catalog.framework(name).orElseThrow(() -> {
            List<String> keys =
                    catalog.frameworks().stream().map(Framework::key).toList();
            return TickmarkException.notUnderstood(
                    "There is no framework '" + name + "'.",
                    Nearest.of(name, keys)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Known are " + String.join(", ", keys) + "."));
        });
    }

    private static void text(Console console, List<Framework> chosen, List<Coverage.Line> lines) {
        for (Framework framework : chosen) {
            Map<Reach.Way, Integer> counts = new EnumMap<>(Reach.Way.class);
            console.result(framework.title() + ", " + framework.edition());
            console.result(String.format(
                    Locale.ROOT,
                    "  %-22s %-10s %9s %6s %7s  %s",
                    "criterion",
                    "evidence",
                    "automated",
                    "manual",
                    "nothing",
                    "title"));
            for (Coverage.Line line : lines) {
                if (line.framework().id().equals(framework.id())) {
                    counts.merge(line.way(), 1, Integer::sum);
                    console.result(String.format(
                            Locale.ROOT,
                            "  %-22s %-10s %9d %6d %7d  %s",
                            line.criterion().id(),
                            line.way().word(),
                            line.automated().size(),
                            line.manual().size(),
                            line.nothing().size(),
                            line.criterion().title()));
                }
            }
            List<String> sums = new ArrayList<>();
            for (Reach.Way way : Reach.Way.values()) {
                sums.add(counts.getOrDefault(way, 0) + " " + way.word());
            }
            console.result("  " + framework.criteria().size() + " criteria: " + String.join(", ", sums) + ".");
            console.result("");
        }
        console.result("Numbers are controls that can be looked at, not how they come out.");
    }

    private static String csv(List<Coverage.Line> lines) {
        StringBuilder csv = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.RFC4180)) {
            printer.printRecord(
                    "framework_id",
                    "criterion_id",
                    "title",
                    "evidence",
                    "automated_controls",
                    "manual_controls",
                    "other_controls");
            for (Coverage.Line line : lines) {
                printer.printRecord(
                        line.framework().id(),
                        line.criterion().id(),
                        line.criterion().title(),
                        line.way().word(),
                        String.join(";", line.automated()),
                        String.join(";", line.manual()),
                        String.join(";", line.nothing()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return csv.toString();
    }

    private static String json(List<Coverage.Line> lines) {
        ObjectNode root = Json.object();
        ArrayNode list = root.putArray("criteria");
        for (Coverage.Line line : lines) {
            ObjectNode each = list.addObject();
            each.put("framework", line.framework().id());
            each.put("criterion", line.criterion().id());
            each.put("title", line.criterion().title());
            each.put("evidence", line.way().word());
            line.automated().forEach(each.putArray("automated")::add);
            line.manual().forEach(each.putArray("manual")::add);
            line.nothing().forEach(each.putArray("nothing")::add);
        }
        return new String(Json.bytes(root), StandardCharsets.UTF_8);
    }
}
