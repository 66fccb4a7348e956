package dev.tickmark.cli;

import static java.util.stream.Collectors.toSet;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Crosswalk;
import dev.tickmark.catalog.Framework;
import dev.tickmark.catalog.LicensedText;
import dev.tickmark.cli.catalog.ControlPage;
import dev.tickmark.cli.catalog.CriterionPage;
import dev.tickmark.cli.catalog.Reach;
import dev.tickmark.collect.Collector;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import dev.tickmark.evidence.yaml.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What should hold: frameworks, controls and tables. */
@Command(name = "catalog", description = "List, show and check frameworks, controls and tables.")
final class CatalogCommand extends Verb {
    CatalogCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        if (spec != null) {
            console.document(spec.commandLine().getUsageMessage());
        }
        return Exit.DONE;
    }

    /** The controls, the frameworks or the tables, a line each. */
    @Command(name = "list", description = "List the controls; with --frameworks or --tables those instead.")
    static final class ListAll extends Verb {
        @Option(names = "--frameworks", description = "The frameworks and how many criteria each has.")
        private boolean frameworks;

        @Option(names = "--tables", description = "The tables and what a row of each is.")
        private boolean tables;

        @Mixin
        private final ConfigurationPlace place = new ConfigurationPlace();

        ListAll(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            if (frameworks) {
                for (Framework framework : place.open(host).catalog().frameworks()) {
                    console.result(String.format(
                            Locale.ROOT,
                            "%-28s %4d criteria  %s",
                            framework.id(),
                            framework.criteria().size(),
                            framework.title()));
                }
            } else if (tables) {
                for (TableDefinition table : Tables.builtIn().all()) {
                    console.result(String.format(Locale.ROOT, "%-28s %s", table.name(), table.rowIs()));
                }
            } else {
                for (Control control : place.open(host).catalog().controls()) {
                    console.result(String.format(
                            Locale.ROOT,
                            "%-8s %-14s %s",
                            control.id(),
                            control.request().gathering().word(),
                            control.title()));
                }
            }
            return Exit.DONE;
        }
    }

    /** One control or criterion, whole. */
    @Command(
            name = "show",
            description =
                    "Print a control (IAM-006), a criterion (CC6.1 or soc2:CC6.1) or a table (aws_iam_user), whole.")
    static final class Show extends Verb {
        @Parameters(paramLabel = "NAME", description = "A control, a criterion or a table.")
        private String name = "";

        @Mixin
        private final ConfigurationPlace place = new ConfigurationPlace();

        Show(Host host) {
            super(host);
        }

        @Override
        Exit run(Console console) {
            Setup setup = place.open(host);
            Catalog catalog = setup.catalog();
            Tables tables = setup.tables();
            Optional<Control> control = catalog.control(name.toUpperCase(Locale.ROOT));
            if (control.isPresent()) {
                console.document(new ControlPage(catalog, tables, reach()).of(control.get()));
                return Exit.DONE;
            }
            Optional<CriterionName> criterion = CriterionName.find(catalog, name);
            if (criterion.isPresent()) {
                CriterionName found = criterion.get();
                console.document(
                        new CriterionPage(catalog, Crosswalk.builtIn()).of(found.framework(), found.criterion()));
                LicensedText.read(setup.settings().criteriaText(), catalog)
                        .of(found.framework(), found.criterion())
                        .ifPresent(text -> licensed(console, text));
                return Exit.DONE;
            }
            if (tables.has(name)) {
                print(console, tables.table(name));
                return Exit.DONE;
            }
            throw unknown(catalog, tables);
        }

        private static void licensed(Console console, String text) {
            console.result("");
            console.result("## The publisher's words (licensed text, local copy)");
            console.result("");
            text.lines().forEach(line -> console.result("> " + line));
        }

        private TickmarkException unknown(Catalog catalog, Tables tables) {
            List<String> names = new ArrayList<>();
            catalog.controls().forEach(control -> names.add(control.id()));
            names.addAll(CriterionName.references(catalog, name));
            tables.all().forEach(table -> names.add(table.name()));
            return TickmarkException.notUnderstood(
                    "There is no control, criterion or table '" + name + "'.",
                    Nearest.of(name, names)
                            .map(near -> "Did you mean '" + near + "'?")
                            .orElse("'tickmark catalog list' prints the names."));
        }

        private static Reach reach() {
            List<Collector> collectors = Collectors.builtIn();
            return Reach.of(
                    collectors,
                    collectors.stream().map(each -> each.source().provider()).collect(toSet()),
                    List.of());
        }

        private static void print(Console console, TableDefinition table) {
            console.result(table.name() + ", version " + table.version());
            line(console, "a row is", table.rowIs());
            line(console, "row_key", table.key());
            line(console, "source", table.source());
            table.allColumns()
                    .forEach(column -> console.result(String.format(
                            Locale.ROOT,
                            "  %-30s %-8s %s",
                            column.name(),
                            column.type().name().toLowerCase(Locale.ROOT),
                            column.description())));
        }

        private static void line(Console console, String name, String text) {
            if (!text.isBlank()) {
                console.result(String.format(Locale.ROOT, "%-13s %s", name, text));
            }
        }
    }
}
