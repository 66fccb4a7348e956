package dev.tickmark.collect.aws.authorization;

/**
 * A user, group or role that policies are attached to.
 *
 * @param type {@code user}, {@code group} or {@code role}
 * @param path of its element in the answer
 */
record Owner(String type, String id, String name, String arn, String path) {}
