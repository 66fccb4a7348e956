package dev.tickmark.collect.aws;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;

/**
 * Tells the transport which operation a request belongs to, and leaves a note of it on a call's exception. The SDK's
 * invocation id, equal for all attempts at a call, ties the two together.
 */
final class CallNotes implements ExecutionInterceptor {
    static final String INVOCATION_HEADER = "amz-sdk-invocation-id";

    private final Map<String, Call> calls = new ConcurrentHashMap<>();

    /** The call of an attempt that is about to be made. */
    Call call(String invocation) {
        return calls.getOrDefault(invocation, Call.UNKNOWN);
    }

    /** The call that ended with this exception. */
    static Optional<Call> of(Throwable exception) {
        for (Throwable suppressed : exception.getSuppressed()) {
            if (suppressed instanceof Note note) {
                return Optional.of(note.call);
            }
        }
        return Optional.empty();
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        context.httpRequest()
                .firstMatchingHeader(INVOCATION_HEADER)
                .ifPresent(invocation -> calls.put(invocation, call(attributes)));
    }

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        context.httpRequest().firstMatchingHeader(INVOCATION_HEADER).ifPresent(calls::remove);
    }

    @Override
    public Throwable modifyException(Context.FailedExecution context, ExecutionAttributes attributes) {
        context.httpRequest()
                .flatMap(request -> request.firstMatchingHeader(INVOCATION_HEADER))
                .ifPresent(calls::remove);
        context.exception().addSuppressed(new Note(call(attributes)));
        return context.exception();
    }

    private static Call call(ExecutionAttributes attributes) {
        String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
        String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
        return service == null || operation == null
                ? Call.UNKNOWN
                : new Call(service.toLowerCase(Locale.ROOT).replace(" ", ""), operation);
    }

    /** Carries a call on an exception, where the collector's own catch clauses stay as they are. */
    private static final class Note extends Exception {
        private final transient Call call;

        Note(Call call) {
            super(call.operation(), null, false, false);
            this.call = call;
        }
    }
}
