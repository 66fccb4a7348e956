package dev.tickmark.catalog;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.yaml.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Frameworks and controls, each in the order of its id, with every link leading to a criterion that exists. */
public final class Catalog {
    private final Map<String, Framework> frameworks;
    private final Map<String, Control> controls;

    private Catalog(Map<String, Framework> frameworks, Map<String, Control> controls) {
        this.frameworks = Collections.unmodifiableMap(frameworks);
        this.controls = Collections.unmodifiableMap(controls);
    }

    /** The catalog on the class path: {@code catalog/index.txt} lists its files. */
    public static Catalog builtIn() {
        return of(builtInFiles());
    }

    /**
     * The built-in catalog and the files of a folder with the same layout: {@code frameworks/*.yaml} and
     * {@code controls/<family>/*.yaml}.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key; also for an id that is built in
     */
    public static Catalog builtInAnd(Path folder) {
        List<CatalogFile> files = new ArrayList<>(builtInFiles());
        files.addAll(CatalogFile.inFolder(folder));
        return of(files);
    }

    /** The files of one folder alone. */
    public static Catalog read(Path folder) {
        return of(CatalogFile.inFolder(folder));
    }

    /** Frameworks and controls that are already read, such as those of a package. */
    public static Catalog of(Collection<Framework> frameworks, Collection<Control> controls) {
        Map<String, Framework> byId = new TreeMap<>();
        frameworks.forEach(each -> byId.put(each.id(), each));
        Map<String, Control> controlsById = new TreeMap<>();
        controls.forEach(each -> controlsById.put(each.id(), each));
        return new Catalog(byId, controlsById);
    }

    private static List<CatalogFile> builtInFiles() {
        return CatalogFile.onClassPath("catalog/");
    }

    private static Catalog of(List<CatalogFile> files) {
        Map<String, Framework> frameworks = new TreeMap<>();
        Map<String, Control> controls = new TreeMap<>();
        Map<String, CatalogFile> from = new TreeMap<>();
        for (CatalogFile file : files) {
            if (file.isFramework()) {
                Framework framework = DefinitionReader.framework(file);
                refuseSecond(from, "framework", framework.id(), file);
                for (Framework other : frameworks.values()) {
                    if (other.key().equals(framework.key())) {
                        throw TickmarkException.notUnderstood(
                                file.name() + ", key 'key': '" + framework.key() + "' is already the key of "
                                        + other.id() + ".",
                                "Give one of the two another key, and change the links that mean it.");
                    }
                }
                frameworks.put(framework.id(), framework);
            }
        }
        for (CatalogFile file : files) {
            if (!file.isFramework()) {
                Control control = DefinitionReader.control(file, frameworks.values());
                refuseSecond(from, "control", control.id(), file);
                controls.put(control.id(), control);
            }
        }
        return new Catalog(frameworks, controls);
    }

    private static void refuseSecond(Map<String, CatalogFile> from, String kind, String id, CatalogFile file) {
        CatalogFile first = from.put(kind + " " + id, file);
        if (first != null) {
            throw TickmarkException.notUnderstood(
                    file.name() + ", key 'id': the " + kind + " " + id + " already stands in " + first.name() + ".",
                    "Give it an id of its own, or remove one of the two files.");
        }
    }

    public Collection<Framework> frameworks() {
        return frameworks.values();
    }

    public Collection<Control> controls() {
        return controls.values();
    }

    public Optional<Control> control(String id) {
        return Optional.ofNullable(controls.get(id));
    }

    /** A framework by its id or by its key. */
    public Optional<Framework> framework(String idOrKey) {
        return frameworks.values().stream()
                .filter(each -> each.id().equals(idOrKey) || each.key().equals(idOrKey))
                .findFirst();
    }

    /** A control and its link to a criterion. */
    public record Linked(Control control, Link link) {}

    /** The controls that a criterion is linked to, in the order of their ids. */
    public List<Linked> linkedTo(Framework framework, Criterion criterion) {
        List<Linked> linked = new ArrayList<>();
        for (Control control : controls.values()) {
            for (Link link : control.links()) {
                if (link.framework().equals(framework.key()) && link.criterion().equals(criterion.id())) {
                    linked.add(new Linked(control, link));
                }
            }
        }
        return Collections.unmodifiableList(linked);
    }

    /**
     * Refuses a control that names a table which nobody defines.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file and key, with the nearest table
     */
    public void refuseUnknownTables(Tables tables) {
        List<String> known = tables.all().stream().map(table -> table.name()).toList();
        for (Control control : controls.values()) {
            refuseUnknownTables(control, "evidence", control.evidence(), known);
            refuseUnknownTables(control, "registers", control.registers(), known);
        }
    }

    private static void refuseUnknownTables(Control control, String key, List<String> names, List<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw TickmarkException.notUnderstood(
                        control.file() + ", key '" + key + "': no table is called '" + name + "'.",
                        Nearest.of(name, known)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Name a table that 'tickmark show tables' lists."));
            }
        }
    }

    /** The definitions below a folder, in the order of their paths. */
    static List<Path> definitions(Path folder) {
        try (Stream<Path> walk = Files.walk(folder, 3)) {
            return walk.filter(path -> path.toString().endsWith(".yaml") && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "The catalog folder '" + folder + "' cannot be read.",
                    "Check that it is a folder and that you may read it.",
                    e);
        }
    }
}
