package dev.tickmark.collect.aws;

import dev.tickmark.evidence.warc.Exchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An attempt that ended without an answer, now or when it was recorded; the SDK may try again. */
final class NoAnswer extends IOException {
    private final Exchange.Failure failure;

    NoAnswer(Exchange.Failure failure, @Nullable Throwable cause) {
        super(failure.text(), cause);
        this.failure = failure;
    }

    Exchange.Failure failure() {
        return failure;
    }
}
