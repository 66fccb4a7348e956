package dev.tickmark.collect.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tickmark.collect.CutField;
import dev.tickmark.evidence.warc.Body;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Empties secret fields of an answer and leaves every other byte as it was. An answer that cannot be understood is
 * emptied altogether: what might hold a secret is not written.
 */
final class AnswerCutter {
    private static final Pattern TAG = Pattern.compile(
            "<!\\[CDATA\\[.*?]]>|<!--.*?-->|<\\?.*?\\?>|<(/?)([^\\s/>!?]+)((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>",
            Pattern.DOTALL);
    private static final String ALL = "whole answer";

    private final List<CutField> fields;

    AnswerCutter(List<CutField> fields) {
        this.fields = List.copyOf(fields);
    }

    /** An answer after the cut, and the fields that were found in it. */
    record CutAnswer(Body body, List<String> cut) {}

    /** The fields that the answers of this call may hold. */
    List<CutField> fieldsOf(Call call) {
        return fields.stream()
                .filter(field -> field.service().equals(call.service())
                        && (field.operation().equals("*") || field.operation().equals(call.operation())))
                .toList();
    }

    static CutAnswer cut(byte[] answer, List<CutField> fields) {
        if (answer.length == 0) {
            return new CutAnswer(Body.of(answer), List.of());
        }
        Set<String> found = new TreeSet<>();
        byte first = firstSign(answer);
        byte @Nullable [] rest = null;
        if (first == '<') {
            rest = xml(answer, fields, found);
        } else if (first == '{' || first == '[') {
            rest = json(answer, fields, found);
        }
        if (rest == null) {
            return new CutAnswer(Body.empty(), List.of(ALL));
        }
        return new CutAnswer(Body.of(rest), List.copyOf(found));
    }

    private static byte firstSign(byte[] answer) {
        for (byte b : answer) {
            if (b > ' ') {
                return b;
            }
        }
        return 0;
    }

    private static byte @Nullable [] xml(byte[] answer, List<CutField> fields, Set<String> found) {
        String text = new String(answer, StandardCharsets.UTF_8);
        if (!wellFormed(answer) || !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), answer)) {
            return null;
        }
        StringBuilder kept = new StringBuilder();
        Deque<String> path = new ArrayDeque<>();
        Matcher tag = TAG.matcher(text);
        int copied = 0;
        int cutDepth = 0;
        while (tag.find()) {
            String name = tag.group(2);
            if (name == null) {
                continue;
            }
            String local = name.substring(name.indexOf(':') + 1);
            if (!tag.group(1).isEmpty()) {
                if (path.size() == cutDepth) {
                    copied = tag.start();
                    cutDepth = 0;
                }
                path.removeLast();
            } else {
                path.addLast(local);
                CutField field = cutDepth > 0 ? null : match(fields, List.copyOf(path));
                boolean empty = !tag.group(4).isEmpty();
                if (field != null && !empty) {
                    kept.append(text, copied, tag.end());
                    cutDepth = path.size();
                    found.add(field.text());
                }
                if (empty) {
                    path.removeLast();
                }
            }
        }
        kept.append(text, copied, text.length());
        return kept.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static boolean wellFormed(byte[] answer) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(answer));
            String encoding = reader.getCharacterEncodingScheme();
            if (encoding != null && !encoding.toUpperCase(Locale.ROOT).equals("UTF-8")) {
                return false;
            }
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamReader.DTD) {
                    return false;
                }
            }
            return true;
        } catch (XMLStreamException e) {
            return false;
        }
    }

    private static byte @Nullable [] json(byte[] answer, List<CutField> fields, Set<String> found) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Deque<String> path = new ArrayDeque<>();
        Deque<Boolean> lists = new ArrayDeque<>();
        int copied = 0;
        try (JsonParser parser = new JsonFactory().createParser(answer)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case FIELD_NAME -> path.addLast(parser.currentName());
                    case END_OBJECT, END_ARRAY -> {
                        lists.removeLast();
                        leave(path, lists);
                    }
                    default -> {
                        boolean inList = !lists.isEmpty() && lists.getLast();
                        if (inList) {
                            path.addLast("*");
                        }
                        CutField field = match(fields, List.copyOf(path));
                        if (field != null && token != JsonToken.VALUE_NULL) {
                            int start = (int) parser.currentTokenLocation().getByteOffset();
                            kept.write(answer, copied, start - copied);
                            kept.write(emptied(token));
                            parser.skipChildren();
                            parser.finishToken();
                            copied = (int) parser.currentLocation().getByteOffset();
                            found.add(field.text());
                            leave(path, lists);
                        } else if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
                            lists.addLast(token == JsonToken.START_ARRAY);
                        } else {
                            leave(path, lists);
                        }
                    }
                }
            }
        } catch (IOException e) {
            return null;
        }
        kept.write(answer, copied, answer.length - copied);
        return kept.toByteArray();
    }

    /** After a value: its name is no longer part of the path. */
    private static void leave(Deque<String> path, Deque<Boolean> lists) {
        if (!lists.isEmpty() && !path.isEmpty()) {
            path.removeLast();
        }
    }

    private static byte[] emptied(JsonToken token) {
        String text = switch (token) {
            case START_OBJECT -> "{}";
            case START_ARRAY -> "[]";
            case VALUE_STRING -> "\"\"";
            default -> "null";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable CutField match(List<CutField> fields, List<String> path) {
        for (CutField field : fields) {
            List<String> names = new ArrayList<>(List.of(field.path().split("/", -1)));
            int skip = path.size() - names.size();
            if (skip < 0) {
                continue;
            }
            boolean same = true;
            for (int i = 0; i < names.size() && same; i++) {
                same = names.get(i).equals("*") || names.get(i).equals(path.get(skip + i));
            }
            if (same) {
                return field;
            }
        }
        return null;
    }
}
