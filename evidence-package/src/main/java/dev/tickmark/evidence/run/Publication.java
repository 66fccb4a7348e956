package dev.tickmark.evidence.run;

import dev.tickmark.evidence.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is published whole or not at all: filled beside its place under another name, forced to disk, renamed.
 *
 * <p>Whoever is stopped in between leaves at most a folder whose name begins with {@link Disk#UNPUBLISHED}, which
 * {@link #sweep} takes away.
 */
public final class Publication implements Closeable {
    /** The points between which a run may be killed. */
    enum Step {
        FILLED,
        FORCED,
        OLD_ASIDE,
        RENAMED
    }

    private final RunFolder run;
    private final Path target;
    private final Path folder;
    private final Path aside;
    private final Consumer<Step> hook;
    private boolean published;

    /** Begins to fill the place of {@code target}, a folder of this run; a leftover of it is taken away first. */
    public Publication(RunFolder run, Path target) {
        this(run, target, step -> {});
    }

    Publication(RunFolder run, Path target, Consumer<Step> hook) {
        this.run = run;
        this.target = target;
        this.folder = target.resolveSibling(Disk.UNPUBLISHED + target.getFileName());
        this.aside = target.resolveSibling(Disk.UNPUBLISHED + "old-" + target.getFileName());
        this.hook = hook;
        try {
            Files.createDirectories(parent());
            Disk.deleteTree(folder);
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw Disk.unwritable(target, e);
        }
    }

    /** Where to write until it is published. */
    public Path folder() {
        return folder;
    }

    /**
     * Forces every file and folder to disk and renames the folder into its place; one that was there is replaced.
     *
     * @return path in the run to SHA-256, sorted by path: what the journal shall say
     */
    public Map<String, String> publish() {
        try {
            hook.accept(Step.FILLED);
            Map<String, String> digests = force();
            hook.accept(Step.FORCED);
            if (Files.exists(target)) {
                Disk.deleteTree(aside);
                Files.move(target, aside, StandardCopyOption.ATOMIC_MOVE);
            }
            hook.accept(Step.OLD_ASIDE);
            Files.move(folder, target, StandardCopyOption.ATOMIC_MOVE);
            for (Path path = parent(); path.startsWith(run.root()); path = above(path)) {
                Disk.syncFolder(path);
            }
            published = true;
            hook.accept(Step.RENAMED);
            Disk.deleteTree(aside);
            return digests;
        } catch (IOException e) {
            throw Disk.unwritable(target, e);
        }
    }

    /** Takes away what was not published; what it was to replace is back in its place. */
    @Override
    public void close() {
        if (!published) {
            try {
                if (Files.exists(aside) && !Files.exists(target)) {
                    Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
                }
                Disk.deleteTree(folder);
            } catch (IOException e) {
                throw Disk.unwritable(folder, e);
            }
        }
    }

    /**
     * Takes away what killed runs left in this run's folder: everything not yet published, and task folders that the
     * journal does not know as done. The caller holds the {@link OutputLock}.
     */
    public static void sweep(RunFolder run) {
        try {
            deleteUnpublished(run.root());
            deleteUnpublished(run.evidence());
            List<String> done = new ArrayList<>();
            for (Journal.Entry entry : Journal.read(run)) {
                if (entry.event() == Journal.Event.TASK_DONE || entry.event() == Journal.Event.DECLARED) {
                    done.addAll(entry.files().keySet());
                }
            }
            for (Path scope : folders(run.evidence())) {
                deleteUnpublished(scope);
                for (Path task : folders(scope)) {
                    String prefix = run.relative(task) + "/";
                    if (done.stream().noneMatch(path -> path.startsWith(prefix))) {
                        Disk.deleteTree(task);
                    }
                }
            }
        } catch (IOException e) {
            throw Disk.unwritable(run.root(), e);
        }
    }

    private Map<String, String> force() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Disk.syncFile(file);
                digests.put(run.relative(target.resolve(folder.relativize(file))), Disk.sha256(file));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Disk.syncFolder(visited);
                return FileVisitResult.CONTINUE;
            }
        });
        return digests;
    }

    private static void deleteUnpublished(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> leftovers;
        try (var list = Files.list(folder)) {
            leftovers = list.filter(path -> path.getFileName().toString().startsWith(Disk.UNPUBLISHED))
                    .toList();
        }
        for (Path leftover : leftovers) {
            Disk.deleteTree(leftover);
        }
    }

    private static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var list = Files.list(folder)) {
            return list.filter(Files::isDirectory).sorted().toList();
        }
    }

    private Path parent() {
        return above(target);
    }

    private static Path above(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalArgumentException(path + " lies in no folder");
        }
        return parent;
    }
}
