package dev.tickmark.evidence.csv;

import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.table.Column;
import dev.tickmark.evidence.table.TableDefinition;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows, in the order given, in the canonical dialect: comma, CRLF, header, quotes only where RFC 4180 needs
 * them.
 *
 * <p>A cell of a text or JSON column that a spreadsheet would run as a formula, or that begins with an apostrophe, gets
 * one leading apostrophe, which {@link CsvReader} takes off. An empty cell is "not stated"; an empty text becomes the
 * same, so where a source tells the two apart the table needs a column for it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 */
public final class CsvWriter implements Closeable {
    private final Path file;
    private final RowFormat format;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final MessageDigest digest = Disk.sha256();
    private long rows;

    /**
     * Begins a new file with its header.
     *
     * @param table what messages call the table
     * @throws dev.tickmark.evidence.TickmarkException FIX_FIRST where the file is there already or cannot be written
     */
    public CsvWriter(Path file, String table, List<Column> columns) {
        this.file = file;
        this.format = new RowFormat(table, columns);
        try {
            this.channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
        write(format.header());
    }

    /** Begins the file of a table, with the leading columns. */
    public CsvWriter(Path file, TableDefinition table) {
        this(file, table.name(), table.allColumns());
    }

    /**
     * Writes a row.
     *
     * @param cells one for each column; null and empty are "not stated"
     * @throws IllegalArgumentException naming table and column, where a cell is none of its column's type
     */
    public void row(List<? extends @Nullable String> cells) {
        line(format.line(cells));
    }

    /** A line that {@link CsvLines} or this table's {@link RowFormat} made. */
    public void line(byte[] line) {
        write(line);
        rows++;
    }

    /** Ends the file and forces it to disk. */
    public CsvFacts finish() {
        try {
            drain();
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
        return new CsvFacts(rows, Disk.hex(digest));
    }

    /** Lets go of the file; without {@link #finish()} it is not whole. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }

    private void write(byte[] bytes) {
        digest.update(bytes);
        try {
            if (bytes.length > buffer.remaining()) {
                drain();
            }
            if (bytes.length > buffer.remaining()) {
                Disk.writeFully(channel, bytes);
            } else {
                buffer.put(bytes);
            }
        } catch (IOException e) {
            throw Disk.unwritable(file, e);
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }
}
