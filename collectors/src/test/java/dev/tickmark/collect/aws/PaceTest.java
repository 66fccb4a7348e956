package dev.tickmark.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InterruptedIOException;
import org.junit.jupiter.api.Test;

class PaceTest {
    @Test
    void halvesOnceForAllCallsThatWereUnderWayWhenTheSourceThrottled() throws InterruptedIOException {
        Pace pace = new Pace(16);
        long first = pace.begin();
        long second = pace.begin();

        pace.end(first, true);
        pace.end(second, true);

        assertThat(pace.allowed()).isEqualTo(8);
    }

    @Test
    void neverStopsAltogether() throws InterruptedIOException {
        Pace pace = new Pace(4);

        for (int i = 0; i < 10; i++) {
            pace.end(pace.begin(), true);
        }

        assertThat(pace.allowed()).isEqualTo(1);
    }

    @Test
    void recoversSlowlyAndNeverBeyondItsLimit() throws InterruptedIOException {
        Pace pace = new Pace(4);
        pace.end(pace.begin(), true);

        pace.end(pace.begin(), false);
        int soon = pace.allowed();
        for (int i = 0; i < 100; i++) {
            pace.end(pace.begin(), false);
        }

        assertThat(soon).isEqualTo(2);
        assertThat(pace.allowed()).isEqualTo(4);
    }
}
