package dev.tickmark.collect.aws.federation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SamlMetadataTest {
    private static final String METADATA =
            "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"x\"><md:IDPSSODescriptor>"
                    + "<md:KeyDescriptor><ds:X509Certificate xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">%s"
                    + "</ds:X509Certificate></md:KeyDescriptor></md:IDPSSODescriptor></md:EntityDescriptor>";

    @Test
    void metadataWithoutACertificateHasNone() {
        SamlMetadata metadata = SamlMetadata.of("<EntityDescriptor entityID=\"x\"/>");

        assertThat(metadata.note()).isNull();
        assertThat(metadata.entityId()).isEqualTo("x");
        assertThat(metadata.signing()).isEmpty();
    }

    @Test
    void aCertificateThatIsNoneMakesTheMetadataMalformed() {
        assertThat(SamlMetadata.of(METADATA.replace("%s", "AAAA")).note()).isEqualTo("malformed");
        assertThat(SamlMetadata.of(METADATA.replace("%s", "")).note()).isEqualTo("malformed");
    }

    @Test
    void anyTextIsMetadataOrNone() {
        long seed = Long.getLong("seed", 20261123L);
        Random random = new Random(seed);
        for (int round = 0; round < 1000; round++) {
            StringBuilder text = new StringBuilder(METADATA.replace("%s", "MIIB"));
            for (int i = random.nextInt(4); i >= 0; i--) {
                text.setCharAt(random.nextInt(text.length()), "<>&\"/=! \0é".charAt(random.nextInt(10)));
            }

            assertThat(SamlMetadata.of(text.toString()))
                    .as("seed %d, round %d", seed, round)
                    .isNotNull();
        }
    }
}
