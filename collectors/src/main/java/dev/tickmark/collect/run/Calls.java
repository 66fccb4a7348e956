package dev.tickmark.collect.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tickmark.evidence.run.Evidence;
import dev.tickmark.evidence.warc.Exchange;
import dev.tickmark.evidence.warc.Recording;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a recording says of the calls in it; a pure function, so that a replay says the same. */
final class Calls {
    private static final Pattern CODE =
            Pattern.compile("<Code>([A-Za-z0-9.]{1,80})</Code>|\"(?:__type|code)\"\\s*:\\s*\"([^\"]{1,120})\"");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> PAGING = Set.of("marker", "nexttoken", "token", "continuationtoken", "pagetoken");
    private static final int ERROR_ANSWER = 8192;
    private static final int LONGEST_VALUE = 200;

    private Calls() {}

    /** One line for each operation, by service and name. */
    static List<Evidence.Operation> operations(Recording recording) {
        Map<String, List<Exchange>> byOperation = new TreeMap<>();
        for (Exchange exchange : recording.exchanges()) {
            byOperation
                    .computeIfAbsent(exchange.service() + " " + exchange.operation(), name -> new ArrayList<>())
                    .add(exchange);
        }
        return byOperation.values().stream().map(Calls::operation).toList();
    }

    /** Fields that were emptied, each once, sorted. */
    static List<String> cutFields(Recording recording) {
        Set<String> cut = new TreeSet<>();
        recording.exchanges().forEach(exchange -> exchange.answered().ifPresent(answer -> cut.addAll(answer.cut())));
        return List.copyOf(cut);
    }

    /**
     * The server's clock minus ours by the first answer that says its time; to half a second, since the header has whole
     * ones.
     */
    static Optional<Long> clockOffsetMs(Recording recording) {
        return recording.exchanges().stream()
                .flatMap(exchange -> clockOffsetMs(exchange).stream())
                .findFirst();
    }

    private static Optional<Long> clockOffsetMs(Exchange exchange) {
        String date =
                exchange.answered().flatMap(answer -> answer.header("Date")).orElse("");
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plusMillis(500);
            Duration half =
                    Duration.between(exchange.started(), exchange.finished()).dividedBy(2);
            return Optional.of(
                    Duration.between(exchange.started().plus(half), theirs).toMillis());
        } catch (DateTimeException e) { // no date, or one that is none
            return Optional.empty();
        }
    }

    /** From the first request or file to the last answer; nothing where there was neither. */
    static Optional<Instant> first(Recording recording) {
        Optional<Instant> exchange =
                recording.exchanges().stream().map(Exchange::started).min(Instant::compareTo);
        return exchange.or(() ->
                recording.resources().stream().map(resource -> resource.date()).min(Instant::compareTo));
    }

    static Optional<Instant> last(Recording recording) {
        Optional<Instant> exchange =
                recording.exchanges().stream().map(Exchange::finished).max(Instant::compareTo);
        return exchange.or(() ->
                recording.resources().stream().map(resource -> resource.date()).max(Instant::compareTo));
    }

    private static Evidence.Operation operation(List<Exchange> exchanges) {
        Set<Long> calls = new TreeSet<>();
        Map<String, Long> errors = new TreeMap<>();
        Map<String, Set<String>> values = new TreeMap<>();
        Map<String, Integer> given = new TreeMap<>();
        for (Exchange exchange : exchanges) {
            calls.add(exchange.invocation());
            error(exchange).ifPresent(code -> errors.merge(code, 1L, Long::sum));
            parameters(exchange).forEach((name, value) -> {
                values.computeIfAbsent(name, key -> new TreeSet<>()).add(value);
                given.merge(name, 1, Integer::sum);
            });
        }
        StringBuilder text = new StringBuilder();
        values.forEach((name, all) -> {
            String shown;
            if (PAGING.contains(name.toLowerCase(Locale.ROOT))) {
                shown = "(page token)";
            } else if (all.size() == 1 && given.getOrDefault(name, 0) == exchanges.size()) {
                shown = all.iterator().next();
            } else {
                shown = "(" + all.size() + (all.size() == 1 ? " value)" : " values)");
            }
            text.append(text.isEmpty() ? "" : ", ").append(name).append('=').append(shown);
        });
        Exchange one = exchanges.get(0);
        return new Evidence.Operation(
                one.service(), one.operation(), text.toString(), calls.size(), exchanges.size(), errors);
    }

    private static Optional<String> error(Exchange exchange) {
        Exchange.Failure failure = exchange.failure();
        if (failure != null) {
            return failure == Exchange.Failure.NOT_RECORDED
                    ? Optional.empty()
                    : Optional.of(failure.name().toLowerCase(Locale.ROOT));
        }
        Exchange.Answer answer = exchange.answered().orElseThrow();
        if (answer.status() < 400) {
            return Optional.empty();
        }
        try (InputStream in = answer.body().open()) {
            String start = new String(in.readNBytes(ERROR_ANSWER), StandardCharsets.UTF_8);
            Matcher code = CODE.matcher(start);
            if (code.find()) {
                String found = code.group(1) == null ? code.group(2) : code.group(1);
                return Optional.of(found.substring(found.indexOf('#') + 1));
            }
            return Optional.of("status " + answer.status());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> parameters(Exchange exchange) {
        Map<String, String> parameters = new TreeMap<>();
        String query = exchange.request().target().getRawQuery();
        if (query != null) {
            form(query, parameters);
        }
        try {
            byte[] body = exchange.request().body().bytes();
            String text = new String(body, StandardCharsets.UTF_8);
            if (text.startsWith("{")) {
                for (Map.Entry<String, JsonNode> field : JSON.readTree(body).properties()) {
                    parameters.put(field.getKey(), bounded(field.getValue().toString()));
                }
            } else if (exchange.request()
                    .header("Content-Type")
                    .orElse("application/x-www-form-urlencoded")
                    .startsWith("application/x-www-form-urlencoded")) {
                form(text, parameters);
            }
        } catch (IOException e) {
            parameters.put("body", "(not readable)");
        }
        parameters.remove("Action");
        parameters.remove("Version");
        return parameters;
    }

    private static void form(String text, Map<String, String> parameters) {
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), bounded(decoded(pair.substring(equals + 1))));
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    private static String bounded(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }
}
