package dev.tickmark.collect.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tickmark.collect.CutField;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCutterTest {
    private static final List<CutField> SEED = List.of(
            new CutField("iam", "*", "VirtualMFADevices/member/Base32StringSeed"),
            new CutField("iam", "*", "QRCodePNG"));
    private static final List<CutField> VARIABLES = List.of(
            new CutField("lambda", "ListFunctions", "Environment/Variables/*"),
            new CutField("lambda", "ListFunctions", "SecretIds"));

    @Test
    void emptiesAnElementAndLeavesEveryOtherByte() throws IOException {
        String answer = "<?xml version=\"1.0\"?>\n<R xmlns=\"x\"><VirtualMFADevices><member>\r\n"
                + "<Base32StringSeed enc='a>b'>CANARY<i>CANARY</i></Base32StringSeed><SerialNumber>é &amp; 1</SerialNumber>"
                + "<QRCodePNG><![CDATA[CANARY</QRCodePNG>]]></QRCodePNG><Base32StringSeed/></member>"
                + "</VirtualMFADevices><!-- <QRCodePNG> --></R>";

        AnswerCutter.CutAnswer cut = AnswerCutter.cut(answer.getBytes(StandardCharsets.UTF_8), SEED);

        assertThat(text(cut))
                .isEqualTo("<?xml version=\"1.0\"?>\n<R xmlns=\"x\"><VirtualMFADevices><member>\r\n"
                        + "<Base32StringSeed enc='a>b'></Base32StringSeed><SerialNumber>é &amp; 1</SerialNumber>"
                        + "<QRCodePNG></QRCodePNG><Base32StringSeed/></member>"
                        + "</VirtualMFADevices><!-- <QRCodePNG> --></R>");
        assertThat(cut.cut()).containsExactly("iam:* QRCodePNG", "iam:* VirtualMFADevices/member/Base32StringSeed");
    }

    @Test
    void emptiesAValueOfJsonWhateverItsForm() throws IOException {
        String answer = "{ \"Functions\" : [ {\"Name\":\"é\",\"Environment\":{\"Variables\":{\"A\":\"CANARY\","
                + "\"B\":\"CAN\\u0041RY\" , \"C\":{\"x\":[1]}, \"D\":12, \"E\":null},\"Other\":\"kept\"}} ],\n"
                + "\"SecretIds\":[\"CANARY\"], \"Variables\":{\"A\":\"kept\"} }";

        AnswerCutter.CutAnswer cut = AnswerCutter.cut(answer.getBytes(StandardCharsets.UTF_8), VARIABLES);

        assertThat(text(cut))
                .isEqualTo("{ \"Functions\" : [ {\"Name\":\"é\",\"Environment\":{\"Variables\":{\"A\":\"\","
                        + "\"B\":\"\" , \"C\":{}, \"D\":null, \"E\":null},\"Other\":\"kept\"}} ],\n"
                        + "\"SecretIds\":[], \"Variables\":{\"A\":\"kept\"} }");
        assertThat(cut.cut())
                .containsExactly("lambda:ListFunctions Environment/Variables/*", "lambda:ListFunctions SecretIds");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<R><QRCodePNG>CANARY",
                "<R><QRCodePNG>CANARY</Q></R>",
                "<!DOCTYPE R [<!ENTITY e 'CANARY'>]><R><QRCodePNG>&e;</QRCodePNG></R>",
                "{\"QRCodePNG\":\"CANARY",
                "CANARY"
            })
    void whatCannotBeUnderstoodIsNotKept(String answer) throws IOException {
        AnswerCutter.CutAnswer cut = AnswerCutter.cut(answer.getBytes(StandardCharsets.UTF_8), SEED);

        assertThat(text(cut)).isEmpty();
        assertThat(cut.cut()).containsExactly("whole answer");
    }

    @Test
    void anAnswerWithoutTheFieldStaysAsItIs() throws IOException {
        AnswerCutter.CutAnswer cut = AnswerCutter.cut("<R><A>1</A></R>".getBytes(StandardCharsets.UTF_8), SEED);

        assertThat(text(cut)).isEqualTo("<R><A>1</A></R>");
        assertThat(cut.cut()).isEmpty();
    }

    private static String text(AnswerCutter.CutAnswer cut) throws IOException {
        return new String(cut.body().bytes(), StandardCharsets.UTF_8);
    }
}
