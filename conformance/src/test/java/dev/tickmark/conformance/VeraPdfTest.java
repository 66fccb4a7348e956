package dev.tickmark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.verapdf.core.EncryptedPdfException;
import org.verapdf.core.ModelParsingException;
import org.verapdf.core.ValidationException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** The PDF Association's validator over the report as rendered and as signed. */
class VeraPdfTest {
    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    @Test
    void findsNothingInTheReportAsRendered() throws Exception {
        assertThat(broken(Judged.report("report.pdf"))).isEmpty();
    }

    @Test
    void findsNothingInAWholeReportWithEveryItemThatIsHardToPrint() throws Exception {
        assertThat(broken(Judged.report("full/report.pdf"))).isEmpty();
    }

    @Test
    void findsNothingInTheReportAsSigned() throws Exception {
        assertThat(broken(Judged.report("report-signed.pdf"))).isEmpty();
    }

    @Test
    void findsWhatIsNoPdfA() throws Exception {
        Path files = Judged.unpack(Judged.WITHOUT_TIME, folder);

        assertThat(broken(files.resolve("3-report/report.pdf"))).isNotEmpty();
    }

    private static List<String> broken(Path pdf)
            throws IOException, ModelParsingException, EncryptedPdfException, ValidationException {
        try (InputStream in = Files.newInputStream(pdf);
                PDFAParser parser = Foundries.defaultInstance().createParser(in, PDFAFlavour.PDFA_3_B);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(PDFAFlavour.PDFA_3_B, false)) {
            ValidationResult result = validator.validate(parser);
            assertThat(result.getTotalAssertions()).isPositive();
            return result.getTestAssertions().stream()
                    .filter(assertion -> assertion.getStatus() == TestAssertion.Status.FAILED)
                    .map(assertion -> assertion.getRuleId().getClause() + " " + assertion.getMessage())
                    .distinct()
                    .toList();
        }
    }
}
