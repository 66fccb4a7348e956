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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Frameworks and controls, each in the order of its id, with every link leading to a criterion that exists. */
public final class Catalog {
    private final Map<String, Framework> frameworks;
    private final Map<String, Control> controls;
    private final Own own;

    Catalog(Map<String, Framework> frameworks, Map<String, Control> controls, Own own) {
        this.frameworks = Collections.unmodifiableMap(frameworks);
        this.controls = Collections.unmodifiableMap(controls);
        this.own = own;
    }

    /** The catalog on the class path: {@code catalog/index.txt} lists its files. */
    public static Catalog builtIn() {
        return of(builtInFiles(), Catalog::refuse);
    }

    /**
     * The built-in catalog and the files of a folder with the same layout: {@code frameworks/*.yaml} and
     * {@code controls/*.yaml} or {@code controls/<family>/*.yaml}. A file with {@code overrides: built-in} is laid over
     * the built-in definition with its id.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line and key; also for an id that is built in
     */
    public static Catalog builtInAnd(Path folder) {
        return builtInAnd(folder, Catalog::refuse);
    }

    /**
     * The same, which goes on after a mistake.
     *
     * @param mistakes is given each mistake in the order of the files; the catalog is without the files that have one
     */
    public static Catalog builtInAnd(Path folder, Consumer<TickmarkException> mistakes) {
        List<CatalogFile> files = new ArrayList<>(builtInFiles());
        files.addAll(CatalogFile.inFolder(folder, mistakes));
        return of(files, mistakes);
    }

    /** The files of a folder, each with the id that it states, in the order of {@link Own#files}. */
    public static List<OwnFile> ownFiles(Path folder) {
        return CatalogReading.ownFiles(CatalogFile.inFolder(folder, Catalog::refuse));
    }

    /** The files of one folder alone. */
    public static Catalog read(Path folder) {
        return of(CatalogFile.inFolder(folder, Catalog::refuse), Catalog::refuse);
    }

    /** Frameworks and controls that are already read, such as those of a package. */
    public static Catalog of(Collection<Framework> frameworks, Collection<Control> controls) {
        Map<String, Framework> byId = new TreeMap<>();
        frameworks.forEach(each -> byId.put(each.id(), each));
        Map<String, Control> controlsById = new TreeMap<>();
        controls.forEach(each -> controlsById.put(each.id(), each));
        return new Catalog(byId, controlsById, Own.NOTHING);
    }

    /**
     * The organisation's own part of a catalog as a package holds it. Links are not looked up, since the package holds
     * no other frameworks.
     *
     * @param own copies of the organisation's files; a folder that is not there holds none
     * @param builtIn what they are laid over: {@code controls/<id>.yaml} and {@code .sql}, {@code frameworks/<id>.yaml}
     */
    public static Catalog kept(Path own, Path builtIn) {
        if (!Files.isDirectory(own)) {
            return new Catalog(new TreeMap<>(), new TreeMap<>(), Own.NOTHING);
        }
        List<CatalogFile> files = new ArrayList<>();
        if (Files.isDirectory(builtIn)) {
            CatalogFile.inFolder(builtIn, Catalog::refuse)
                    .forEach(file ->
                            files.add(new CatalogFile(file.name(), file.path(), file.yaml(), file.sql(), false)));
        }
        files.addAll(CatalogFile.inFolder(own, Catalog::refuse));
        return CatalogReading.kept(files);
    }

    private static List<CatalogFile> builtInFiles() {
        return CatalogFile.onClassPath("catalog/");
    }

    /** The same with what is the organisation's own among them. */
    public static Catalog of(Collection<Framework> frameworks, Collection<Control> controls, Own own) {
        Catalog catalog = of(frameworks, controls);
        return new Catalog(catalog.frameworks, catalog.controls, own);
    }

    private static Catalog of(List<CatalogFile> files, Consumer<TickmarkException> mistakes) {
        return new CatalogReading(mistakes).read(files);
    }

    private static void refuse(TickmarkException mistake) {
        throw mistake;
    }

    /**
     * What is the organisation's own in a catalog, added or laid over a built-in definition.
     *
     * @param files in the order in which they were read
     * @param replacedFrameworks the built-in frameworks that are overridden, as they were
     * @param replacedControls the built-in controls that are overridden, as they were
     */
    public record Own(List<OwnFile> files, List<Framework> replacedFrameworks, List<Control> replacedControls) {
        static final Own NOTHING = new Own(List.of(), List.of(), List.of());

        public Own {
            files = List.copyOf(files);
            replacedFrameworks = List.copyOf(replacedFrameworks);
            replacedControls = List.copyOf(replacedControls);
        }
    }

    /** What is not built in. */
    public Own own() {
        return own;
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

    /** The definitions and queries below a folder's {@code frameworks} and {@code controls}, in the order of their paths. */
    static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>();
        for (String part : List.of("controls", "frameworks")) {
            Path inside = folder.resolve(part);
            if (Files.isDirectory(inside)) {
                try (Stream<Path> walk = Files.walk(inside, 3)) {
                    walk.filter(path -> path.toString().matches("(?i).*\\.(yaml|yml|sql)") && Files.isRegularFile(path))
                            .sorted()
                            .forEach(files::add);
                } catch (IOException e) {
                    throw unreadable(folder, e);
                }
            }
        }
        if (!Files.isDirectory(folder)) {
            throw unreadable(folder, null);
        }
        return List.copyOf(files);
    }

    private static TickmarkException unreadable(Path folder, @Nullable IOException e) {
        return new TickmarkException(
                TickmarkException.Kind.FIX_FIRST,
                "The catalog folder '" + folder + "' cannot be read.",
                "Check that it is a folder and that you may read it.",
                e);
    }
}
