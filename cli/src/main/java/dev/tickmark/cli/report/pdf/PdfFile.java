package dev.tickmark.cli.report.pdf;

import com.lowagie.text.Document;
import com.lowagie.text.DocumentException;
import com.lowagie.text.PageSize;
import com.lowagie.text.pdf.PdfArray;
import com.lowagie.text.pdf.PdfDate;
import com.lowagie.text.pdf.PdfDictionary;
import com.lowagie.text.pdf.PdfEncryption;
import com.lowagie.text.pdf.PdfName;
import com.lowagie.text.pdf.PdfNumber;
import com.lowagie.text.pdf.PdfStream;
import com.lowagie.text.pdf.PdfString;
import com.lowagie.text.pdf.PdfWriter;
import dev.tickmark.cli.report.page.Imprint;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;

/**
 * A PDF/A-3b file: everything that the standard asks of the file rather than of a page.
 *
 * @see <a href="https://www.iso.org/standard/57229.html">ISO 19005-3</a>
 */
final class PdfFile {
    private static final int ID_LENGTH = 16;
    private static final DateTimeFormatter XMP_DATE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static {
        // The library's only switch for streams without compression is this static field. Deflated bytes differ between
        // builds of zlib, and the file must come out the same on an auditor's machine; it is set once and never back.
        Document.compress = false;
    }

    private final Imprint imprint;
    private final Document document;
    private final PdfWriter writer;

    PdfFile(OutputStream out, Imprint imprint) throws IOException {
        this.imprint = imprint;
        this.document = new Document(PageSize.A4, 0, 0, 0, 0);
        try {
            this.writer = PdfWriter.getInstance(document, out);
            writer.setPdfVersion(PdfWriter.VERSION_1_7);
            writer.setTagged();
            writer.setViewerPreferences(PdfWriter.PageModeUseOutlines | PdfWriter.DisplayDocTitle);
            document.addTitle(imprint.title());
            document.addCreator(imprint.made());
            document.addProducer();
            dates();
            document.open();
            dates(); // opening the document has put the clock's
            outputIntent();
            writer.getExtraCatalog().put(PdfName.LANG, new PdfString("en"));
        } catch (DocumentException e) {
            throw new IOException(e);
        }
    }

    PdfWriter writer() {
        return writer;
    }

    Document document() {
        return document;
    }

    /** Ends the file; its id is made from the digest of what it shows. */
    void close(byte[] digest) {
        dates();
        writer.setXmpMetadata(xmp().getBytes(StandardCharsets.UTF_8));
        byte[] id = Arrays.copyOf(digest, ID_LENGTH);
        writer.getInfo().put(PdfName.FILEID, PdfEncryption.createInfoId(id, id));
        // the library formats the table of cross-references in the default locale: other digits would break the file
        Locale before = Locale.getDefault(Locale.Category.FORMAT);
        try {
            Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
            document.close();
        } finally {
            Locale.setDefault(Locale.Category.FORMAT, before);
        }
    }

    private void dates() {
        Calendar date = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
        date.setTimeInMillis(imprint.date().toEpochMilli());
        writer.getInfo().put(PdfName.CREATIONDATE, new PdfDate(date));
        writer.getInfo().put(PdfName.MODDATE, new PdfDate(date));
    }

    /** The colours that the file means; the library's own way knows PDF/X only, and forgets the stream's length. */
    private void outputIntent() throws IOException {
        byte[] profile;
        try (InputStream in = PdfFile.class.getResourceAsStream("srgb.icc")) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: srgb.icc");
            }
            profile = in.readAllBytes();
        }
        PdfStream stream = new PdfStream(profile);
        stream.put(PdfName.N, new PdfNumber(3));
        PdfDictionary intent = new PdfDictionary(PdfName.OUTPUTINTENT);
        intent.put(PdfName.S, new PdfName("GTS_PDFA1"));
        intent.put(PdfName.OUTPUTCONDITIONIDENTIFIER, new PdfString("sRGB"));
        intent.put(PdfName.INFO, new PdfString("sRGB IEC61966-2.1"));
        intent.put(PdfName.DESTOUTPUTPROFILE, writer.addToBody(stream).getIndirectReference());
        writer.getExtraCatalog().put(PdfName.OUTPUTINTENTS, new PdfArray(intent));
    }

    private String xmp() {
        String date = XMP_DATE.format(imprint.date());
        return """
                <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/">
                 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
                    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                    xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
                   <pdfaid:part>3</pdfaid:part>
                   <pdfaid:conformance>B</pdfaid:conformance>
                   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
                   <dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
                   <xmp:CreatorTool>%s</xmp:CreatorTool>
                   <pdf:Producer>%s</pdf:Producer>
                   <xmp:CreateDate>%s</xmp:CreateDate>
                   <xmp:ModifyDate>%s</xmp:ModifyDate>
                  </rdf:Description>
                 </rdf:RDF>
                </x:xmpmeta>
                <?xpacket end="w"?>""".formatted(
                        escaped(imprint.title()), escaped(imprint.made()), escaped(Document.getVersion()), date, date);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
