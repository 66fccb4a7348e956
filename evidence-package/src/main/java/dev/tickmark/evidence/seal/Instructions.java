package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PackageFacts.Identity;
import dev.tickmark.evidence.seal.key.Certificates;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;

/** VERIFY.txt: the commands by which an outsider checks this very package without us. */
final class Instructions {
    private static final String TEXT = """
            HOW TO CHECK THIS PACKAGE WITHOUT THE TOOL THAT MADE IT

            Package       {package}.zip
            Organization  {organization}
            Run           {run}, as of {asOf}
            Sealed at     {sealedAt} (claimed by the clock of the machine that sealed it)

            You need what cannot come out of this package, since whoever changes a package can change that too:
            {needs}
            All commands are to be run from the folder that holds {package}.zip.


            1. UNIX SHELL (bash, unzip, coreutils, OpenSSL 3, poppler)

            # unpack into a new folder
            unzip -q {package}.zip -d {package} && cd {package}

            # every listed file is unchanged: must print nothing and end with 0
            sha256sum -c --strict --quiet SHA256SUMS

            # no file was added or removed: must print nothing
            comm -3 <(cut -c67- SHA256SUMS | LC_ALL=C sort) <(find . ! -type d | sed 's|^\\./||' | grep -vxE 'SHA256SUMS(\\.p7s(\\.tsr)?)?|COMMITMENTS\\.p7s\\.tsr|RENEWAL-[0-9]{3}(\\.tsr|\\.crl)?' | LC_ALL=C sort)

            {signature}
            # who signed: the fingerprint must equal the one that you were given by the organization
            openssl x509 -in ../who.pem -noout -subject -fingerprint -sha256

            # when, if SHA256SUMS.p7s.tsr is there: the authority's word that the signature existed then
            openssl ts -verify -data SHA256SUMS.p7s -in SHA256SUMS.p7s.tsr -CAfile ../tsa-ca.pem
            openssl ts -reply -in SHA256SUMS.p7s.tsr -text | grep 'Time stamp'

            # the report by itself: must say "Signature is Valid." AND "Total document signed";
            # the exit code says nothing, and an unknown issuer is to be expected
            pdfsig 3-report/report.pdf

            -binary must not be left out. A valid signature by another certificate of the same authority passes the
            openssl cms command: the line with the fingerprint is part of the check. Where the signer's certificate
            has expired since, check the time first, then add -attime SECONDS with the proven time to openssl cms.
            {timeNote}


            2. WINDOWS POWERSHELL

            Expand-Archive {package}.zip {package}
            Set-Location {package}
            $listed = @{}
            foreach ($line in [IO.File]::ReadAllLines((Join-Path $PWD 'SHA256SUMS'))) { $listed[$line.Substring(66)] = $line.Substring(0, 64) }
            # every listed file is there and unchanged: must print nothing
            foreach ($name in $listed.Keys) { if (-not (Test-Path -LiteralPath $name)) { "MISSING $name" } elseif ((Get-FileHash -Algorithm SHA256 -LiteralPath $name).Hash -ne $listed[$name]) { "CHANGED $name" } }
            # no file was added: must print nothing
            Get-ChildItem -Recurse -File -Force | ForEach-Object { $_.FullName.Substring($PWD.Path.Length + 1).Replace('\\', '/') } | Where-Object { -not $listed.ContainsKey($_) -and $_ -cnotmatch '^(SHA256SUMS(\\.p7s(\\.tsr)?)?|COMMITMENTS\\.p7s\\.tsr|RENEWAL-[0-9]{3}(\\.tsr|\\.crl)?)$' } | ForEach-Object { "NOT LISTED $_" }

            Windows' own tools cannot check the signature (SHA256SUMS.p7s) nor the time token (SHA256SUMS.p7s.tsr):
            until OpenSSL (the commands of section 1) or 'tickmark verify' has done that, the list itself is unproven.


            3. WHAT IS NOT PROVEN BY THIS
            That the sources answered truthfully: the package proves what was recorded, by whom it was sealed and when.
            The lineage files carry the sources' own request ids, which can be compared with the sources' own logs.
            """;

    private static final String REAL_NEEDS = """
            - ca.pem       the certificate of the authority behind the signer, or signer.pem, the signer's own
            - the SHA-256 fingerprint of the signer's certificate, from the organization, by another way than this package
            - tsa-ca.pem   the certificate of the authority behind the time token, from that authority
            """;

    private static final String REAL_SIGNATURE = """
            # the list was signed, by somebody whom ca.pem vouches for: must say "CMS Verification successful"
            openssl cms -verify -binary{purpose} -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -CAfile ../ca.pem -out /dev/null -signer ../who.pem

            # the same with the signer's own certificate instead of an authority's
            openssl cms -verify -binary{purpose} -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -partial_chain -CAfile ../signer.pem -out /dev/null -signer ../who.pem
            """;

    private static final String DEMO_NEEDS = """
            - nothing: it was sealed with a DEMO IDENTITY that vouches for nobody. Whoever changed the package could
              have sealed it again, so that the commands below show how it is done and prove no origin.
            """;

    private static final String DEMO_SIGNATURE = """
            # the list was signed by the demo identity: must say "CMS Verification successful"
            openssl pkcs7 -inform DER -in SHA256SUMS.p7s -print_certs -out ../demo.pem
            openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s -content SHA256SUMS -CAfile ../demo.pem -out /dev/null -signer ../who.pem
            """;

    private Instructions() {}

    static byte[] of(PackageFacts facts, X509Certificate signer) {
        boolean demo = facts.identity() == Identity.DEMO;
        String timeNote = facts.timeAuthorities().isEmpty()
                ? "No time authority was configured: without SHA256SUMS.p7s.tsr nobody proves when this was sealed."
                : "A time authority was configured: without SHA256SUMS.p7s.tsr nobody proves when this was sealed.";
        return TEXT.replace("{needs}\n", demo ? DEMO_NEEDS : REAL_NEEDS)
                .replace("{signature}\n", demo ? DEMO_SIGNATURE : REAL_SIGNATURE)
                .replace("{purpose}", Certificates.needsAnyPurpose(signer) ? " -purpose any" : "")
                .replace("{timeNote}", timeNote)
                .replace("{asOf}", facts.subject().asOf().toString())
                .replace("{sealedAt}", facts.sealedAt().toString())
                .replace("{run}", facts.subject().runId())
                .replace("{package}", facts.packageId())
                .replace("{organization}", facts.subject().organization().replaceAll("\\p{Cntrl}", " "))
                .getBytes(StandardCharsets.UTF_8);
    }
}
