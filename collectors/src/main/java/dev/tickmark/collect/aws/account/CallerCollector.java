package dev.tickmark.collect.aws.account;

import dev.tickmark.collect.Cells;
import dev.tickmark.collect.Collector;
import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.Operation;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.Source;
import dev.tickmark.evidence.Scope;
import java.util.List;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Reads the identity that reads everything else: one row. AWS answers it to every identity that has credentials.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html">GetCallerIdentity</a>
 */
public final class CallerCollector implements Collector {
    private static final String TABLE = "aws_caller";
    private static final Source SOURCE = new Source(
            "aws-caller",
            1,
            "aws",
            List.of(TABLE),
            List.of(new Operation("sts", "GetCallerIdentity", "", List.of(TABLE))));

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public void collect(Scope scope, Connections connections, EvidenceWriter evidence) {
        evidence.population(TABLE, rows -> {
            StsClient sts = connections.aws(StsClient.builder(), scope);
            GetCallerIdentityResponse caller = sts.getCallerIdentity();
            rows.row(
                    RowSource.of(caller, "/GetCallerIdentityResponse/GetCallerIdentityResult"),
                    caller.arn(),
                    Cells.of("arn", caller.arn())
                            .and("user_id", caller.userId())
                            .and("partition", caller.arn().split(":", 3)[1]));
            rows.endOfPage(true);
        });
    }
}
