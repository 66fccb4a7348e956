package dev.tickmark.catalog;

import java.util.List;
import java.util.Optional;

/**
 * A published standard and its numbered requirements, in the publisher's order.
 *
 * @param id names the edition, in files: {@code soc2-2017}
 * @param key names the standard, in links: {@code soc2} of {@code soc2:CC6.1}
 * @param notice whose the numbers are, and that the words are ours
 * @param status what a reader must know of the edition, such as a pending change; may be blank
 * @param source where the publisher offers the text
 */
public record Framework(
        String id,
        String key,
        String title,
        String publisher,
        String edition,
        String notice,
        String status,
        String source,
        List<Criterion> criteria) {
    public Framework {
        criteria = List.copyOf(criteria);
    }

    public Optional<Criterion> criterion(String number) {
        return criteria.stream().filter(each -> each.id().equals(number)).findFirst();
    }
}
