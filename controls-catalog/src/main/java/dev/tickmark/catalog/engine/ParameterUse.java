package dev.tickmark.catalog.engine;

import dev.tickmark.catalog.Control;
import dev.tickmark.catalog.Parameter;
import dev.tickmark.evidence.TickmarkException;
import dev.tickmark.evidence.yaml.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * A threshold as a test used it.
 *
 * @param value the organisation's own, else the built-in default
 * @param policy the organisation's policy that the value comes from; blank where none is named
 * @param configured whether the organisation set the value
 */
record ParameterUse(Parameter parameter, String value, String policy, boolean configured) {
    static final String NOT_STATED = "built-in default, not the organisation's stated policy";

    /** The control's parameters, each with its override where there is one. */
    static List<ParameterUse> of(Control control, Collection<ParameterOverride> overrides) {
        List<ParameterUse> uses = new ArrayList<>();
        for (Parameter parameter : control.parameters()) {
            ParameterUse use = new ParameterUse(parameter, parameter.value(), "", false);
            for (ParameterOverride override : overrides) {
                if (override.controlId().equals(control.id()) && override.name().equals(parameter.name())) {
                    use = new ParameterUse(parameter, checked(parameter, override), override.policy(), true);
                }
            }
            uses.add(use);
        }
        return Collections.unmodifiableList(uses);
    }

    /** Refuses overrides of controls or parameters that do not exist. */
    static void refuseUnknown(Collection<Control> controls, Collection<ParameterOverride> overrides) {
        for (ParameterOverride override : overrides) {
            List<String> ids = controls.stream().map(Control::id).toList();
            Control control = controls.stream()
                    .filter(each -> each.id().equals(override.controlId()))
                    .findFirst()
                    .orElseThrow(() -> TickmarkException.notUnderstood(
                            "The configuration sets '" + override.name() + "' of '" + override.controlId()
                                    + "', which is no control.",
                            suggestion(override.controlId(), ids)));
            if (control.parameter(override.name()).isEmpty()) {
                List<String> names =
                        control.parameters().stream().map(Parameter::name).toList();
                throw TickmarkException.notUnderstood(
                        "The configuration sets '" + override.name() + "' of " + control.id()
                                + ", which has no such parameter.",
                        suggestion(override.name(), names));
            }
        }
    }

    private static String suggestion(String word, List<String> allowed) {
        return Nearest.of(word, allowed)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("'tickmark catalog list' shows the controls, 'tickmark catalog show' their parameters.");
    }

    private static String checked(Parameter parameter, ParameterOverride override) {
        if (!parameter.type().accepts(override.value())) {
            throw TickmarkException.notUnderstood(
                    "The configuration sets '" + override.name() + "' of " + override.controlId() + " to '"
                            + override.value() + "', which is not "
                            + parameter.type().words() + ".",
                    "Write " + parameter.type().words() + "; the built-in default is " + parameter.value() + ".");
        }
        return override.value();
    }

    /** The value as the database is given it. */
    String sql() {
        return parameter.type() == Parameter.Type.TEXT ? Sql.literal(value) : value;
    }

    /** {@code max_age_days = 90 days (CIS AWS Foundations; built-in default, …)}. */
    String printed() {
        String amount = parameter.unit().isEmpty() ? value : value + " " + parameter.unit();
        String where = parameter.origin() + "; " + NOT_STATED;
        if (configured) {
            where = policy.isBlank() ? "set in the configuration; no policy is named" : "policy: " + policy;
        }
        return parameter.name() + " = " + amount + " (" + where + ")";
    }
}
