package dev.tickmark.collect.aws;

import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** The region whose endpoint answers for a whole partition. */
final class AwsRegions {
    private static final Map<String, Region> GLOBAL = Map.of(
            "aws", Region.US_EAST_1,
            "aws-cn", Region.of("cn-northwest-1"),
            "aws-us-gov", Region.US_GOV_WEST_1,
            "aws-iso", Region.of("us-iso-east-1"),
            "aws-iso-b", Region.of("us-isob-east-1"),
            "aws-iso-e", Region.of("eu-isoe-west-1"),
            "aws-iso-f", Region.of("us-isof-south-1"),
            "aws-eusc", Region.of("eusc-de-east-1"));

    private AwsRegions() {}

    /** @param region of the scope, or {@code global} */
    static Region of(String region, AwsAccess access) {
        if (!region.equals("global")) {
            return Region.of(region);
        }
        Region configured = configured(access);
        return GLOBAL.getOrDefault(PartitionMetadata.of(configured).id(), configured);
    }

    private static Region configured(AwsAccess access) {
        String stated = access.region();
        if (stated != null) {
            return Region.of(stated);
        }
        DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
        String profile = access.profile();
        if (profile != null) {
            chain.profileName(profile);
        }
        try {
            return chain.build().getRegion();
        } catch (SdkClientException e) { // no region anywhere: the commercial partition
            return Region.US_EAST_1;
        }
    }
}
