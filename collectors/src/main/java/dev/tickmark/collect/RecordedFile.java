package dev.tickmark.collect;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;

/** The bytes of a file as they were recorded, with the id of the record for lineage. */
public final class RecordedFile {
    private final String record;
    private final byte[] bytes;

    public RecordedFile(String record, byte[] bytes) {
        this.record = record;
        this.bytes = bytes.clone();
    }

    /** The WARC-Record-ID. */
    public String record() {
        return record;
    }

    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    /** Where a row of the file came from: {@code pointer} is its line, as in {@code line 7}. */
    public RowSource at(String pointer, String... columns) {
        return new RowSource(record, pointer, columns.length == 0 ? List.of("*") : List.of(columns));
    }
}
