package dev.tickmark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Operation;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.yaml.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the least privilege that the collectors need, from what they themselves declare. */
@Command(
        name = "permissions",
        description = {
            "Print the IAM policy that lets the collectors read, and nothing else.",
            "",
            "The policy is made from the collectors' own declarations, so it cannot drift from what they "
                    + "call. Attach it to the role that Tickmark runs as. sts:GetCallerIdentity needs no "
                    + "permission."
        })
final class PermissionsCommand extends Verb {
    private static final String AWS = "aws";

    @Option(
            names = "--tables",
            paramLabel = "TABLE",
            split = ",",
            description = "Only what these tables need; all of them by default.")
    private List<String> tables = List.of();

    @Option(
            names = "--explain",
            description = "Print one line an action instead: the action and the tables that need it.")
    private boolean explain;

    PermissionsCommand(Host host) {
        super(host);
    }

    @Override
    Exit run(Console console) {
        TreeMap<String, TreeSet<String>> tablesByAction = new TreeMap<>();
        TreeSet<String> known = new TreeSet<>();
        for (Collector collector : Collectors.builtIn()) {
            if (!collector.source().provider().equals(AWS)) {
                continue;
            }
            known.addAll(collector.source().tables());
            for (Operation operation : collector.source().operations()) {
                List<String> needed = new ArrayList<>(operation.tables());
                if (!tables.isEmpty()) {
                    needed.retainAll(tables);
                }
                if (!operation.iamAction().isBlank() && !needed.isEmpty()) {
                    tablesByAction
                            .computeIfAbsent(operation.iamAction(), action -> new TreeSet<>())
                            .addAll(needed);
                }
            }
        }
        for (String table : tables) {
            if (!known.contains(table)) {
                throw TickmarkException.notUnderstood(
                        "No collector fills a table called '" + table + "'.",
                        Nearest.of(table, known)
                                .map(name -> "Did you mean '" + name + "'?")
                                .orElse("Known are: " + String.join(", ", known) + "."));
            }
        }
        if (explain) {
            tablesByAction.forEach((action, needed) -> console.result(action + "  " + String.join(", ", needed)));
        } else {
            console.document(policy(tablesByAction.navigableKeySet()));
        }
        return Exit.DONE;
    }

    private static String policy(Iterable<String> actions) {
        ObjectNode policy = Json.object();
        policy.put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Sid", "TickmarkReadsEvidence");
        statement.put("Effect", "Allow");
        ArrayNode list = statement.putArray("Action");
        actions.forEach(list::add);
        statement.put("Resource", "*");
        return new String(Json.bytes(policy), StandardCharsets.UTF_8);
    }
}
