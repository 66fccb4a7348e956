package dev.tickmark.cli.config;

import dev.tickmark.cli.config.Configuration.AwsAccount;
import dev.tickmark.cli.config.Configuration.Calendar;
import dev.tickmark.cli.config.Configuration.Exclusion;
import dev.tickmark.cli.config.Configuration.ParameterValue;
import dev.tickmark.cli.config.Configuration.Period;
import dev.tickmark.cli.config.Configuration.Signing;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.run.DeclaredFile;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.yaml.Nearest;
import dev.tickmark.evidence.yaml.YamlValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code tickmark.yaml}; every mistake is NOT_UNDERSTOOD with its line, before anything else happens. */
public final class ConfigurationFile {
    /** The file that is read when none is named. */
    public static final String DEFAULT_NAME = "tickmark.yaml";

    /** Used where no organisation is named. */
    public static final String UNNAMED = "organization not named";

    static final List<String> TOP_KEYS = List.of(
            "organization",
            "period",
            "frameworks",
            "catalog",
            "criteria_text",
            "seal_licensed_text",
            "sources",
            "excluded",
            "parameters",
            "calendar",
            "signing",
            "timestamp",
            "schedule",
            "acceptances",
            "responses",
            "attachments",
            "statement_of_applicability",
            "hipaa_decisions",
            "scope_declarations",
            "output");

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final List<String> DECLARATION_KEYS =
            List.of("system", "report", "filter", "run_by", "run_at", "row_count");
    private static final int LONGEST_SCHEDULE_DAYS = 366;

    private final Map<String, String> environment;
    private final Tables tables;
    private final List<String> knownFrameworks;

    public ConfigurationFile(Map<String, String> environment, Tables tables, List<String> knownFrameworks) {
        this.environment = Map.copyOf(environment);
        this.tables = tables;
        this.knownFrameworks = List.copyOf(knownFrameworks);
    }

    /** What holds without a file: the account of the default credential chain, every framework, no key. */
    public Configuration withoutFile(Path folder) {
        return new Configuration(
                Optional.empty(),
                sha256(new byte[0]),
                UNNAMED,
                Optional.empty(),
                knownFrameworks,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                defaultCalendar(),
                Optional.empty(),
                List.of(),
                OptionalInt.empty(),
                declarations(Optional.empty(), folder),
                folder.resolve("tickmark-out"));
    }

    /**
     * Reads a file; paths in it are relative to its folder.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line, column and key
     */
    public Configuration read(Path file) {
        YamlValue root = YamlValue.read(file, text -> substitute(file, text));
        root.map(TOP_KEYS);
        Path absolute = file.toAbsolutePath().normalize().getParent();
        Path folder = absolute == null ? Path.of("") : absolute;
        Optional<YamlValue> sources = root.find("sources");
        sources.ifPresent(value -> value.map(List.of("aws", "files")));
        Calendar calendar =
                root.find("calendar").map(value -> calendar(value, folder)).orElse(defaultCalendar());
        return new Configuration(
                Optional.of(file),
                digest(file),
                root.at("organization").text(),
                root.find("period").map(ConfigurationFile::period),
                root.find("frameworks").map(this::frameworks).orElse(knownFrameworks),
                sources.flatMap(value -> value.find("aws"))
                        .map(ConfigurationFile::accounts)
                        .orElse(List.of()),
                sources.flatMap(value -> value.find("files"))
                        .map(value -> files(value, folder, calendar.timeZone()))
                        .orElse(List.of()),
                root.find("excluded").map(this::exclusions).orElse(List.of()),
                root.find("parameters").map(ConfigurationFile::parameters).orElse(List.of()),
                calendar,
                root.find("signing").map(value -> signing(value, folder)),
                root.find("timestamp").map(ConfigurationFile::authorities).orElse(List.of()),
                root.find("schedule").map(ConfigurationFile::schedule).orElse(OptionalInt.empty()),
                declarations(Optional.of(root), folder),
                folder.resolve(root.find("output").map(YamlValue::text).orElse("tickmark-out")));
    }

    /**
     * What a file says of the catalog, before the frameworks are known that its other keys name.
     *
     * @throws TickmarkException NOT_UNDERSTOOD, naming file, line, column and key
     */
    public CatalogSettings catalog(Path file) {
        YamlValue root = YamlValue.read(file, text -> substitute(file, text));
        Path absolute = file.toAbsolutePath().normalize().getParent();
        Path folder = absolute == null ? Path.of("") : absolute;
        CatalogSettings usual = CatalogSettings.beside(folder);
        Optional<YamlValue> named = root.find("catalog");
        Path home = named.map(value -> folder.resolve(value.text())).orElse(usual.home());
        if (named.isPresent() && !Files.isDirectory(home)) {
            throw named.get()
                    .mistake(
                            "there is no folder '" + home + "'.",
                            "Name the folder that holds your controls and frameworks, relative to this file.");
        }
        List<Path> texts = new ArrayList<>();
        for (YamlValue each : root.find("criteria_text").map(YamlValue::list).orElse(List.of())) {
            Path text = folder.resolve(each.text());
            if (!Files.isRegularFile(text)) {
                throw each.mistake(
                        "there is no file '" + text + "'.", "Name a CSV or YAML file, relative to this one.");
            }
            texts.add(text);
        }
        return new CatalogSettings(
                home,
                texts,
                root.find("seal_licensed_text").map(YamlValue::bool).orElse(false));
    }

    private static Map<Declaration, Declaration.Place> declarations(Optional<YamlValue> root, Path folder) {
        Map<Declaration, Declaration.Place> places = new EnumMap<>(Declaration.class);
        for (Declaration each : Declaration.values()) {
            Optional<YamlValue> named = root.flatMap(value -> value.find(each.key()));
            places.put(
                    each,
                    new Declaration.Place(
                            folder.resolve(named.map(YamlValue::text).orElse(each.usualName())),
                            named.map(YamlValue::place).orElse("")));
        }
        return places;
    }

    private static Period period(YamlValue value) {
        value.map(List.of("from", "to"));
        LocalDate from = date(value.at("from"));
        LocalDate to = date(value.at("to"));
        if (!from.isBefore(to)) {
            throw value.mistake(
                    "the period ends before it begins.", "Give 'from' (inclusive) before 'to' (exclusive).");
        }
        return new Period(from, to);
    }

    private List<String> frameworks(YamlValue value) {
        List<String> ids = new ArrayList<>();
        for (YamlValue element : value.list()) {
            if (!knownFrameworks.contains(element.text())) {
                throw element.mistake(
                        "no framework is called '" + element.text() + "'.",
                        Nearest.of(element.text(), knownFrameworks)
                                .map(name -> "Did you mean '" + name + "'?")
                                .orElse("Known are: " + String.join(", ", knownFrameworks) + "."));
            }
            ids.add(element.text());
        }
        return ids;
    }

    private static List<AwsAccount> accounts(YamlValue value) {
        List<AwsAccount> accounts = new ArrayList<>();
        for (YamlValue element : value.list()) {
            element.map(List.of("account", "profile", "role", "external_id", "region"));
            Optional<String> account = element.find("account").map(YamlValue::text);
            if (account.isPresent() && !account.get().matches("\\d{12}")) {
                throw element.at("account")
                        .mistake(
                                "'" + account.get() + "' is not an AWS account id.",
                                "Write its 12 digits in quotes, so that leading zeros stay.");
            }
            accounts.add(new AwsAccount(
                    account,
                    element.find("profile").map(YamlValue::text),
                    element.find("role").map(YamlValue::text),
                    element.find("external_id").map(YamlValue::text),
                    element.find("region").map(YamlValue::text)));
        }
        return accounts;
    }

    private List<DeclaredFile> files(YamlValue value, Path folder, ZoneId zone) {
        List<DeclaredFile> files = new ArrayList<>();
        for (YamlValue element : value.list()) {
            element.map(List.of(
                    "table", "path", "declaration", "columns", "delimiter", "encoding", "date_format", "time_zone"));
            TableDefinition table = table(element.at("table"));
            YamlValue declaration = element.at("declaration");
            declaration.map(DECLARATION_KEYS);
            files.add(new DeclaredFile(
                    table.name(),
                    folder.resolve(element.at("path").text()),
                    declaration.at("system").text(),
                    declaration.at("report").text(),
                    declaration.at("filter").text(),
                    declaration.at("run_by").text(),
                    instant(declaration.at("run_at")),
                    declaration.at("row_count").integer(0, 1_000_000_000L),
                    columns(element.at("columns"), table),
                    element.find("delimiter").map(ConfigurationFile::delimiter),
                    element.find("encoding").map(ConfigurationFile::encoding).orElse("UTF-8"),
                    element.find("date_format").map(ConfigurationFile::dateFormat),
                    element.find("time_zone")
                            .map(ConfigurationFile::zone)
                            .orElse(zone)
                            .getId()));
        }
        return files;
    }

    private TableDefinition table(YamlValue value) {
        if (!tables.has(value.text())) {
            List<String> names =
                    tables.all().stream().map(TableDefinition::name).toList();
            throw value.mistake(
                    "no table is called '" + value.text() + "'.",
                    Nearest.of(value.text(), names)
                            .map(name -> "Did you mean '" + name + "'?")
                            .orElse("'tickmark catalog list --tables' prints the names."));
        }
        return tables.table(value.text());
    }

    private static Map<String, String> columns(YamlValue value, TableDefinition table) {
        List<String> names =
                table.columns().stream().map(column -> column.name()).toList();
        Map<String, String> columns = new LinkedHashMap<>();
        value.map(names).forEach((name, column) -> columns.put(name, column.text()));
        return columns;
    }

    private static String delimiter(YamlValue value) {
        if (!List.of(",", ";", "\t", "|").contains(value.text())
                && !value.text().equals("tab")) {
            throw value.mistake(
                    "'" + value.text() + "' does not separate columns.",
                    "Write one of ',', ';', '|' or tab, in quotes.");
        }
        return value.text().equals("tab") ? "\t" : value.text();
    }

    private static String encoding(YamlValue value) {
        try {
            return Charset.forName(value.text()).name();
        } catch (IllegalArgumentException e) {
            throw value.mistake(
                    "'" + value.text() + "' is not an encoding.", "Write one such as UTF-8 or windows-1252.");
        }
    }

    private static String dateFormat(YamlValue value) {
        try {
            var unused = DateTimeFormatter.ofPattern(value.text(), Locale.ROOT);
            return value.text();
        } catch (IllegalArgumentException e) {
            throw value.mistake(
                    "'" + value.text() + "' is not a date format.", "Write one such as 'yyyy-MM-dd' or 'dd.MM.yyyy'.");
        }
    }

    private List<Exclusion> exclusions(YamlValue value) {
        List<Exclusion> exclusions = new ArrayList<>();
        for (YamlValue element : value.list()) {
            element.map(List.of("table", "reason", "owner", "date"));
            exclusions.add(new Exclusion(
                    table(element.at("table")).name(),
                    element.at("reason").text(),
                    element.at("owner").text(),
                    date(element.at("date"))));
        }
        return exclusions;
    }

    private static List<ParameterValue> parameters(YamlValue value) {
        List<ParameterValue> parameters = new ArrayList<>();
        value.map()
                .forEach((control, names) -> names.map().forEach((name, parameter) -> {
                    parameter.map(List.of("value", "policy"));
                    parameters.add(new ParameterValue(
                            control,
                            name,
                            parameter.at("value").text(),
                            parameter.find("policy").map(YamlValue::text).orElse("")));
                }));
        return parameters;
    }

    private static Calendar defaultCalendar() {
        return new Calendar(ZoneId.of("UTC"), List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY), List.of());
    }

    private static Calendar calendar(YamlValue value, Path folder) {
        value.map(List.of("time_zone", "weekend", "holidays"));
        List<DayOfWeek> weekend = value.find("weekend")
                .map(days -> days.list().stream()
                        .map(day -> day.oneOf(DayOfWeek.class))
                        .toList())
                .orElse(List.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY));
        List<LocalDate> holidays = value.find("holidays")
                .map(file -> holidays(file, folder.resolve(file.text())))
                .orElse(List.of());
        return new Calendar(zone(value.at("time_zone")), weekend, holidays);
    }

    private static List<LocalDate> holidays(YamlValue value, Path file) {
        List<LocalDate> holidays = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                String text = line.replaceFirst("[,;#].*", "").strip();
                if (text.isEmpty() || (number == 1 && text.equals("date"))) {
                    continue;
                }
                try {
                    holidays.add(LocalDate.parse(text));
                } catch (DateTimeException e) {
                    throw TickmarkException.notUnderstood(
                            file + ", line " + number + ": '" + text + "' is not a date.",
                            "Write one date a line, such as 2026-12-25.");
                }
            }
        } catch (IOException e) {
            throw value.mistake("'" + file + "' cannot be read.", "Give the path of a text file with a date a line.");
        }
        return holidays;
    }

    private static Signing signing(YamlValue value, Path folder) {
        value.map(List.of("pkcs12", "pem_key", "pem_certificates", "password_env", "password_file"));
        Signing signing = new Signing(
                value.find("pkcs12").map(path -> folder.resolve(path.text())),
                value.find("pem_key").map(path -> folder.resolve(path.text())),
                value.find("pem_certificates").map(path -> folder.resolve(path.text())),
                value.find("password_env").map(YamlValue::text),
                value.find("password_file").map(path -> folder.resolve(path.text())));
        boolean pem = signing.pemKey().isPresent() && signing.pemCertificates().isPresent();
        if (signing.pkcs12().isPresent() == pem) {
            throw value.mistake(
                    "one key is expected.", "Give 'pkcs12', or 'pem_key' together with 'pem_certificates'.");
        }
        return signing;
    }

    private static List<URI> authorities(YamlValue value) {
        value.map(List.of("authorities"));
        List<URI> authorities = new ArrayList<>();
        for (YamlValue element : value.at("authorities").list()) {
            try {
                URI uri = URI.create(element.text());
                if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
                    authorities.add(uri);
                    continue;
                }
            } catch (IllegalArgumentException e) {
                // told below, with the value
            }
            throw element.mistake(
                    "'" + element.text() + "' is not the address of a time authority.",
                    "Write an http or https address that answers RFC 3161 requests.");
        }
        return authorities;
    }

    private static OptionalInt schedule(YamlValue value) {
        value.map(List.of("every_days"));
        return OptionalInt.of((int) value.at("every_days").integer(1, LONGEST_SCHEDULE_DAYS));
    }

    private static ZoneId zone(YamlValue value) {
        try {
            return ZoneId.of(value.text());
        } catch (DateTimeException e) {
            throw value.mistake(
                    "'" + value.text() + "' is not a time zone.", "Write one such as Europe/Berlin or UTC.");
        }
    }

    private static LocalDate date(YamlValue value) {
        try {
            return LocalDate.parse(value.text());
        } catch (DateTimeException e) {
            throw value.mistake("'" + value.text() + "' is not a date.", "Write it as 2026-11-23.");
        }
    }

    private static Instant instant(YamlValue value) {
        try {
            return OffsetDateTime.parse(value.text()).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (DateTimeException e) {
            throw value.mistake(
                    "'" + value.text() + "' is not an instant.", "Write it with its zone, as 2026-11-23T09:30:00Z.");
        }
    }

    private String substitute(Path file, String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            String value = environment.get(matcher.group(1));
            if (value == null) {
                throw TickmarkException.notUnderstood(
                        file + ": the environment variable '" + matcher.group(1) + "' is not set.",
                        "Set it before the command, or write the value into the file.");
            }
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(replaced).toString();
    }

    private static String digest(Path file) {
        try {
            return sha256(Files.readAllBytes(file));
        } catch (IOException e) {
            throw TickmarkException.fixFirst("'" + file + "' cannot be read.", "Check that you may read it.");
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
