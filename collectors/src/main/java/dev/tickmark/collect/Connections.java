package dev.tickmark.collect;

import dev.tickmark.evidence.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkClient;

/**
 * Hands out connections that record every exchange, or answer from a recording; a collector cannot tell which.
 *
 * <p>Whoever made the connections closes what they handed out.
 */
public interface Connections {
    /**
     * A client of the scope's account and region, made from an otherwise untouched builder. A {@code global} scope
     * means the region that answers for the partition.
     */
    <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C extends SdkClient> C aws(B builder, Scope scope);

    /**
     * The bytes of a declared file, recorded as they are after {@code cut} has taken out what must not be kept.
     *
     * @param cut gives the bytes to record and to read; named cuts belong into the declaration
     */
    RecordedFile file(Path file, UnaryOperator<byte[]> cut);

    /**
     * Makes one call for each item, several at once, and hands the answers to {@code each} on the caller's thread in
     * the order of the items. {@code answer.get()} gives the answer or throws what the call threw.
     */
    <T, R> void inParallel(List<T> items, Function<T, R> call, BiConsumer<T, Supplier<R>> each);

    /** Waits for a source that works on something, such as a report; on replay nothing waits. */
    void pause(Duration duration);
}
