package dev.tickmark.bench;

import java.util.ArrayList;
import java.util.List;

/** Ours and the peer in turn, so that what else the machine does meets both alike; the first pair only warms up. */
final class Pairs {
    private static final double NANOS = 1e9;

    private final List<Double> ours = new ArrayList<>();
    private final List<Double> peer = new ArrayList<>();

    /** Work whose duration is measured. */
    interface Work {
        void run() throws Exception;
    }

    private Pairs() {}

    static Pairs measured(int pairs, Work ours, Work peer) throws Exception {
        Pairs measured = new Pairs();
        seconds(ours);
        seconds(peer);
        for (int i = 0; i < pairs; i++) {
            measured.ours.add(seconds(ours));
            measured.peer.add(seconds(peer));
        }
        return measured;
    }

    static double seconds(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS;
    }

    double ours() {
        return median(ours);
    }

    double peer() {
        return median(peer);
    }

    /** The median of the pairs' own ratios: how many times the peer's duration ours is. */
    double ratio() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / peer.get(i));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
