package dev.tickmark.collect.aws.federation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.collect.Cells;
import dev.tickmark.evidence.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What the metadata of a SAML identity provider says of itself: its issuer and the certificates that it signs with.
 *
 * @param note why it says nothing; null where it could be parsed
 * @see <a href="https://docs.oasis-open.org/security/saml/v2.0/saml-metadata-2.0-os.pdf">SAML metadata</a>
 */
record SamlMetadata(
        @Nullable String entityId,
        List<X509Certificate> signing,
        @Nullable String note) {
    private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

    SamlMetadata {
        signing = List.copyOf(signing);
    }

    static SamlMetadata of(@Nullable String xml) {
        if (xml == null || xml.isBlank()) {
            return new SamlMetadata(null, List.of(), "not_returned");
        }
        try {
            Document document = parser().parse(new InputSource(new StringReader(xml)));
            Element root = document.getDocumentElement();
            String entityId = root.getAttribute("entityID");
            return new SamlMetadata(entityId.isEmpty() ? null : entityId, signing(root), null);
        } catch (SAXException | IOException | CertificateException | IllegalArgumentException e) {
            return new SamlMetadata(null, List.of(), "malformed"); // the recording keeps it as it came
        }
    }

    Cells into(Cells cells) {
        return cells.and("entity_id", entityId)
                .and("signing_certificates", note == null ? signing.size() : null)
                .and(
                        "certificate_first_expiry",
                        expiries().stream().min(Comparator.naturalOrder()).orElse(null))
                .and(
                        "certificate_last_expiry",
                        expiries().stream().max(Comparator.naturalOrder()).orElse(null))
                .and("certificates", note == null ? listed() : null)
                .and("metadata_note", note);
    }

    private List<Instant> expiries() {
        return signing.stream().map(one -> one.getNotAfter().toInstant()).toList();
    }

    private String listed() {
        ArrayNode list = Json.object().arrayNode();
        for (X509Certificate certificate : signing) {
            ObjectNode one = list.addObject();
            one.put("subject", certificate.getSubjectX500Principal().getName());
            one.put("not_before", certificate.getNotBefore().toInstant().toString());
            one.put("not_after", certificate.getNotAfter().toInstant().toString());
            one.put("sha256", sha256(certificate));
        }
        return Json.line(list);
    }

    /** A key without a use serves signing too. */
    private static List<X509Certificate> signing(Element root) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> signing = new ArrayList<>();
        NodeList roles = root.getElementsByTagNameNS(METADATA, "IDPSSODescriptor");
        for (int i = 0; i < roles.getLength(); i++) {
            NodeList keys = ((Element) roles.item(i)).getElementsByTagNameNS(METADATA, "KeyDescriptor");
            for (int j = 0; j < keys.getLength(); j++) {
                Element key = (Element) keys.item(j);
                String use = key.getAttribute("use");
                if (use.isEmpty() || use.equals("signing")) {
                    NodeList certificates = key.getElementsByTagNameNS(SIGNATURE, "X509Certificate");
                    for (int k = 0; k < certificates.getLength(); k++) {
                        byte[] der = Base64.getMimeDecoder()
                                .decode(certificates.item(k).getTextContent().strip());
                        signing.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
                    }
                }
            }
        }
        return signing;
    }

    /** Nothing outside the document is ever fetched. */
    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler()); // else the JDK writes to stderr
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
