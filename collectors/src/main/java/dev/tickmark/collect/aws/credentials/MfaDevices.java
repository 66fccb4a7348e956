package dev.tickmark.collect.aws.credentials;

import dev.tickmark.collect.Connections;
import dev.tickmark.collect.EvidenceWriter;
import dev.tickmark.collect.PopulationWriter;
import dev.tickmark.collect.RowSource;
import dev.tickmark.collect.aws.Console;
import dev.tickmark.collect.aws.Pages;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.ListMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.ListVirtualMfaDevicesResponse;
import software.amazon.awssdk.services.iam.model.MFADevice;
import software.amazon.awssdk.services.iam.model.VirtualMFADevice;

/**
 * MFA devices with the fewest calls. One listing gives all virtual devices; a user with a second factor who has none of
 * these has one of another class and is asked about. Where IAM counts more devices in use than were then found, users
 * with a virtual device have others beside it, so all are asked about. Devices of root other than virtual ones cannot be
 * listed, and whether IAM counts them is not documented.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html">ListVirtualMFADevices</a>
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html">ListMFADevices</a>
 */
final class MfaDevices {
    static final String TABLE = "aws_iam_mfa_device";

    private static final String IN_USE = "MFADevicesInUse";

    private final IamClient iam;
    private final Connections connections;
    private final PopulationWriter rows;
    private final Set<String> serials = new HashSet<>();
    private final Set<String> owners = new HashSet<>();
    private long assigned;

    private MfaDevices(IamClient iam, Connections connections, PopulationWriter rows) {
        this.iam = iam;
        this.connections = connections;
        this.rows = rows;
    }

    static void read(
            IamClient iam, Connections connections, Guide guide, EvidenceWriter evidence, PopulationWriter rows) {
        guide.judge(rows);
        MfaDevices devices = new MfaDevices(iam, connections, rows);
        devices.virtual();
        List<CredentialReport.Line> users = guide.users(user -> user.is("mfa_active"));
        Set<String> withVirtual = Set.copyOf(devices.owners);
        devices.ofUsers(
                users.stream().filter(user -> !withVirtual.contains(user.arn())).toList());
        Optional<Integer> inUse = rows.attempt(iam::getAccountSummary)
                .map(summary -> summary.summaryMapAsStrings().get(IN_USE));
        inUse.ifPresent(count -> evidence.count("GetAccountSummary." + IN_USE, count));
        if (inUse.isPresent() && inUse.get() > devices.assigned) {
            devices.ofUsers(users.stream()
                    .filter(user -> withVirtual.contains(user.arn()))
                    .toList());
        }
    }

    private void virtual() {
        Pages.read(
                marker -> iam.listVirtualMFADevices(
                        request -> request.maxItems(Pages.IAM_LARGEST).marker(marker)),
                page -> Pages.marker(page.isTruncated(), page.marker()),
                (page, last) -> {
                    write(page);
                    rows.endOfPage(last);
                });
    }

    private void write(ListVirtualMfaDevicesResponse page) {
        for (int i = 0; i < page.virtualMFADevices().size(); i++) {
            VirtualMFADevice device = page.virtualMFADevices().get(i);
            boolean owned = device.user() != null && device.user().arn() != null;
            write(
                    List.of(RowSource.of(
                            page,
                            "/ListVirtualMFADevicesResponse/ListVirtualMFADevicesResult/VirtualMFADevices/member["
                                    + (i + 1) + "]")),
                    new MfaDevice(
                            device.serialNumber(),
                            owned ? device.user().arn() : null,
                            owned ? device.user().userName() : null,
                            device.enableDate(),
                            "ListVirtualMFADevices"));
        }
    }

    private void ofUsers(List<CredentialReport.Line> users) {
        PerUser.read(
                connections,
                rows,
                users,
                (user, marker) -> iam.listMFADevices(request ->
                        request.userName(user).maxItems(Pages.IAM_LARGEST).marker(marker)),
                page -> Pages.marker(page.isTruncated(), page.marker()),
                this::write);
    }

    private void write(CredentialReport.Line user, ListMfaDevicesResponse page) {
        for (int i = 0; i < page.mfaDevices().size(); i++) {
            MFADevice device = page.mfaDevices().get(i);
            if (serials.contains(device.serialNumber())) {
                rows.leftOut("virtual device that was listed before");
                continue;
            }
            write(
                    List.of(RowSource.of(
                            page, "/ListMFADevicesResponse/ListMFADevicesResult/MFADevices/member[" + (i + 1) + "]")),
                    new MfaDevice(
                            device.serialNumber(),
                            user.arn(),
                            device.userName(),
                            device.enableDate(),
                            "ListMFADevices"));
        }
    }

    private void write(List<RowSource> sources, MfaDevice device) {
        serials.add(device.serialNumber());
        if (device.owner() != null) {
            owners.add(device.owner());
            assigned++;
        }
        rows.row(sources, device.serialNumber(), device.cells());
        if (device.userName() != null && !device.ofRoot()) {
            Console.iam(device.owner(), "users/details", device.userName())
                    .ifPresent(url -> rows.traceUrl(device.serialNumber(), url + "?section=security_credentials"));
        }
    }
}
