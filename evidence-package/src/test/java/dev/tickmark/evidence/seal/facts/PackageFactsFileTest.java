package dev.tickmark.evidence.seal.facts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageFactsFileTest {
    private static final PackageFacts FACTS = new PackageFacts(
            "example-2",
            new PackageFacts.Subject(
                    "Exämple \"GmbH\"",
                    "2026-11-23T02-00-00Z-7f3a",
                    Instant.parse("2026-11-23T02:00:00Z"),
                    new PackageFacts.Period(
                            Instant.parse("2026-07-01T00:00:00Z"), Instant.parse("2026-10-01T00:00:00Z")),
                    new PackageFacts.Tool("tickmark", "0.1.0")),
            Instant.parse("2026-11-23T02:10:00Z"),
            PackageFacts.Identity.REAL,
            "c".repeat(64),
            List.of(URI.create("https://tsa.example.com/")),
            "B-T",
            2,
            new PreviousPackage("example-1", "a".repeat(64), "b".repeat(64), "c".repeat(64), 1),
            FileRoles.of(new TreeSet<>(List.of(
                    "1-evidence/s/c/raw.warc.gz", "1-evidence/s/c/t.csv", "1-evidence/s/d/t.csv", "package.json"))));
    private static final String TEXT = """
            {
              "format" : "tickmark-package",
              "format_version" : 1,
              "package_id" : "example-2",
              "sequence" : 2,
              "organization" : "Exämple \\"GmbH\\"",
              "run_id" : "2026-11-23T02-00-00Z-7f3a",
              "as_of" : "2026-11-23T02:00:00Z",
              "period" : {
                "from" : "2026-07-01T00:00:00Z",
                "to" : "2026-10-01T00:00:00Z"
              },
              "tool" : {
                "name" : "tickmark",
                "version" : "0.1.0"
              },
              "sealed_at_claimed" : "2026-11-23T02:10:00Z",
              "identity" : "real",
              "signer_sha256" : "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
              "time_authorities" : [
                "https://tsa.example.com/"
              ],
              "report" : {
                "pades_level" : "B-T"
              },
              "previous" : {
                "package_id" : "example-1",
                "sha256sums_sha256" : "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "sha256sums_p7s_sha256" : "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
                "signer_sha256" : "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
                "sequence" : 1
              },
              "files" : [
                {
                  "path" : "1-evidence/s/c/raw.warc.gz",
                  "role" : "recording",
                  "media_type" : "application/gzip",
                  "recording" : null
                },
                {
                  "path" : "1-evidence/s/c/t.csv",
                  "role" : "population",
                  "media_type" : "text/csv",
                  "recording" : "1-evidence/s/c/raw.warc.gz"
                },
                {
                  "path" : "1-evidence/s/d/t.csv",
                  "role" : "population",
                  "media_type" : "text/csv",
                  "recording" : null
                },
                {
                  "path" : "package.json",
                  "role" : "facts",
                  "media_type" : "application/json",
                  "recording" : null
                }
              ]
            }
            """;

    @Test
    void writesKeysInOneOrder() {
        assertThat(new String(PackageFactsFile.write(FACTS), UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(PackageFactsFile.read(TEXT.getBytes(UTF_8))).isEqualTo(FACTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"tickmark-package\"=>\"other\"",
                "\"format_version\" : 1=>\"format_version\" : 2",
                "\"real\"=>\"royal\"",
                "\"sequence\" : 2=>\"sequence\" : 3",
                "\"as_of\" : \"2026=>\"as_of\" : \"x2026",
                "\"run_id\" : =>\"run_it\" : ",
                "\"role\" : \"facts\"=>\"role\" : 1",
                "  \"package_id\"=>   \"package_id\"",
                "\"sequence\" : 2=>\"sequence\" : 2, \"sequence\" : 2",
                "]\n}=>]\n} {}"
            })
    void refusesEveryOtherForm(String change) {
        String[] parts = change.split("=>", -1);
        byte[] bytes = TEXT.replace(parts[0], parts[1]).getBytes(UTF_8);

        assertThatThrownBy(() -> PackageFactsFile.read(bytes))
                .isInstanceOf(TickmarkException.class)
                .hasMessageStartingWith("package.json cannot be read: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{", "\u0000", "1e999999999"})
    void refusesWhatIsNoPackagesFacts(String text) {
        assertThatThrownBy(() -> PackageFactsFile.read(text.getBytes(UTF_8))).isInstanceOf(TickmarkException.class);
    }
}
