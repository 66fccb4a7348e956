package dev.tickmark.catalog.engine;

import java.time.LocalDate;

/**
 * An approved deviation of one item.
 *
 * @param expiresOn the last day on which it holds
 */
public record Acceptance(
        String id,
        String controlId,
        String scopeId,
        String rowKey,
        String requester,
        String approver,
        String reason,
        String compensatingControl,
        LocalDate expiresOn) {
    public Acceptance {
        if (id.isBlank() || reason.isBlank() || requester.isBlank() || approver.isBlank()) {
            throw new IllegalArgumentException("an acceptance has an id, a requester, an approver and a reason");
        }
        if (requester.equals(approver)) {
            throw new IllegalArgumentException(id + ": who asks does not approve");
        }
    }
}
