package dev.tickmark.collect;

import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Lineage: the record that a row came from, and the place in it.
 *
 * @param record the WARC-Record-ID, {@code urn:uuid:…}
 * @param pointer a JSON Pointer, an XML path, a CSV line, or one inside the other ({@code path#pointer})
 * @param columns that came from there; {@code *} for all
 */
public record RowSource(String record, String pointer, List<String> columns) {
    /** The header by which a connection tells the record of an answer. */
    public static final String RECORD_HEADER = "x-tickmark-record";

    public RowSource {
        columns = List.copyOf(columns);
    }

    /** A place in an answer of the AWS SDK; without {@code columns} it gave all of them. */
    public static RowSource of(SdkResponse answer, String pointer, String... columns) {
        return of(answer.sdkHttpResponse(), pointer, columns);
    }

    /** A place in an answer that the AWS SDK throws although it is one, such as {@code NoSuchEntity}. */
    public static RowSource of(AwsServiceException answer, String pointer, String... columns) {
        return of(answer.awsErrorDetails().sdkHttpResponse(), pointer, columns);
    }

    private static RowSource of(SdkHttpResponse answer, String pointer, String... columns) {
        String record = answer.firstMatchingHeader(RECORD_HEADER)
                .orElseThrow(() -> new IllegalStateException("an answer that was not recorded has no lineage"));
        return new RowSource(record, pointer, columns.length == 0 ? List.of("*") : List.of(columns));
    }
}
