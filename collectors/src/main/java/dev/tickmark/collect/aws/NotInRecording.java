package dev.tickmark.collect.aws;

/** On replay: a request that the recording does not hold, or not so often. */
final class NotInRecording extends RuntimeException {
    NotInRecording(String request) {
        super("the recording holds no answer to " + request);
    }
}
