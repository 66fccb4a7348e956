package dev.tickmark.catalog.declared;

import dev.tickmark.evidence.TickmarkException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Mistakes of a file, gathered so that the first can say how many follow. */
final class Mistakes {
    private Mistakes() {}

    /** Does one thing and tells its mistake, if it has one. */
    static void tell(Consumer<TickmarkException> mistakes, Runnable reading) {
        try {
            reading.run();
        } catch (TickmarkException e) {
            mistakes.accept(e);
        }
    }

    /** Reads; throws the first mistake, with the number of the others. */
    static <T> T first(Function<Consumer<TickmarkException>, T> reading) {
        List<TickmarkException> mistakes = new ArrayList<>();
        T read;
        try {
            read = reading.apply(mistakes::add);
        } catch (TickmarkException e) {
            mistakes.add(e);
            throw told(mistakes);
        }
        if (!mistakes.isEmpty()) {
            throw told(mistakes);
        }
        return read;
    }

    private static TickmarkException told(List<TickmarkException> mistakes) {
        TickmarkException first = mistakes.get(0);
        return mistakes.size() == 1
                ? first
                : new TickmarkException(
                        first.kind(),
                        first.problem(),
                        first.remedy() + " The file has " + (mistakes.size() - 1)
                                + " more; 'tickmark declare check' lists them all.",
                        first);
    }
}
