package dev.tickmark.catalog;

import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A definition of the organisation's own laid over the built-in one with the same id: a key that it gives takes the
 * place of ours, every other one stays.
 *
 * <p>Parameters are laid over each other by name, links by criterion, criteria by id, and {@code document} key by key;
 * other lists are replaced whole. An empty list or map of links or parameters takes all of them out, and {@code remove}
 * takes out single ones.
 */
final class Overlay {
    static final String OVERRIDES = "overrides";
    private static final String BUILT_IN = "built-in";
    private static final String REMOVE = "remove";
    private static final String PARAMETERS = "parameters";
    private static final String LINKS = "links";

    private final YamlValue own;
    private final Map<String, YamlValue> members;

    private Overlay(YamlValue own, YamlValue builtIn) {
        this.own = own;
        this.members = new LinkedHashMap<>(builtIn.map());
    }

    /**
     * Whether a definition says that it overrides a built-in one.
     *
     * @throws dev.tickmark.evidence.TickmarkException NOT_UNDERSTOOD where it names anything else
     */
    static boolean overrides(YamlValue root) {
        Optional<YamlValue> word = root.find(OVERRIDES);
        if (word.isPresent() && !word.get().text().equals(BUILT_IN)) {
            throw word.get()
                    .mistake(
                            "'" + word.get().text() + "' cannot be overridden: only a built-in definition can, by the"
                                    + " one file that has its id, so that no override rests on another.",
                            "Write 'overrides: built-in' in a file with the id of the built-in one, or take the key out"
                                    + " and give the file an id of its own.");
        }
        return word.isPresent();
    }

    static YamlValue control(YamlValue own, YamlValue builtIn, CatalogFile file, List<String> allowed) {
        own.map(with(allowed, OVERRIDES, REMOVE));
        if (file.sql().isPresent() && own.find("version").isEmpty()) {
            throw own.mistake(
                    "the query '" + file.sqlName() + "' replaces the built-in one, and has no version.",
                    "Add 'version:' with a number that grows whenever an outcome or a reason could change.");
        }
        return new Overlay(own, builtIn).laid();
    }

    static YamlValue framework(YamlValue own, YamlValue builtIn, List<String> allowed) {
        own.map(with(allowed, OVERRIDES));
        own.find("key").ifPresent(key -> {
            if (!key.text().equals(builtIn.at("key").text())) {
                throw key.mistake(
                        "links name the framework by its key, which is '"
                                + builtIn.at("key").text() + "'.",
                        "Take the key out, or make a framework with an id and a key of its own.");
            }
        });
        return new Overlay(own, builtIn).laid();
    }

    private static List<String> with(List<String> keys, String... more) {
        List<String> all = new ArrayList<>(keys);
        all.addAll(List.of(more));
        return all;
    }

    private YamlValue laid() {
        own.find(REMOVE).ifPresent(list -> list.list().forEach(this::remove));
        own.map().forEach((key, value) -> {
            switch (key) {
                case OVERRIDES, REMOVE -> {
                    // they say how, and are no part of the definition
                }
                case PARAMETERS -> members.put(key, parameters(value));
                case LINKS -> members.put(key, byId(value, "criterion"));
                case "criteria" -> members.put(key, byId(value, "id"));
                case "document" -> members.put(key, over(value, Optional.ofNullable(members.get(key))));
                default -> members.put(key, value);
            }
        });
        return own.withMembers(members);
    }

    private YamlValue parameters(YamlValue value) {
        Map<String, YamlValue> all = new LinkedHashMap<>();
        if (!value.map().isEmpty()) {
            base(PARAMETERS).ifPresent(base -> all.putAll(base.map()));
        }
        value.map().forEach((name, parameter) -> {
            Optional<YamlValue> base = Optional.ofNullable(all.get(name));
            if (base.isPresent()
                    && parameter.find("value").isPresent()
                    && parameter.find("origin").isEmpty()) {
                throw parameter.mistake(
                        "the value is another one, and the origin would still be that of the built-in value.",
                        "Add 'origin:' with where your value comes from, such as the name of your policy.");
            }
            base.ifPresent(each -> refuseOtherType(parameter, each));
            all.put(name, over(parameter, base));
        });
        return value.withMembers(all);
    }

    /** A value without a type is of the type that the built-in one has. */
    private static void refuseOtherType(YamlValue parameter, YamlValue base) {
        Optional<YamlValue> value = parameter.find("value");
        if (value.isEmpty() || parameter.find("type").isPresent()) {
            return;
        }
        String builtIn = base.at("value").text();
        Parameter.Type type = base.find("type")
                .map(each -> each.oneOf(Parameter.Type.class))
                .orElseGet(() -> Parameter.typeOf(builtIn));
        if (type != Parameter.typeOf(value.get().text())) {
            throw value.get()
                    .mistake(
                            "'" + value.get().text() + "' is not " + type.words() + ", as the built-in value '"
                                    + builtIn + "' is.",
                            "Write " + type.words() + ", or say 'type:' beside it if another one is meant.");
        }
    }

    private YamlValue byId(YamlValue list, String idKey) {
        List<YamlValue> elements = list.list();
        Map<String, YamlValue> all = new LinkedHashMap<>();
        String key = idKey.equals("id") ? "criteria" : LINKS;
        if (!elements.isEmpty()) {
            base(key)
                    .ifPresent(base ->
                            base.list().forEach(each -> all.put(each.at(idKey).text(), each)));
        }
        TreeSet<String> given = new TreeSet<>();
        for (YamlValue element : elements) {
            YamlValue id = element.at(idKey);
            if (!given.add(id.text())) {
                throw id.mistake("'" + id.text() + "' stands twice.", "Keep one of the two.");
            }
            all.put(id.text(), over(element, Optional.ofNullable(all.get(id.text()))));
        }
        return list.withElements(new ArrayList<>(all.values()));
    }

    private static YamlValue over(YamlValue value, Optional<YamlValue> base) {
        Map<String, YamlValue> all = new LinkedHashMap<>();
        base.ifPresent(each -> all.putAll(each.map()));
        all.putAll(value.map());
        return value.withMembers(all);
    }

    private Optional<YamlValue> base(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /** A key, {@code parameters.<name>}, or the criterion of a link. */
    private void remove(YamlValue word) {
        String text = word.text();
        List<String> known = new ArrayList<>(members.keySet());
        base(PARAMETERS).ifPresent(all -> all.map().keySet().forEach(name -> known.add(PARAMETERS + "." + name)));
        base(LINKS)
                .ifPresent(all -> all.list()
                        .forEach(link -> known.add(link.at("criterion").text())));
        if (!known.contains(text)) {
            throw word.mistake(
                    "the built-in definition has no '" + text + "' that could be taken out.",
                    Nearest.of(text, known)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("Name a key, a parameter as 'parameters.<name>', or the criterion of a link."));
        }
        if (text.contains(":")) {
            base(LINKS)
                    .ifPresent(all -> members.put(
                            LINKS,
                            all.withElements(all.list().stream()
                                    .filter(link -> !link.at("criterion").text().equals(text))
                                    .toList())));
        } else if (text.startsWith(PARAMETERS + ".")) {
            base(PARAMETERS).ifPresent(all -> {
                Map<String, YamlValue> rest = new LinkedHashMap<>(all.map());
                rest.remove(text.substring(PARAMETERS.length() + 1));
                members.put(PARAMETERS, all.withMembers(rest));
            });
        } else {
            members.remove(text);
        }
    }
}
