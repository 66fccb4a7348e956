package dev.tickmark.catalog.declared;

import dev.tickmark.catalog.Catalog;
import dev.tickmark.catalog.Criterion;

/** Commented files to fill in, each complete in its lines and empty in its answers. */
public final class Skeletons {
    private Skeletons() {}

    /** A statement of applicability with every control of Annex A, by number and bare name. */
    public static String statement(Catalog catalog) {
        StringBuilder yaml = new StringBuilder("""
                # Statement of applicability, ISO/IEC 27001:2022 6.1.3 d): management's own statement. Tickmark checks that it is
                # complete, prints it and puts the outcomes of linked controls beside it; it infers nothing from them.
                # The names are bare ones: refer to the licensed standard for the text.

                organization:            # whose statement it is
                scope:                   # of the information security management system: services, people, places
                version: "0.1"
                owner:                   # who maintains this file
                prepared_by: []          # who wrote it; the approver should not be alone in it
                approver:                # who answers for it
                approved_on:             # 2026-11-23

                # applicable:    true or false
                # justification: why it is included (a risk, a law, a contract) or excluded (nothing that it would apply to)
                # implemented:   yes, partly, no or planned (then 'planned_for: 2027-03-31'); leave empty where it is excluded
                # optional:      responsible, references: [], notes
                controls:
                """);
        String group = "";
        for (Criterion each : StatementOfApplicability.annexA(catalog)) {
            if (!each.group().equals(group)) {
                group = each.group();
                yaml.append("\n  # ").append(group).append('\n');
            }
            yaml.append("  - id: ")
                    .append(each.id())
                    .append("   # ")
                    .append(each.title())
                    .append('\n');
            yaml.append("    applicable:\n    justification:\n    implemented:\n    responsible:\n");
        }
        yaml.append("""

                # Controls that you need and Annex A does not have.
                beyond_annex_a: []
                #  - id: OWN-1
                #    title: Change freeze before the holidays
                #    source: contract with Example Customer, 7.2
                #    justification: the contract asks for it
                #    implemented: yes
                """);
        return yaml.toString();
    }

    /** A file for every addressable specification, all of them undecided. */
    public static String decisions(Catalog catalog) {
        StringBuilder yaml = new StringBuilder("""
                # Decisions on the addressable implementation specifications of the HIPAA Security Rule, 45 CFR 164.306(d)(3).
                # Addressable is not optional: each is implemented, or answered by an equivalent alternative, or documented as
                # not reasonable and appropriate. One without a decision is printed as undecided.

                owner:                   # who maintains this file
                complete: false          # true: a specification that is undecided is a mistake

                # decision:           implemented, equivalent_alternative or not_reasonable_and_appropriate
                # how:                how it is implemented (optional)
                # alternative:        the measure that is taken instead (equivalent_alternative)
                # why:                why it would not be reasonable and appropriate as specified (the last two)
                # why_no_alternative: why no equivalent measure is either (not_reasonable_and_appropriate)
                # risk_analysis:      the risk analysis, and the place in it, that the decision rests on
                decisions:
                """);
        String group = "";
        for (Criterion each : HipaaDecisions.addressable(catalog)) {
            if (!each.group().equals(group)) {
                group = each.group();
                yaml.append("\n  # ").append(group).append('\n');
            }
            yaml.append("  - specification: \"")
                    .append(each.id())
                    .append("\"   # ")
                    .append(each.title())
                    .append('\n');
            yaml.append(
                    "    decision:\n    how:\n    decided_by:\n    decided_on:\n    risk_analysis:\n    review_on:\n");
        }
        return yaml.toString();
    }

    /** An example of every kind of scope declaration, as comments but for what most begin with. */
    public static String scope() {
        return """
                # What of the frameworks is asked of you. Without this file every criterion is shown as if it were. Leave out what
                # does not concern you; each part says why, who decided and when.

                # Security is part of every SOC 2 examination; each other category is in scope or out of it.
                soc2:
                  in_scope: [security]
                  reason:                # such as: the categories of the engagement letter of 2026-10-01
                  owner:
                  date:
                  out_of_scope:
                    - {category: availability, reason: , owner: , date: }
                    - {category: confidentiality, reason: , owner: , date: }
                    - {category: processing_integrity, reason: , owner: , date: }
                    - {category: privacy, reason: , owner: , date: }

                # Roles: covered_entity, business_associate, and with them group_health_plan, health_care_clearinghouse.
                # hipaa:
                #   roles: [business_associate]
                #   reason: services to covered entities under business associate contracts; no plan, provider or clearinghouse
                #   owner: Erin Example, privacy officer
                #   date: 2026-11-01
                #   delegated:           # duties of another role that a contract gives to you
                #     - {criterion: "164.404(a)", reason: "contract with Example Clinic, 5.3", owner: Erin Example, date: 2026-11-01}

                # Organizations whose controls your SOC 2 system rests on; method is carve_out or inclusive.
                # subservice_organizations:
                #   - name: Example Cloud
                #     services: hosting in data centres
                #     method: carve_out
                #     criteria: [CC6.4]
                #     remaining: access to our own office       # leave out where nothing stays with you
                #     complementary_controls:
                #       - Physical access to data centres is restricted to authorized people, logged and reviewed.
                #     report: {title: SOC 2 Type II, from: 2025-10-01, to: 2026-09-30, reference: "VEN-003, reviewed 2026-11-10"}
                #     reason: we have no data centre of our own
                #     owner: Erin Example, head of platform
                #     date: 2026-11-01
                """;
    }
}
