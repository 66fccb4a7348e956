package dev.tickmark.catalog;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One way through the files of a catalog, the built-in ones before the organisation's own. */
final class CatalogReading {
    private final Consumer<TickmarkException> mistakes;
    private final boolean kept;
    private final Map<String, Framework> frameworks = new TreeMap<>();
    private final Map<String, Control> controls = new TreeMap<>();
    private final Map<String, Framework> replacedFrameworks = new TreeMap<>();
    private final Map<String, Control> replacedControls = new TreeMap<>();
    private final List<OwnFile> own = new ArrayList<>();
    private final Map<String, CatalogFile> from = new TreeMap<>();

    /**
     * @param mistakes is given each mistake; it may throw it, or go on without the file that has it
     */
    CatalogReading(Consumer<TickmarkException> mistakes) {
        this(mistakes, false);
    }

    private CatalogReading(Consumer<TickmarkException> mistakes, boolean kept) {
        this.mistakes = mistakes;
        this.kept = kept;
    }

    /** The organisation's own, of a package that holds nothing else; links are not looked up. */
    static Catalog kept(List<CatalogFile> files) {
        CatalogReading reading = new CatalogReading(
                mistake -> {
                    throw mistake;
                },
                true);
        reading.read(files);
        reading.frameworks.keySet().removeIf(id -> !reading.isOwn("framework " + id));
        reading.controls.keySet().removeIf(id -> !reading.isOwn("control " + id));
        return reading.catalog();
    }

    private boolean isOwn(String kindAndId) {
        CatalogFile file = from.get(kindAndId);
        return file != null && file.own();
    }

    Catalog read(List<CatalogFile> files) {
        for (boolean framework : List.of(true, false)) {
            for (boolean ofTheOrganisation : List.of(false, true)) {
                for (CatalogFile file : files) {
                    if (file.isFramework() == framework && file.own() == ofTheOrganisation) {
                        try {
                            read(file);
                        } catch (TickmarkException e) {
                            mistakes.accept(e);
                        }
                    }
                }
            }
        }
        return catalog();
    }

    private Catalog catalog() {
        return new Catalog(
                frameworks,
                controls,
                new Catalog.Own(
                        List.copyOf(own),
                        List.copyOf(replacedFrameworks.values()),
                        List.copyOf(replacedControls.values())));
    }

    private void read(CatalogFile file) {
        Optional<CatalogFile> builtIn = file.own() ? overridden(file) : Optional.empty();
        if (file.isFramework()) {
            framework(file, builtIn);
        } else {
            Control control = kept
                    ? DefinitionReader.kept(file, builtIn)
                    : DefinitionReader.control(file, builtIn, frameworks.values());
            refuseSecond("control", control.id(), file, builtIn);
            Control before = controls.put(control.id(), control);
            if (before != null) {
                replacedControls.put(before.id(), before);
            }
            ownFiles(file, OwnFile.Kind.CONTROL, control.id());
        }
    }

    private void framework(CatalogFile file, Optional<CatalogFile> builtIn) {
        Framework framework = DefinitionReader.framework(file, builtIn);
        refuseSecond("framework", framework.id(), file, builtIn);
        for (Framework other : frameworks.values()) {
            if (other.key().equals(framework.key()) && !other.id().equals(framework.id())) {
                from.remove("framework " + framework.id());
                throw DefinitionReader.root(file)
                        .at("key")
                        .mistake(
                                "'" + framework.key() + "' is already the key of " + other.id() + ".",
                                "Give one of the two another key, and change the links that mean it.");
            }
        }
        Framework before = frameworks.put(framework.id(), framework);
        if (before != null) {
            replacedFrameworks.put(before.id(), before);
        }
        ownFiles(file, OwnFile.Kind.FRAMEWORK, framework.id());
    }

    /** Each file with the id that it states, frameworks first, without a look at anything else in it. */
    static List<OwnFile> ownFiles(List<CatalogFile> files) {
        CatalogReading reading = new CatalogReading(mistake -> {});
        for (OwnFile.Kind kind : List.of(OwnFile.Kind.FRAMEWORK, OwnFile.Kind.CONTROL)) {
            for (CatalogFile file : files) {
                if (file.isFramework() == (kind == OwnFile.Kind.FRAMEWORK)) {
                    reading.ownFiles(
                            file, kind, DefinitionReader.root(file).at("id").text());
                }
            }
        }
        return List.copyOf(reading.own);
    }

    private void ownFiles(CatalogFile file, OwnFile.Kind kind, String id) {
        if (file.own()) {
            own.add(new OwnFile(kind, id, file.path(), file.yaml()));
            file.sql().ifPresent(sql -> own.add(new OwnFile(OwnFile.Kind.QUERY, id, file.sqlPath(), sql)));
        }
    }

    /** The built-in file that one of the organisation's own says it overrides. */
    private Optional<CatalogFile> overridden(CatalogFile file) {
        YamlValue root = DefinitionReader.root(file);
        if (!Overlay.overrides(root)) {
            return Optional.empty();
        }
        String kind = file.isFramework() ? "framework" : "control";
        String id = root.at("id").text();
        CatalogFile first = from.get(kind + " " + id);
        if (first == null) {
            throw root.at(Overlay.OVERRIDES)
                    .mistake(
                            "there is no built-in " + kind + " " + id + " that could be overridden.",
                            "Take the key out to add " + id
                                    + " as a new one, or correct the id; 'tickmark catalog list' shows them.");
        }
        if (first.own()) {
            throw second(kind, id, file, first);
        }
        return Optional.of(first);
    }

    private void refuseSecond(String kind, String id, CatalogFile file, Optional<CatalogFile> builtIn) {
        CatalogFile first = from.get(kind + " " + id);
        if (first != null && builtIn.isEmpty()) {
            throw second(kind, id, file, first);
        }
        from.put(kind + " " + id, file);
    }

    private static TickmarkException second(String kind, String id, CatalogFile file, CatalogFile first) {
        return DefinitionReader.root(file)
                .at("id")
                .mistake(
                        "the " + kind + " " + id + " already stands in " + first.name() + ".",
                        first.own() || !file.own()
                                ? "Give it an id of its own, or remove one of the two files."
                                : "To change the built-in one, add 'overrides: built-in' and give only the keys"
                                        + " that change; else give it an id of its own.");
    }
}
