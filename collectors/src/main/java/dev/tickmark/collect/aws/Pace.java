package dev.tickmark.collect.aws;

import java.io.InterruptedIOException;

/**
 * How many calls may be under way at once to one service of one account: half as many after the source throttled, and
 * slowly more again after answers. It never waits for a time and never repeats a call: both are the SDK's.
 */
final class Pace {
    private final int most;
    private double allowed;
    private int underWay;
    private long began;
    private long slowedAt;

    Pace(int most) {
        this.most = most;
        this.allowed = most;
    }

    /** Waits for a place; gives the number of the call, for {@link #end}. */
    synchronized long begin() throws InterruptedIOException {
        while (underWay >= (int) allowed) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
        underWay++;
        return ++began;
    }

    synchronized void end(long call, boolean throttled) {
        underWay--;
        if (!throttled) {
            allowed = Math.min(most, allowed + 1 / allowed);
        } else if (call > slowedAt) { // calls that were under way when it slowed down say nothing new
            allowed = Math.max(1, allowed / 2);
            slowedAt = began;
        }
        notifyAll();
    }

    synchronized int allowed() {
        return (int) allowed;
    }
}
