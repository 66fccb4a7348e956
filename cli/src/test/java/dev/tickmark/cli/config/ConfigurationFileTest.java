package dev.tickmark.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.table.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
    private static final List<String> FRAMEWORKS = List.of("soc2-2017", "iso27001-2022");

    @TempDir
    Path folder;

    @Test
    void readsTheExampleThatInitWrites() throws IOException {
        try (var example = ConfigurationFile.class.getResourceAsStream("/config/tickmark.example.yaml")) {
            assertThat(example).isNotNull();
            Configuration configuration =
                    read(new String(example.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));

            assertThat(configuration.organization()).isEqualTo("Example Organization");
            assertThat(configuration.frameworks()).containsExactly("soc2-2017", "iso27001-2022");
            assertThat(configuration.aws()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            organisation: x                                   | line 1 | Did you mean 'organization'?
            organization: [a                                  | line   | not YAML
            {organization: x, sources: {aws: [{account: 12}]}}| line 1 | not an AWS account id
            {organization: x, frameworks: [soc2]}             | line 1 | no framework is called 'soc2'
            {organization: x, frameworks: [soc2-2018]}        | line 1 | Did you mean 'soc2-2017'?
            {organization: x, schedule: {every_days: 0}}      | line 1 | not a whole number from 1 to 366
            {organization: x, calendar: {time_zone: Mars/X}}  | line 1 | not a time zone
            {organization: x, timestamp: {authorities: [ftp://a]}} | line 1 | not the address of a time authority
            {organization: x, signing: {password_env: A}}     | line 1 | one key is expected
            {organization: x, period: {from: 2026-02-01, to: 2026-01-01}} | line 1 | ends before it begins
            {organization: "${NOT_SET_ANYWHERE}"}             | t.yaml | 'NOT_SET_ANYWHERE' is not set
            {organization: }                                  | line 1 | a value is missing
            """)
    void everyMistakeIsNamedWithItsPlace(String yaml, String place, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining(place)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingFileIsNotUnderstood() {
        assertThatThrownBy(() -> file().read(folder.resolve("none.yaml")))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("There is no file");
    }

    private Configuration read(String yaml) throws IOException {
        Path path = folder.resolve("t.yaml");
        Files.writeString(path, yaml);
        return file().read(path);
    }

    private static ConfigurationFile file() {
        return new ConfigurationFile(Map.of(), Tables.builtIn(), FRAMEWORKS);
    }
}
