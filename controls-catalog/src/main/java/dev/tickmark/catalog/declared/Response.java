package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.evidence.yaml.YamlValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What management says to a deviation; printed beside it, and never tested.
 *
 * @param item the one item that it is about; absent where it is about the control as a whole
 * @param due when management says that it will be done; absent where nothing is to be done
 */
public record Response(
        String controlId, Optional<Item> item, String response, String owner, Optional<LocalDate> due, String place) {
    private static final List<String> KEYS = List.of("control", "item", "response", "owner", "due");

    /** Whether it is about this result, by its item or as one about the whole control. */
    public boolean speaksOf(String scopeId, String accountId, String rowKey) {
        return item.map(each -> each.matches(scopeId, accountId, rowKey)).orElse(true);
    }

    /**
     * Reads {@code responses.yaml}, in its order.
     *
     * @param file how messages name it
     * @param catalog whose controls may be named; absent where that was checked before
     * @throws dev.tickmark.evidence.TickmarkException NOT_UNDERSTOOD, naming file, line and key
     */
    public static List<Response> read(String file, String text, Optional<Catalog> catalog) {
        List<Response> responses = new ArrayList<>();
        for (YamlValue entry : Entries.of(file, text)) {
            entry.map(KEYS);
            Response response = new Response(
                    Entries.control(entry.at("control"), catalog),
                    entry.find("item").map(Item::read),
                    entry.at("response").text().strip(),
                    entry.at("owner").text().strip(),
                    Entries.stated(entry, "due").map(Entries::date),
                    entry.place());
            for (Response other : responses) {
                if (other.controlId.equals(response.controlId) && other.item.equals(response.item)) {
                    throw entry.mistake(
                            "there is a response to this already.", "Keep one; the first is " + other.place + ".");
                }
            }
            responses.add(response);
        }
        return Collections.unmodifiableList(responses);
    }
}
