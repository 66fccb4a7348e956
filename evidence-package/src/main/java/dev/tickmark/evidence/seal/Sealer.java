package dev.tickmark.evidence.seal;

import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.seal.cms.DetachedSignature;
import dev.tickmark.evidence.seal.commitment.Commitment;
import dev.tickmark.evidence.seal.commitment.CommittedFile;
import dev.tickmark.evidence.seal.content.ContentDigest;
import dev.tickmark.evidence.seal.content.PackageNames;
import dev.tickmark.evidence.seal.content.Sums;
import dev.tickmark.evidence.seal.facts.FileRoles;
import dev.tickmark.evidence.seal.facts.PackageFacts;
import dev.tickmark.evidence.seal.facts.PackageFactsFile;
import dev.tickmark.evidence.seal.facts.PreviousPackage;
import dev.tickmark.evidence.seal.pdf.PdfSeal;
import dev.tickmark.evidence.seal.time.TimeAuthority;
import dev.tickmark.evidence.seal.time.TimeToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Makes one sealed package of a run: signs the report, lists every file twice (once to prove it, once to be able to
 * leave parts out of a copy), signs both lists, asks for the time, packs, checks itself, and only then names the package.
 */
public final class Sealer {
    private final Clock clock;
    private final SecureRandom random;
    private final SelfCheck check;

    public Sealer(Clock clock, SecureRandom random, SelfCheck check) {
        this.clock = clock;
        this.random = random;
        this.check = check;
    }

    /**
     * Seals.
     *
     * @return the package, which did not exist before; where anything fails there is none
     */
    public Sealed seal(SealRequest request) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Path target = request.folder().resolve(request.packageId() + ".zip");
        request.key().checkValidAt(now);
        checkFiles(request);
        if (Files.exists(target)) {
            throw TickmarkException.fixFirst(
                    "The package '" + target + "' is already there.",
                    "Seal under another package id: a package is never overwritten.");
        }
        try (Workplace work = new Workplace(target)) {
            Sealed sealed = seal(request, now, target, work);
            check.check(work.file("package.zip"));
            work.publish(work.file("package.zip"));
            return sealed;
        } catch (IOException e) {
            throw Workplace.failed(target, e);
        }
    }

    private Sealed seal(SealRequest request, Instant now, Path target, Workplace work) throws IOException {
        Path report = work.file("report.pdf");
        Path unsigned = Objects.requireNonNull(request.files().get(PackageNames.REPORT)); // checked before
        PdfSeal.Result pdf = PdfSeal.sign(unsigned, report, request.key(), now, request.timeAuthority());
        SortedMap<String, Path> files = new TreeMap<>(request.files());
        files.put(PackageNames.REPORT, report);

        PackageFacts facts = facts(request, now, pdf.level());
        PackageContent content = new PackageContent();
        byte[] commitments = commit(request, files, facts, content);
        byte[] commitmentsSignature = DetachedSignature.overFile(commitments, request.key(), now);
        content.add(PackageNames.COMMITMENTS_SIGNATURE, commitmentsSignature);

        byte[] sums = new Sums(content.digests()).bytes();
        byte[] signature = DetachedSignature.overFile(sums, request.key(), now);
        content.add(PackageNames.SUMS, sums);
        content.add(PackageNames.SUMS_SIGNATURE, signature);

        List<String> problems = new ArrayList<>(pdf.problems());
        Optional<TimeToken> time = time(request, signature, problems);
        time.ifPresent(token -> content.add(PackageNames.SUMS_TIME, token.response()));
        if (time.isPresent()) {
            time(request, commitmentsSignature, problems)
                    .ifPresent(token -> content.add(PackageNames.COMMITMENTS_TIME, token.response()));
        }
        content.writeTo(work.file("package.zip"));
        return new Sealed(target, facts, time.map(TimeToken::time), problems);
    }

    /** Takes every file in, once over its bytes, and gives the second list. */
    private byte[] commit(
            SealRequest request, SortedMap<String, Path> files, PackageFacts facts, PackageContent content)
            throws IOException {
        CommittedFile.RandomKeys keys = new CommittedFile.RandomKeys(random);
        List<Commitment> commitments = new ArrayList<>();
        for (Map.Entry<String, Path> file : files.entrySet()) {
            CommittedFile committed = new CommittedFile(file.getKey(), keys);
            ContentDigest digest = ContentDigest.of(file.getValue(), committed);
            checkCollected(file.getKey(), digest, request.collected());
            content.add(file.getKey(), digest, () -> Files.newInputStream(file.getValue()));
            commitments.addAll(committed.commitments());
        }
        SortedMap<String, byte[]> own = new TreeMap<>();
        own.put(PackageNames.FACTS, PackageFactsFile.write(facts));
        own.put(PackageNames.INSTRUCTIONS, Instructions.of(facts, request.key().certificate()));
        for (Map.Entry<String, byte[]> file : own.entrySet()) {
            CommittedFile committed = new CommittedFile(file.getKey(), keys);
            ContentDigest.of(new ByteArrayInputStream(file.getValue()), committed);
            content.add(file.getKey(), file.getValue());
            commitments.addAll(committed.commitments());
        }
        byte[] list = Commitment.commitments(commitments);
        content.add(PackageNames.COMMITMENTS, list);
        content.add(PackageNames.COMMITMENT_KEYS, Commitment.keys(keys.of(commitments)));
        return list;
    }

    private static PackageFacts facts(SealRequest request, Instant now, PdfSeal.Level level) {
        SortedSet<String> names = new TreeSet<>(request.files().keySet());
        names.addAll(List.of(
                PackageNames.FACTS,
                PackageNames.INSTRUCTIONS,
                PackageNames.COMMITMENTS,
                PackageNames.COMMITMENT_KEYS,
                PackageNames.COMMITMENTS_SIGNATURE));
        PreviousPackage previous = request.previous();
        TimeAuthority authority = request.timeAuthority();
        return new PackageFacts(
                request.packageId(),
                request.subject(),
                now,
                request.key().demo() ? PackageFacts.Identity.DEMO : PackageFacts.Identity.REAL,
                request.key().fingerprint(),
                authority == null ? List.of() : authority.authorities(),
                level.text(),
                previous == null ? 1 : previous.sequence() + 1,
                previous,
                FileRoles.of(names));
    }

    private static Optional<TimeToken> time(SealRequest request, byte[] signature, List<String> problems) {
        TimeAuthority authority = request.timeAuthority();
        if (authority == null) {
            return Optional.empty();
        }
        TimeAuthority.Answer answer = authority.ask(ContentDigest.newSha256().digest(signature));
        problems.addAll(answer.problems());
        return answer.token();
    }

    private static void checkFiles(SealRequest request) {
        for (String name : request.files().keySet()) {
            if (PackageNames.ofTheSeal(name)) {
                throw TickmarkException.fixFirst(
                        "The run has a file '" + name + "', a name that only sealing gives.",
                        "Move it out of the run folder.");
            }
        }
        if (!request.files().containsKey(PackageNames.REPORT)) {
            throw TickmarkException.fixFirst(
                    "The run has no '" + PackageNames.REPORT + "'.", "Make it with 'tickmark report'.");
        }
        for (String name : request.collected().keySet()) {
            if (!request.files().containsKey(name)) {
                throw TickmarkException.notVerified(
                        "'" + name + "' was collected and is no longer there.",
                        "Put it back from a copy, or collect again.");
            }
        }
        PackageNames.check(request.files().keySet());
    }

    private static void checkCollected(String name, ContentDigest digest, SortedMap<String, String> collected) {
        String expected = collected.get(name);
        if (expected != null && !expected.equals(digest.sha256())) {
            throw TickmarkException.notVerified(
                    "'" + name + "' is not what was collected: its digest differs from the journal's.",
                    "Put it back from a copy, or collect again; evidence is never edited.");
        }
    }
}
