package dev.tickmark.evidence.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.disk.Disk;
import dev.tickmark.evidence.json.Json;
import dev.tickmark.evidence.json.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lets one run at a time write to an output folder. The operating system holds the lock: it goes with the process,
 * however that ends, and no file has to be deleted by hand.
 */
public final class OutputLock implements Closeable {
    // far behind the text, since Windows lets nobody read what is locked
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    private static final int LONGEST_TEXT = 4096;

    private final OutputFolder out;
    private final FileChannel channel;
    private final FileLock lock;

    private OutputLock(OutputFolder out, FileChannel channel, FileLock lock) {
        this.out = out;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the lock, and makes the folder where it is not there.
     *
     * @param holder who runs, for the message that another one gets
     * @throws TickmarkException ALREADY_RUNNING where another run holds it: by whom, since when
     */
    public static OutputLock acquire(OutputFolder out, String holder, Clock clock) {
        try {
            Files.createDirectories(out.root());
            FileChannel channel = FileChannel.open(
                    out.lock(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                TickmarkException e = held(out, channel);
                channel.close();
                throw e;
            }
            ObjectNode text = Json.object();
            text.put("holder", holder);
            text.put("process", ProcessHandle.current().pid());
            text.put("since", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            channel.truncate(0);
            Disk.writeFully(channel, Json.bytes(text));
            return new OutputLock(out, channel, lock);
        } catch (IOException e) {
            throw Disk.unwritable(out.lock(), e);
        }
    }

    /** Lets the next run begin. */
    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw Disk.unwritable(out.lock(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null; // held by this very process
        }
    }

    private static TickmarkException held(OutputFolder out, FileChannel channel) throws IOException {
        String who;
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST_TEXT);
        int length = channel.read(buffer, 0);
        try {
            byte[] bytes = Arrays.copyOf(buffer.array(), Math.max(0, length));
            JsonObject text = Json.read(out.lock().toString(), bytes);
            who = "A run of '" + text.text("holder") + "' (process " + text.number("process") + "), begun "
                    + text.text("since") + ",";
        } catch (TickmarkException e) {
            // the holder has not written its name yet: the lock counts, not the text
            who = "Another run, whose name is not written yet,";
        }
        return new TickmarkException(
                TickmarkException.Kind.ALREADY_RUNNING,
                who + " is writing to '" + out.root() + "'.",
                "Wait until it ends, or end that process: the lock goes with it; or choose another folder with --out.");
    }
}
