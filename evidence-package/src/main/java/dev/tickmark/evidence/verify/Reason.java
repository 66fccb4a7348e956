package dev.tickmark.evidence.verify;

/** Why a package, its signer, its time or its results are not accepted: a closed set, each with its exit code. */
public enum Reason {
    CONTAINER_UNREADABLE(6, "It is not the zip that 'tickmark seal' writes; ask the sender for the package again."),
    CONTAINER_UNSAFE(6, "Do not unpack it with other tools; ask the sender for the package again."),
    CONTAINER_LIMIT(6, "It is larger than a package can be; do not unpack it, and ask the sender what it is."),
    DUPLICATE_ENTRY(6, "Two readers could see two different files; ask the sender for the package again."),
    SUMS_MISSING(6, "Without the list of digests nothing is proven; ask the sender for the whole package."),
    SUMS_SYNTAX(6, "The list of digests cannot be relied on; ask the sender for the package as it was sealed."),
    SUMS_DUPLICATE(6, "The list of digests is ambiguous; ask the sender for the package as it was sealed."),
    SIGNATURE_MISSING(6, "Nobody stands behind this content; ask the sender for the whole package."),
    SIGNATURE_UNREADABLE(
            6, "The signature proves nothing in this form; ask the sender for the package as it was sealed."),
    SIGNATURE_ALGORITHM(6, "Only SHA-256 with RSA or ECDSA is accepted; the package has to be sealed again."),
    SIGNATURE_INVALID(6, "The content is not what was signed; ask the sender for the package as it was sealed."),
    FILE_MISSING(6, "It was there when the package was sealed; ask the sender for the whole package."),
    FILE_UNREADABLE(6, "Its bytes cannot be trusted; copy the package again or ask the sender for it."),
    FILE_CHANGED(6, "It was changed after sealing; do not rely on it."),
    FILE_NOT_LISTED(6, "It was added after sealing; do not rely on it."),
    TIMESTAMP_UNREADABLE(
            9, "The time is not proven; 'tickmark stamp' can fetch a new token once the damaged one is out."),
    TIMESTAMP_MISMATCH(9, "The token proves the time of something else; 'tickmark stamp' can fetch the right one."),
    TIMESTAMP_INVALID(9, "The token proves no time; 'tickmark stamp' can fetch another one."),
    TSA_UNTRUSTED(9, "Name the time authority's certificate with '--tsa-ca' if you trust it."),
    SIGNER_MISMATCH(8, "Compare the fingerprint with the one you received on another way."),
    SIGNER_DEMO(8, "A demo identity proves integrity only; say '--allow-demo' where that is enough."),
    SIGNER_UNTRUSTED(8, "Name the signer whom you accept with '--signer' or the authority with '--ca'."),
    SIGNER_EXPIRED(8, "Ask for a package with a time token from while the certificate was valid."),
    SIGNER_REVOKED(8, "Ask the sender who signed, and when the key was lost."),
    PDF_SIGNATURE_MISSING(6, "The report is not the signed one; ask the sender for the package as it was sealed."),
    PDF_SIGNATURE_INVALID(6, "The report is not what was signed; do not rely on it."),
    PDF_CHANGED_AFTER_SIGNING(6, "A reader may show what nobody signed; do not rely on the report."),
    PDF_OTHER_SIGNER(6, "The report and the package were signed by two; ask the sender which one is theirs."),
    FACTS_INVALID(6, "The package's own account cannot be read; ask the sender for the package as it was sealed."),
    FACTS_MISMATCH(6, "The package contradicts itself; ask the sender to seal the run again."),
    COMMITMENT_MISMATCH(6, "Copies made from it could not be checked; ask the sender to seal the run again."),
    CHAIN_BROKEN(6, "A package may have been withheld or replaced; ask the sender for the one that came before."),
    CHAIN_SIGNER_CHANGED(6, "Ask the sender for the fingerprints of both signers, and name both with '--signer'."),
    CHAIN_NOT_CHECKED(0, "Name the package before it with '--previous' to check the chain."),
    RENEWAL_INVALID(6, "The renewal does not carry the proof further; keep the package as it was before it."),
    NOT_TIMESTAMPED(9, "Only the sender's clock speaks for the time; 'tickmark stamp' adds a token."),
    COLLECTOR_DIFFERS(
            10, "Take the version of Tickmark that made the package; the tests are run from its own SQL all the same."),
    POPULATION_DIFFERS(10, "The table does not follow from the recorded answers; do not rely on it."),
    FINDING_DIFFERS(10, "The finding does not follow from the tables; do not rely on it."),
    NUMBER_DIFFERS(10, "The number does not follow from the findings; do not rely on it."),
    RECORDING_INCOMPLETE(10, "The recording does not hold all that is needed to do the work again.");

    private final int exit;
    private final String remedy;

    Reason(int exit, String remedy) {
        this.exit = exit;
        this.remedy = remedy;
    }

    /** The exit code where this is the gravest failure; 0 for what is never a failure. */
    public int exit() {
        return exit;
    }

    /** One sentence: what it means and what to do. */
    public String remedy() {
        return remedy;
    }
}
