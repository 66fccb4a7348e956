package dev.tickmark.evidence.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {
    @TempDir
    Path folder;

    @Test
    void writesAFileWholeOverItsOlderSelf() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "a longer text than the new one");

        Disk.writeWhole(file, "new".getBytes(StandardCharsets.UTF_8));

        assertThat(file).hasContent("new");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aFolderThatIsNotThereIsTheUsersToPutRight() {
        Path file = folder.resolve("none").resolve("a.json");

        assertThatThrownBy(() -> Disk.writeWhole(file, new byte[0]))
                .isInstanceOfSatisfying(TickmarkException.class, e -> {
                    assertThat(e.kind()).isEqualTo(TickmarkException.Kind.FIX_FIRST);
                    assertThat(e.problem()).isEqualTo("'" + file + "' could not be written: no such file or folder.");
                });
    }

    @Test
    void aFullDiskIsTwoSentences() {
        TickmarkException e = Disk.unwritable(
                Path.of("out", "a.csv"), new FileSystemException("a.csv", null, "No space left on device"));

        assertThat(e.kind()).isEqualTo(TickmarkException.Kind.FIX_FIRST);
        assertThat(e.problem())
                .isEqualTo("'" + Path.of("out", "a.csv") + "' could not be written: No space left on device.");
        assertThat(e.remedy())
                .isEqualTo("Free space there or choose another folder with --out, then give the same command again.");
    }

    @Test
    void aDiskThatFillsUpWhileWritingLeavesTheOldFileAndNothingElse() throws IOException {
        Path full = Path.of("/dev/full"); // Linux: takes no byte, says "No space left on device"
        assumeTrue(Files.exists(full));
        Path file = Files.writeString(folder.resolve("a.json"), "old");
        Files.createSymbolicLink(folder.resolve(Disk.UNPUBLISHED + "a.json"), full);

        assertThatThrownBy(() -> Disk.writeWhole(file, "new".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("No space left on device. Free space there");

        assertThat(file).hasContent("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void digestsAreTheOnesThatStockToolsPrint() throws IOException {
        Path file = Files.writeString(folder.resolve("abc"), "abc");

        assertThat(Disk.sha256(file)).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void deletesATreeButNotWhatALinkPointsTo() throws IOException {
        Path kept = Files.createDirectory(folder.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Path tree = Files.createDirectories(folder.resolve("tree/sub"));
        Files.createSymbolicLink(tree.resolve("link"), kept);

        Disk.deleteTree(folder.resolve("tree"));

        assertThat(folder.resolve("tree")).doesNotExist();
        assertThat(kept.resolve("file")).hasContent("x");
    }
}
