package dev.tickmark.evidence.yaml;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value in a YAML file, which knows where it stands, so that every mistake is named by file, line, column and key.
 *
 * <p>Scalars are taken as written: {@code 012345678901} stays that text, {@code no} is not silently false. Aliases are
 * refused, and so are files over 4 MiB or nested deeper than 40.
 */
public final class YamlValue {
    private static final int LARGEST_FILE = 4 * 1024 * 1024;
    private static final int DEEPEST = 40;

    private final String file;
    private final String key;
    private final Node node;
    private final UnaryOperator<String> substitution;
    private final @Nullable Map<String, YamlValue> members;
    private final @Nullable List<YamlValue> elements;

    private YamlValue(String file, String key, Node node, UnaryOperator<String> substitution) {
        this(file, key, node, substitution, null, null);
    }

    private YamlValue(
            String file,
            String key,
            Node node,
            UnaryOperator<String> substitution,
            @Nullable Map<String, YamlValue> members,
            @Nullable List<YamlValue> elements) {
        this.file = file;
        this.key = key;
        this.node = node;
        this.substitution = substitution;
        this.members = members;
        this.elements = elements;
    }

    /**
     * Reads one document.
     *
     * @param file how messages name it
     * @param substitution applied to every text, for {@code ${NAME}}; it throws what it cannot replace
     * @throws TickmarkException NOT_UNDERSTOOD, with line and column
     */
    public static YamlValue parse(String file, String text, UnaryOperator<String> substitution) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(DEEPEST);
        options.setCodePointLimit(LARGEST_FILE);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new java.io.StringReader(text));
            if (root == null) {
                throw TickmarkException.notUnderstood(
                        file + " is empty.", "Write at least one key; 'tickmark init' makes a commented example.");
            }
            YamlValue value = new YamlValue(file, "", root, substitution);
            value.refuseDuplicates(root);
            return value;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String place = mark == null ? "" : ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
            String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    file + place + ": this is not YAML (" + problem + ").",
                    "Check the indentation, the colons and the quotes there; only spaces may indent.",
                    e);
        } catch (YAMLException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    file + " cannot be read as YAML: " + e.getMessage() + ".",
                    "Save it as UTF-8 text, smaller than 4 MiB and without control characters.",
                    e);
        }
    }

    /** Reads a file; one that is missing or not UTF-8 gets a message of its own. */
    public static YamlValue read(Path path, UnaryOperator<String> substitution) {
        try {
            return parse(path.toString(), Files.readString(path), substitution);
        } catch (NoSuchFileException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD,
                    "There is no file '" + path + "'.",
                    "Give the path of an existing file; 'tickmark init' writes a commented tickmark.yaml.",
                    e);
        } catch (MalformedInputException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.NOT_UNDERSTOOD, "'" + path + "' is not UTF-8 text.", "Save it as UTF-8.", e);
        } catch (IOException e) {
            throw new TickmarkException(
                    TickmarkException.Kind.FIX_FIRST,
                    "'" + path + "' cannot be read.",
                    "Check that it is a file and that you may read it.",
                    e);
        }
    }

    /** {@code tickmark.yaml, line 3, column 5, key 'sources.aws'}. */
    public String place() {
        Mark mark = node.getStartMark();
        return file + ", line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)
                + (key.isEmpty() ? "" : ", key '" + key + "'");
    }

    /** This map with other members, such as those of two files; each still says where it stands itself. */
    public YamlValue withMembers(Map<String, YamlValue> others) {
        return new YamlValue(
                file, key, node, substitution, Collections.unmodifiableMap(new LinkedHashMap<>(others)), null);
    }

    /** This list with other elements, such as those of two files; each still says where it stands itself. */
    public YamlValue withElements(List<YamlValue> others) {
        return new YamlValue(file, key, node, substitution, null, List.copyOf(others));
    }

    /** A mistake at this place. */
    public TickmarkException mistake(String problem, String remedy) {
        return TickmarkException.notUnderstood(place() + ": " + problem, remedy);
    }

    public boolean isMap() {
        return members != null || node instanceof MappingNode;
    }

    public boolean isList() {
        return elements != null || node instanceof SequenceNode;
    }

    /** The members of a map in the order of the file; a key that is not allowed is a mistake, with the nearest one. */
    public Map<String, YamlValue> map(List<String> allowed) {
        Map<String, YamlValue> all = map();
        for (Map.Entry<String, YamlValue> member : all.entrySet()) {
            if (!allowed.contains(member.getKey())) {
                String nearest = Nearest.of(member.getKey(), allowed)
                        .map(name -> "Did you mean '" + name + "'?")
                        .orElse("Allowed here: " + String.join(", ", allowed) + ".");
                throw member.getValue().mistake("'" + member.getKey() + "' is not a key that stands here.", nearest);
            }
        }
        return all;
    }

    /** The members of a map whose keys are free. */
    public Map<String, YamlValue> map() {
        if (members != null) {
            return members;
        }
        if (!(node instanceof MappingNode mapping)) {
            throw mistake("a map of keys and values is expected.", "Write 'key: value' lines below it, indented.");
        }
        Map<String, YamlValue> found = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = ((ScalarNode) tuple.getKeyNode()).getValue();
            found.put(
                    name,
                    new YamlValue(file, key.isEmpty() ? name : key + "." + name, tuple.getValueNode(), substitution));
        }
        return Collections.unmodifiableMap(found);
    }

    /** A member of a map that must be there. */
    public YamlValue at(String name) {
        return find(name)
                .orElseThrow(
                        () -> mistake("the key '" + name + "' is missing.", "Add '" + name + ":' with its value."));
    }

    /** A member of a map that may be absent. */
    public Optional<YamlValue> find(String name) {
        return Optional.ofNullable(map().get(name));
    }

    /** The elements of a list. */
    public List<YamlValue> list() {
        if (elements != null) {
            return elements;
        }
        if (!(node instanceof SequenceNode sequence)) {
            throw mistake("a list is expected.", "Write it as '[a, b]' or as lines that begin with '- '.");
        }
        List<YamlValue> found = new ArrayList<>();
        for (Node element : sequence.getValue()) {
            found.add(new YamlValue(file, key + "[" + found.size() + "]", element, substitution));
        }
        return Collections.unmodifiableList(found);
    }

    /** The text of a scalar as written, after substitution; an empty or null scalar is a mistake. */
    public String text() {
        String text = optionalText().orElse("");
        if (text.isBlank()) {
            throw mistake("a value is missing.", "Write one after the colon, or take the key out.");
        }
        return text;
    }

    /** The text of a scalar, or nothing for an empty or null one. */
    public Optional<String> optionalText() {
        if (!(node instanceof ScalarNode scalar)) {
            throw mistake("one value is expected, not a list or a map.", "Write it on one line after the colon.");
        }
        boolean plainNull = scalar.getTag().equals(Tag.NULL);
        return plainNull ? Optional.empty() : Optional.of(substitution.apply(scalar.getValue()));
    }

    public boolean bool() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistake("'" + text() + "' is not true or false.", "Write true or false.");
        };
    }

    public long integer(long smallest, long largest) {
        try {
            long value = Long.parseLong(text());
            if (value >= smallest && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the value and the range
        }
        throw mistake(
                "'" + text() + "' is not a whole number from " + smallest + " to " + largest + ".",
                "Write such a number without quotes.");
    }

    /** One of the constants of an enum, written in lower case. */
    public <E extends Enum<E>> E oneOf(Class<E> type) {
        List<String> allowed = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            String name = constant.name().toLowerCase(Locale.ROOT);
            if (name.equals(text())) {
                return constant;
            }
            allowed.add(name);
        }
        throw mistake(
                "'" + text() + "' is not one of " + String.join(", ", allowed) + ".",
                Nearest.of(text(), allowed)
                        .map(name -> "Did you mean '" + name + "'?")
                        .orElse("Write one of them."));
    }

    private void refuseDuplicates(Node here) {
        if (here instanceof MappingNode mapping) {
            List<String> seen = new ArrayList<>();
            for (NodeTuple tuple : mapping.getValue()) {
                @Nullable String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : null;
                YamlValue at = new YamlValue(file, name == null ? "" : name, tuple.getKeyNode(), substitution);
                if (name == null) {
                    throw at.mistake("a key is a list or a map.", "Write a plain word before the colon.");
                }
                if (seen.contains(name)) {
                    throw at.mistake("the key stands twice.", "Keep one of the two.");
                }
                seen.add(name);
                refuseDuplicates(tuple.getValueNode());
            }
        } else if (here instanceof SequenceNode sequence) {
            sequence.getValue().forEach(this::refuseDuplicates);
        }
    }
}
