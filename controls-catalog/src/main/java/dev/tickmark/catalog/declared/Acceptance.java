package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.evidence.yaml.YamlValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An approved deviation of some items of one control.
 *
 * @param compensatingControl what is done instead
 * @param approvedOn the first day on which it holds
 * @param expiresOn the last day on which it holds
 */
public record Acceptance(
        String id,
        String controlId,
        String requester,
        String approver,
        String reason,
        String compensatingControl,
        LocalDate approvedOn,
        LocalDate expiresOn,
        List<Item> items) {
    private static final List<String> KEYS = List.of(
            "id",
            "control",
            "requester",
            "approver",
            "reason",
            "compensating_control",
            "approved_on",
            "expires_on",
            "items");

    public Acceptance {
        items = List.copyOf(items);
        if (id.isBlank() || reason.isBlank() || requester.isBlank() || approver.isBlank() || items.isEmpty()) {
            throw new IllegalArgumentException("an acceptance has an id, a requester, an approver, a reason, an item");
        }
        if (Entries.samePerson(requester, approver)) {
            throw new IllegalArgumentException(id + ": who asks does not approve");
        }
    }

    /** Whether it holds on a day. */
    public boolean holdsOn(LocalDate day) {
        return !approvedOn.isAfter(day) && !expiresOn.isBefore(day);
    }

    /**
     * Reads {@code acceptances.yaml}, in its order.
     *
     * @param file how messages name it
     * @param catalog whose controls may be named; absent where that was checked before
     * @throws dev.tickmark.evidence.TickmarkException NOT_UNDERSTOOD, naming file, line and key
     */
    public static List<Acceptance> read(String file, String text, Optional<Catalog> catalog) {
        List<Acceptance> acceptances = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        for (YamlValue entry : Entries.of(file, text)) {
            Acceptance acceptance = acceptance(entry, catalog);
            String before = places.putIfAbsent(acceptance.id(), entry.place());
            if (before != null) {
                throw entry.at("id")
                        .mistake("the id '" + acceptance.id() + "' stands twice.", "The first is " + before + ".");
            }
            for (Acceptance other : acceptances) {
                refuseOverlap(entry, acceptance, other);
            }
            acceptances.add(acceptance);
        }
        return Collections.unmodifiableList(acceptances);
    }

    private static Acceptance acceptance(YamlValue entry, Optional<Catalog> catalog) {
        entry.map(KEYS);
        String requester = entry.at("requester").text();
        String approver = entry.at("approver").text();
        if (Entries.samePerson(requester, approver)) {
            throw entry.at("approver")
                    .mistake(
                            "'" + approver + "' approves what '" + requester + "' asked for.",
                            "Let another person approve it: nobody accepts their own deviation.");
        }
        LocalDate approvedOn = Entries.date(entry.at("approved_on"));
        LocalDate expiresOn = Entries.date(entry.at("expires_on"));
        if (expiresOn.isBefore(approvedOn)) {
            throw entry.at("expires_on")
                    .mistake(
                            "it ends on " + expiresOn + ", before it was approved on " + approvedOn + ".",
                            "Give the last day on which the deviation is accepted.");
        }
        List<Item> items = new ArrayList<>();
        for (YamlValue each : entry.at("items").list()) {
            Item item = Item.read(each);
            if (items.contains(item)) {
                throw each.mistake("the item stands twice in this acceptance.", "Keep one of the two.");
            }
            items.add(item);
        }
        if (items.isEmpty()) {
            throw entry.at("items")
                    .mistake(
                            "it names no item.",
                            "List at least one; 'tickmark acceptances --template' prints the present deviations.");
        }
        return new Acceptance(
                Entries.id(entry.at("id")),
                Entries.control(entry.at("control"), catalog),
                requester.strip(),
                approver.strip(),
                entry.at("reason").text().strip(),
                entry.at("compensating_control").text().strip(),
                approvedOn,
                expiresOn,
                items);
    }

    /** Of two acceptances of one item only one may hold on a day: else it would be open whose it is. */
    private static void refuseOverlap(YamlValue entry, Acceptance one, Acceptance other) {
        boolean apart = one.expiresOn.isBefore(other.approvedOn) || other.expiresOn.isBefore(one.approvedOn);
        if (apart || !one.controlId.equals(other.controlId)) {
            return;
        }
        for (Item item : one.items) {
            if (other.items.contains(item)) {
                throw entry.mistake(
                        "'" + other.id + "' accepts the item '" + item.place() + "' for some of the same days.",
                        "Let the one end before the other begins, or take the item out of one of them.");
            }
        }
    }
}
