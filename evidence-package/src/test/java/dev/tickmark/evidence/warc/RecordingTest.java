package dev.tickmark.evidence.warc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tickmark.evidence.TickmarkException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    private static final Instant START = Instant.parse("2026-11-23T02:00:00.123456789Z");

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        Path file = record("a.warc.gz", 2);

        Recording recording = RecordingReader.read(file);

        assertThat(recording.whole()).isTrue();
        assertThat(recording.facts()).containsEntry("scope", "aws_111122223333_global");
        Exchange second = recording.exchanges().get(1);
        assertThat(second.number()).isEqualTo(2);
        assertThat(second.operation()).isEqualTo("ListUsers");
        assertThat(second.started()).isEqualTo(Instant.parse("2026-11-23T02:00:02.123Z"));
        assertThat(second.finished()).isEqualTo(Instant.parse("2026-11-23T02:00:02.623Z"));
        assertThat(second.request().target()).isEqualTo(URI.create("https://iam.amazonaws.com/"));
        assertThat(text(second.request().body())).isEqualTo("Action=ListUsers&Marker=2");
        Exchange.Answer answer = second.answered().orElseThrow();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-TYPE")).hasValue("text/xml");
        assertThat(answer.cut()).containsExactly("iam:ListUsers Seed", "iam:ListUsers Code");
        assertThat(text(answer.body())).isEqualTo("<Users>Zoë 2\r\n\r\n</Users>");
        assertThat(text(answer.body())).as("opened once more").startsWith("<Users>");
        assertThat(recording.resources()).hasSize(1);
        assertThat(recording.resources().get(0).name()).isEqualTo("Personal übersicht (1).csv");
        assertThat(text(recording.resources().get(0).body())).isEqualTo("id;name\r\n");
    }

    @Test
    void anAttemptWithoutAnAnswerIsKeptWithItsCause() throws IOException {
        Path file = folder.resolve("a.warc.gz");
        String id;
        try (RecordingWriter writer = new RecordingWriter(file, START, Map.of())) {
            id = writer.write(exchange(1, null, Exchange.Failure.TIMEOUT));
        }

        Recording recording = RecordingReader.read(file);

        assertThat(id).startsWith("urn:uuid:");
        assertThat(recording.exchanges()).extracting(Exchange::failure).containsExactly(Exchange.Failure.TIMEOUT);
        assertThat(recording.whole()).isTrue();
    }

    @Test
    void theSameExchangesGiveTheSameBytesAndIds() throws IOException {
        Path one = record("one.warc.gz", 3);
        Path two = record("two.warc.gz", 3);

        assertThat(one).hasSameBinaryContentAs(two);
    }

    @Test
    void everyRecordHasAnIdOfItsOwnEvenForEqualExchanges() throws IOException {
        List<String> ids = new ArrayList<>();
        try (RecordingWriter writer = new RecordingWriter(folder.resolve("a.warc.gz"), START, Map.of())) {
            ids.add(writer.write(exchange(1, answer("same"), null)));
            ids.add(writer.write(exchange(1, answer("same"), null)));
        }

        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void isAWarcFileOfVersionOneDotOneWithOneMemberARecord() throws IOException {
        Path file = record("a.warc.gz", 1);

        String text;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(text).startsWith("WARC/1.1\r\n").doesNotContain("WARC/1.0");
        assertThat(text).contains("tickmark-recording: 1\r\n", "WARC-Date: 2026-11-23T02:00:01.123Z\r\n");
        assertThat(members(Files.readAllBytes(file))).isEqualTo(5);
    }

    @Test
    void aFileCutAnywhereGivesTheWholeExchangesBeforeTheCutAndSaysSo() throws IOException {
        byte[] bytes = Files.readAllBytes(record("whole.warc.gz", 3));
        Path cut = folder.resolve("cut.warc.gz");
        int most = 0;

        for (int length = 1; length < bytes.length; length += 3) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            try {
                Recording recording = RecordingReader.read(cut);
                assertThat(recording.whole()).as("cut after " + length).isFalse();
                assertThat(recording.exchanges().size()).isGreaterThanOrEqualTo(most);
                most = recording.exchanges().size();
                for (Exchange exchange : recording.exchanges()) {
                    Exchange.Answer answer = exchange.answered().orElseThrow();
                    assertThat(text(answer.body())).endsWith("</Users>");
                }
            } catch (TickmarkException e) {
                assertThat(most).isZero();
            }
        }

        assertThat(most).isEqualTo(3);
    }

    @Test
    void aSealedRecordingMustBeWhole() throws IOException {
        byte[] bytes = Files.readAllBytes(record("whole.warc.gz", 1));
        Path cut = Files.write(folder.resolve("raw.warc.gz"), Arrays.copyOf(bytes, bytes.length - 30));

        Recording recording = RecordingReader.read(cut);

        assertThatThrownBy(recording::requireWhole)
                .isInstanceOf(TickmarkException.class)
                .hasMessageContaining("RECORDING_INCOMPLETE")
                .hasMessageContaining("raw.warc.gz");
    }

    @Test
    void anyDamageGivesAShorterRecordingOrAMessage() throws IOException {
        byte[] good = Files.readAllBytes(record("good.warc.gz", 2));
        long seed = Long.getLong("seed", 20_261_123L);
        Random random = new Random(seed);
        Path file = folder.resolve("bad.warc.gz");

        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int place = random.nextInt(bad.length);
            bad[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, bad);
            try {
                Recording recording = RecordingReader.read(file);
                for (Exchange exchange : recording.exchanges()) {
                    Exchange.Answer answer = exchange.answered().orElseThrow();
                    assertThat(text(answer.body())).as("seed " + seed).endsWith("</Users>");
                }
            } catch (TickmarkException e) {
                assertThat(e.kind()).isEqualTo(TickmarkException.Kind.NOT_VERIFIED);
            }
        }
    }

    @Test
    void anotherFileIsNotARecording() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "not a recording at all");

        assertThatThrownBy(() -> RecordingReader.read(file))
                .isInstanceOf(TickmarkException.class)
                .hasMessage("'notes.txt' is not a recording made by tickmark. Take an unchanged copy of the file.");
    }

    @Test
    void aHeaderCannotEndTheHead() {
        assertThat(new Header("X-Name", "a\r\n\r\nHTTP/1.1 200").value()).isEqualTo("a HTTP/1.1 200");
    }

    @Test
    void anInterruptDoesNotTearARecord() throws IOException {
        Path file = folder.resolve("a.warc.gz");
        try (RecordingWriter writer = new RecordingWriter(file, START, Map.of())) {
            Thread.currentThread().interrupt();
            writer.write(exchange(1, answer("<Users></Users>"), null));
        }
        assertThat(Thread.interrupted()).isTrue();

        assertThat(RecordingReader.read(file).whole()).isTrue();
    }

    @Test
    void aLargeBodyIsStreamedFromItsFile() throws IOException {
        byte[] large = new byte[3 << 20];
        new Random(7).nextBytes(large);
        Path spooled = Files.write(folder.resolve("spooled"), large);
        Path file = folder.resolve("a.warc.gz");
        try (RecordingWriter writer = new RecordingWriter(file, START, Map.of())) {
            Exchange.Answer answer = new Exchange.Answer(200, List.of(), Body.of(spooled), List.of(), "");
            writer.write(exchange(1, answer, null));
        }

        Exchange.Answer answer =
                RecordingReader.read(file).exchanges().get(0).answered().orElseThrow();

        assertThat(answer.body().bytes()).isEqualTo(large);
    }

    private Path record(String name, int exchanges) throws IOException {
        Path file = folder.resolve(name);
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("software", "tickmark/0");
        facts.put("scope", "aws_111122223333_global");
        try (RecordingWriter writer = new RecordingWriter(file, START, facts)) {
            for (int i = 1; i <= exchanges; i++) {
                writer.write(exchange(i, answer("<Users>Zoë " + i + "\r\n\r\n</Users>"), null));
            }
            writer.writeResource(
                    "Personal übersicht (1).csv",
                    "text/csv",
                    START,
                    Body.of("id;name\r\n".getBytes(StandardCharsets.UTF_8)));
        }
        return file;
    }

    private static Exchange exchange(int number, Exchange.@Nullable Answer answer, Exchange.@Nullable Failure failure) {
        return new Exchange(
                number,
                number,
                1,
                "iam",
                "ListUsers",
                START.plusSeconds(number),
                START.plusSeconds(number).plusMillis(500),
                new Exchange.Request(
                        "POST",
                        URI.create("https://iam.amazonaws.com/"),
                        List.of(new Header("Content-Type", "application/x-www-form-urlencoded")),
                        Body.of(("Action=ListUsers&Marker=" + number).getBytes(StandardCharsets.UTF_8))),
                answer,
                failure);
    }

    private static Exchange.Answer answer(String text) {
        return new Exchange.Answer(
                200,
                List.of(new Header("Content-Type", "text/xml")),
                Body.of(text.getBytes(StandardCharsets.UTF_8)),
                List.of("iam:ListUsers Seed", "iam:ListUsers Code"),
                "");
    }

    private static String text(Body body) throws IOException {
        return new String(body.bytes(), StandardCharsets.UTF_8);
    }

    private static int members(byte[] bytes) {
        int members = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == 0x1f && bytes[i + 1] == (byte) 0x8b && bytes[i + 2] == 8) {
                members++;
            }
        }
        return members;
    }
}
