package dev.tickmark.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;
import dev.tickmark.catalog.Crosswalk;
import dev.tickmark.catalog.Framework;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.yaml.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which criteria of other frameworks are near to one. */
@Command(
        name = "crosswalk",
        description = {
            "Show which criteria of other frameworks are near to one: 'crosswalk soc2 CC6.1 --to iso27001'.",
            "",
            "It reads from both ends. 'subset' means that the criterion asks for less than the one found, all of which"
                    + " that one asks for too; 'superset' the opposite; 'intersects' that part of them is the same."
                    + " The confidence counts public mappings that connect the two as well: high two or more, medium"
                    + " one, low none, which is our judgement. It is for finding one's way: no outcome is carried"
                    + " across."
        })
final class CatalogCrosswalk extends Verb {
    @Mixin
    private final ConfigurationPlace place = new ConfigurationPlace();

    @Parameters(
            arity = "1..2",
            paramLabel = "CRITERION",
            description = "A criterion: CC6.1, soc2:CC6.1, or its framework and number as two words.")
    private List<String> criterion = List.of();

    @Option(names = "--to", paramLabel = "FRAMEWORK", description = "Only to this framework (default: to all).")
    private @Nullable String to;

    @Option(names = "--output", paramLabel = "text|json", description = "How the result is printed (default: text).")
    private Output output = Output.text;

    CatalogCrosswalk(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        Catalog catalog = place.open(host).catalog();
        CriterionName name = CriterionName.of(catalog, criterion);
        Optional<Framework> target = Optional.ofNullable(to).map(each -> framework(catalog, each));
        List<Crosswalk.Pair> pairs = Crosswalk.builtIn().from(name.framework(), name.criterion(), target);
        if (output == Output.json) {
            console.document(json(pairs));
            return Exit.DONE;
        }
        console.result(name.reference() + "  " + name.criterion().title());
        if (pairs.isEmpty()) {
            console.result("Nothing in "
                    + target.map(Framework::title).orElse("the other frameworks")
                    + " is near to it: the two stand apart here, or nobody has connected them yet.");
        }
        for (Crosswalk.Pair pair : pairs) {
            console.result(String.format(
                    Locale.ROOT,
                    "%-10s %-28s %-6s  %s",
                    pair.relation().word(),
                    pair.to(),
                    pair.confidence().word(),
                    title(catalog, pair.to())));
            console.result("           " + pair.rationale());
        }
        return Exit.DONE;
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

    private static String title(Catalog catalog, String reference) {
        return CriterionName.find(catalog, reference)
                .map(CriterionName::criterion)
                .map(Criterion::title)
                .orElse("");
    }

    private static String json(List<Crosswalk.Pair> pairs) {
        ObjectNode root = Json.object();
        var list = root.putArray("pairs");
        for (Crosswalk.Pair pair : pairs) {
            ObjectNode each = list.addObject();
            each.put("from", pair.from());
            each.put("to", pair.to());
            each.put("relation", pair.relation().word());
            each.put("confidence", pair.confidence().word());
            each.put("rationale", pair.rationale());
        }
        return new String(Json.bytes(root), StandardCharsets.UTF_8);
    }
}
