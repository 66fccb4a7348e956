package dev.tickmark.collect.aws.federation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.Operation;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Source;
import dev.tickmark.collect.aws.Arn;
import dev.tickmark.collect.aws.Console;
import dev.tickmark.evidence.Scope;
import dev.tickmark.evidence.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.GetOpenIdConnectProviderResponse;
import software.amazon.awssdk.services.iam.model.GetSamlProviderResponse;
import software.amazon.awssdk.services.iam.model.ListOpenIdConnectProvidersResponse;
import software.amazon.awssdk.services.iam.model.ListSamlProvidersResponse;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.SAMLProviderListEntry;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Reads the SAML and OIDC identity providers of an account. The listings have no pages; details are a call for each.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html">GetSAMLProvider</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html">GetOpenIDConnectProvider</a>
 */
public final class FederationCollector implements Collector {
    private static final String SAML = "aws_iam_saml_provider";
    private static final String OIDC = "aws_iam_oidc_provider";
    private static final Source SOURCE = new Source(
            "aws-iam-federation",
            1,
            "aws",
            List.of(SAML, OIDC),
            List.of(
                    new Operation("iam", "ListSAMLProviders", "iam:ListSAMLProviders", List.of(SAML)),
                    new Operation("iam", "GetSAMLProvider", "iam:GetSAMLProvider", List.of(SAML)),
                    new Operation("iam", "ListOpenIDConnectProviders", "iam:ListOpenIDConnectProviders", List.of(OIDC)),
                    new Operation("iam", "GetOpenIDConnectProvider", "iam:GetOpenIDConnectProvider", List.of(OIDC))));

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        evidence.population(SAML, rows -> saml(connections.aws(IamClient.builder(), scope), connections, rows));
        evidence.population(OIDC, rows -> oidc(connections.aws(IamClient.builder(), scope), connections, rows));
    }

    /** An item of a listing, and its place in it. */
    private record Listed<T>(T item, int place) {
        static <T> List<Listed<T>> all(List<T> items) {
            List<Listed<T>> listed = new ArrayList<>();
            items.forEach(item -> listed.add(new Listed<>(item, listed.size() + 1)));
            return listed;
        }
    }

    private static void saml(IamClient iam, Connections connections, PopulationWriter rows) {
        ListSamlProvidersResponse list = iam.listSAMLProviders();
        details(
                connections,
                rows,
                Listed.all(list.samlProviderList()),
                provider -> iam.getSAMLProvider(
                        request -> request.samlProviderArn(provider.item().arn())),
                (provider, detail) -> {
                    SAMLProviderListEntry entry = provider.item();
                    RowSource listed = RowSource.of(
                            list,
                            "/ListSAMLProvidersResponse/ListSAMLProvidersResult/SAMLProviderList/member["
                                    + provider.place() + "]",
                            "arn",
                            "provider_name",
                            "created_at",
                            "valid_until");
                    Cells cells = Cells.of("arn", entry.arn())
                            .and("provider_name", name(entry.arn()))
                            .and("created_at", entry.createDate())
                            .and("valid_until", entry.validUntil());
                    rows.row(
                            sources(listed, detail, FederationCollector::source),
                            entry.arn(),
                            samlCells(cells, detail));
                    Console.iam(entry.arn(), "identity_providers/details/SAML", entry.arn())
                            .ifPresent(url -> rows.traceUrl(entry.arn(), url));
                });
        rows.endOfPage(true);
    }

    private static Cells samlCells(Cells cells, @Nullable GetSamlProviderResponse detail) {
        return detail == null
                ? cells
                : SamlMetadata.of(detail.samlMetadataDocument())
                        .into(cells)
                        .and("assertion_encryption_mode", detail.assertionEncryptionModeAsString())
                        .and("tags", detail.hasTags() ? tags(detail.tags()) : null);
    }

    private static void oidc(IamClient iam, Connections connections, PopulationWriter rows) {
        ListOpenIdConnectProvidersResponse list = iam.listOpenIDConnectProviders();
        details(
                connections,
                rows,
                Listed.all(list.openIDConnectProviderList()),
                provider -> iam.getOpenIDConnectProvider(request ->
                        request.openIDConnectProviderArn(provider.item().arn())),
                (provider, detail) -> {
                    String arn = provider.item().arn();
                    RowSource listed = RowSource.of(
                            list,
                            "/ListOpenIDConnectProvidersResponse/ListOpenIDConnectProvidersResult"
                                    + "/OpenIDConnectProviderList/member[" + provider.place() + "]",
                            "arn");
                    rows.row(
                            sources(listed, detail, FederationCollector::source),
                            arn,
                            oidcCells(Cells.of("arn", arn), detail));
                    Console.iam(arn, "identity_providers/details/OPENID", arn)
                            .ifPresent(url -> rows.traceUrl(arn, url));
                });
        rows.endOfPage(true);
    }

    private static Cells oidcCells(Cells cells, @Nullable GetOpenIdConnectProviderResponse detail) {
        return detail == null
                ? cells
                : cells.and("url", detail.url())
                        .and("client_ids", detail.hasClientIDList() ? array(detail.clientIDList()) : null)
                        .and("thumbprints", detail.hasThumbprintList() ? array(detail.thumbprintList()) : null)
                        .and("created_at", detail.createDate())
                        .and("tags", detail.hasTags() ? tags(detail.tags()) : null);
    }

    /** Writes each item with its details, or without them where they were refused; one that is gone is left out. */
    private static <T, R> void details(
            Connections connections,
            PopulationWriter rows,
            List<Listed<T>> items,
            Function<Listed<T>, R> call,
            Writer<T, R> writer) {
        connections.<Listed<T>, Optional<R>>inParallel(items, item -> found(() -> call.apply(item)), (item, answer) -> {
            Optional<Optional<R>> detail = rows.attempt(answer);
            if (detail.isPresent() && detail.get().isEmpty()) {
                rows.leftOut("provider deleted since it was listed");
            } else {
                writer.write(item, detail.flatMap(Function.identity()).orElse(null));
            }
        });
    }

    private interface Writer<T, R> {
        void write(Listed<T> item, @Nullable R detail);
    }

    private static <R> Optional<R> found(Supplier<R> call) {
        try {
            return Optional.of(call.get());
        } catch (NoSuchEntityException e) {
            return Optional.empty();
        }
    }

    private static <R> List<RowSource> sources(RowSource listed, @Nullable R detail, Function<R, RowSource> source) {
        return detail == null ? List.of(listed) : List.of(listed, source.apply(detail));
    }

    private static RowSource source(GetSamlProviderResponse detail) {
        return RowSource.of(
                detail,
                "/GetSAMLProviderResponse/GetSAMLProviderResult",
                "entity_id",
                "signing_certificates",
                "certificate_first_expiry",
                "certificate_last_expiry",
                "certificates",
                "metadata_note",
                "assertion_encryption_mode",
                "tags");
    }

    private static RowSource source(GetOpenIdConnectProviderResponse detail) {
        return RowSource.of(
                detail,
                "/GetOpenIDConnectProviderResponse/GetOpenIDConnectProviderResult",
                "url",
                "client_ids",
                "thumbprints",
                "created_at",
                "tags");
    }

    private static @Nullable String name(@Nullable String arn) {
        return Arn.of(arn).map(Arn::name).orElse(null);
    }

    private static String array(List<String> texts) {
        ArrayNode array = Json.object().arrayNode();
        texts.forEach(array::add);
        return Json.line(array);
    }

    private static String tags(List<Tag> tags) {
        ObjectNode object = Json.object();
        tags.forEach(tag -> object.put(tag.key(), tag.value()));
        return Json.line(object);
    }
}
