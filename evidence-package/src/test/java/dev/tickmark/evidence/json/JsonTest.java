package dev.tickmark.evidence.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.evidence.TickmarkException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void writesTwoBlanksLineFeedsAndTheOrderGiven() {
        ObjectNode node = Json.object();
        node.put("z", 1);
        node.put("a", "\u00E9\u4E2D");
        node.putArray("list").add(1).add(2);
        node.putObject("none");
        node.putArray("empty");

        assertThat(new String(Json.bytes(node), StandardCharsets.UTF_8)).isEqualTo("""
                        {
                          "z": 1,
                          "a": "é中",
                          "list": [
                            1,
                            2
                          ],
                          "none": {},
                          "empty": []
                        }
                        """);
        assertThat(Json.line(node))
                .isEqualTo("{\"z\":1,\"a\":\"\u00E9\u4E2D\",\"list\":[1,2],\"none\":{},\"empty\":[]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{", "{\"a\":1,\"a\":2}", "{} {}", "{'a':1}", "{\"a\":NaN}", "\uFEFF{}", "{\"a\":01}"})
    void refusesWhatIsNotOneStrictObject(String text) {
        assertThatThrownBy(() -> Json.read("f.json", text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'f.json' is not as Tickmark writes it");
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
        assertThatThrownBy(() -> Json.read("f.json", "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)))
                .isInstanceOf(TickmarkException.class);
        assertThatThrownBy(() -> Json.read("f.json", new byte[] {'{', (byte) 0xff, '}'}))
                .hasMessageContaining("it is not UTF-8");
    }

    @Test
    void refusesDepthWithoutRunningOutOfStack() {
        String deep = "{\"a\":" + "[".repeat(100_000);

        assertThatThrownBy(() -> Json.read("f.json", deep.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TickmarkException.class);
    }

    @ParameterizedTest
    @CsvSource({"text, a text", "number, a whole number", "flag, true or false", "list, a list", "object, an object"})
    void namesFileAndPlaceOfAMissingValue(String key, String expected) {
        JsonObject object = Json.read("f.json", "{\"o\":{}}".getBytes(StandardCharsets.UTF_8))
                .object("o");

        assertThatThrownBy(() -> {
                    switch (key) {
                        case "text" -> object.text(key);
                        case "number" -> object.number(key);
                        case "flag" -> object.flag(key);
                        case "list" -> object.texts(key);
                        default -> object.object(key);
                    }
                })
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("'f.json'")
                .hasMessageContaining("'/o/" + key + "' is not " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":[1]} | true",
                "1 | true",
                "\"x\" | true",
                "{ | false",
                "[1 | false",
                "{} {} | false",
                "x | false"
            })
    void tellsAJsonTextFromAnother(String text, boolean valid) {
        assertThat(Json.valid(text)).isEqualTo(valid);
    }
}
