package dev.tickmark.collect.aws;

/** What the SDK calls a request: service and operation. */
record Call(String service, String operation) {
    static final Call UNKNOWN = new Call("unknown", "unknown");
}
