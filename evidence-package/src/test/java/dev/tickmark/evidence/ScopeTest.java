package dev.tickmark.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.evidence.table.TableDefinition;
import dev.tickmark.evidence.table.Tables;
import org.junit.jupiter.api.Test;

class ScopeTest {
    private static final int LONGEST_PATH = 120;

    @Test
    void namesAnAccountPlainly() {
        assertThat(new Scope("aws", "111122223333", "ap-southeast-1").id())
                .isEqualTo("aws_111122223333_ap-southeast-1");
    }

    @Test
    void twoTextsNeverShareAFolder() {
        assertThat(Scope.folderName("Example HR"))
                .startsWith("example-hr-")
                .isNotEqualTo(Scope.folderName("example-hr"));
        assertThat(Scope.folderName("..")).matches("[a-z0-9_-][a-z0-9._-]*");
    }

    @Test
    void aLongNameOfASystemLeavesRoomForEveryTable() {
        String scope =
                new Scope("declared", "The Human Resources System of the whole Organisation, Europe", "global").id();

        for (TableDefinition table : Tables.builtIn().all()) {
            if (table.name().startsWith("aws_")) {
                continue; // filled by collectors with names of their own, in scopes of short names
            }
            String collector = Scope.folderName("file-" + table.name().replace('_', '-'));
            String path = "1-evidence/" + scope + "/" + collector + ".2/" + table.name() + ".lineage.csv";
            assertThat(path.length()).as(path).isLessThanOrEqualTo(LONGEST_PATH);
        }
    }
}
