package dev.tickmark.evidence.verify;

import dev.tickmark.evidence.verify.CmsSignature.Refused;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Later time tokens over the older ones, in number order: each lists and stamps all proofs before it, at a time at which
 * the token before it could still be believed.
 */
final class Renewals {
    private static final int LONGEST = 1 << 20;
    private static final String PREFIX = "RENEWAL-";

    private final PackageFiles files;
    private final Trust trust;
    private final Findings findings;

    Renewals(PackageFiles files, Trust trust, Findings findings) {
        this.files = files;
        this.trust = trust;
        this.findings = findings;
    }

    /** @param first the token over the list's signature */
    void check(Optional<TimeToken> first) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String name : files.names()) {
            if (PackageNames.isRenewal(name)) {
                numbers.add(Integer.parseInt(name.substring(PREFIX.length(), PREFIX.length() + 3)));
            }
        }
        Optional<TimeToken> older = first;
        int expected = 1;
        for (int number : numbers) {
            String name = String.format(Locale.ROOT, PREFIX + "%03d", number);
            if (number != expected) {
                failure(name, "A renewal is missing before " + name + ".");
            }
            expected = number + 1;
            older = check(name, number, older);
        }
    }

    private Optional<TimeToken> check(String name, int number, Optional<TimeToken> older) {
        Optional<byte[]> list = files.bytes(name, LONGEST);
        Optional<byte[]> response = files.bytes(name + ".tsr", LONGEST);
        if (list.isEmpty() || response.isEmpty()) {
            failure(name, name + " or its time token is missing or too long.");
            return Optional.empty();
        }
        for (String part : List.of(name, name + ".tsr", name + ".crl")) {
            if (files.has(part) && !files.digest(part).crcMatches()) {
                failure(part, "The bytes of " + part + " do not agree with the container's checksum.");
            }
        }
        checkCrl(name + ".crl");
        checkList(name, list.get(), number);
        try {
            TimeToken token = TimeToken.ofResponse(response.get(), list.get());
            checkOlder(name, older, token);
            return Optional.of(token);
        } catch (Refused e) {
            failure(name + ".tsr", name + ".tsr " + e.problem() + ".");
            return Optional.empty();
        }
    }

    private void checkCrl(String name) {
        if (files.has(name)) {
            try {
                Certificates.readCrl(files.bytes(name, LONGEST).orElse(new byte[0]));
            } catch (GeneralSecurityException e) {
                failure(name, name + " cannot be read as a revocation list.");
            }
        }
    }

    private void checkList(String name, byte[] bytes, int number) {
        Map<String, String> listed =
                SumsList.read(name, bytes, Reason.RENEWAL_INVALID, Reason.RENEWAL_INVALID, findings);
        Map<String, String> expected = new TreeMap<>();
        for (String file : files.names()) {
            if (PackageNames.mayBeUnlisted(file) && isBefore(file, number)) {
                expected.put(file, files.digest(file).sha256());
            }
        }
        // a token that was fetched later than the renewal is not in its list
        for (String late : List.of(PackageNames.SUMS_TOKEN, PackageNames.COMMITMENTS_TOKEN)) {
            if (!listed.containsKey(late)) {
                expected.remove(late);
            }
        }
        if (!listed.equals(expected)) {
            failure(name, name + " does not list exactly the signatures, tokens and renewals before it as they are.");
        }
    }

    private static boolean isBefore(String file, int number) {
        if (!PackageNames.isRenewal(file)) {
            return true;
        }
        int other = Integer.parseInt(file.substring(PREFIX.length(), PREFIX.length() + 3));
        return other < number || (other == number && file.endsWith(".crl"));
    }

    private void checkOlder(String name, Optional<TimeToken> older, TimeToken token) {
        if (older.isEmpty()) {
            failure(name, name + " renews a time token that is not there or not valid.");
            return;
        }
        TimeToken before = older.get();
        if (token.genTime().isBefore(before.genTime())) {
            failure(name + ".tsr", name + ".tsr is older than the token that it renews.");
        }
        if (!TrustedPaths.validAt(before.authority(), token.genTime())) {
            failure(
                    name + ".tsr",
                    "The certificate of the token before " + name + " had expired at " + token.genTime() + ".");
        }
        if (!trust.timeAuthorities().isEmpty()
                && !TrustedPaths.lead(
                        token.authority(), token.certificates(), trust.timeAuthorities(), token.genTime())) {
            failure(name + ".tsr", "No accepted authority vouches for the time authority of " + name + ".tsr.");
        }
    }

    private void failure(String file, String problem) {
        findings.failure(Reason.RENEWAL_INVALID, file, problem);
    }
}
