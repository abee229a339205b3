using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Diagnosis;

/// <summary>What was recorded from real programs: the first finding is the true cause.</summary>
public sealed class SampleFindingsTests
{
    /// <summary>
    /// Sample, outcome of its last connection, leading finding and severity ("" for none). What only secrets show is
    /// marked "keys": it is what can be said without them.
    /// </summary>
    public static TheoryData<string, string, string, string> Expected => new()
    {
        { "browser-page", "established", "", "" },
        { "certificate-wrong-order", "established", "certificate-wrong-order", "warning" },
        { "client-certificate-400", "established", "client-certificate-missing", "warning" },
        { "client-certificate-missing", "alert", "client-certificate-missing", "error" },
        { "client-certificate-required-tls13", "rejected_late", "client-certificate-missing", "error" },
        { "client-certificate-unknown-ca", "alert", "client-certificate-rejected", "error" },
        { "client-rejects-tls13", "client_rejected", "closed-early", "error" },
        { "closed-during-handshake", "closed_by_server", "closed-early", "error" },
        { "cname-chain", "established", "", "" },
        { "dns-retried", "established", "dns-retried", "warning" },
        { "dns-tcp-fallback", "established", "", "" },
        { "dns-unanswered", "dns_timeout", "dns-no-answer", "error" },
        { "dtls12-success", "established", "", "" },
        { "eap-tls", "established", "", "" },
        { "eapol-tls", "established", "", "" },
        { "early-data-rejected", "established", "early-data-rejected", "info" },
        { "expired-certificate", "alert", "certificate-expired", "error" },
        { "expired-certificate-tls13", "alert", "certificate-expired", "error" },
        { "happy-eyeballs", "established", "ipv6-failed-first", "warning" },
        { "hello-retry-request", "established", "hello-retry-cost", "info" },
        { "host-unreachable", "unreachable", "unreachable", "error" },
        { "http2", "established", "", "" },
        { "inappropriate-fallback", "alert", "inappropriate-fallback", "error" },
        { "large-client-hello-lost", "no_server_hello", "large-client-hello-lost", "error" },
        { "missing-intermediate", "alert", "certificate-missing-intermediate", "error" },
        { "must-staple-missing", "alert", "must-staple-missing", "error" },
        { "mutual-tls12", "established", "", "" },
        { "mutual-tls13", "established", "", "" },
        { "no-close-notify", "established", "", "" }, // keys: no-close-notify
        { "no-common-alpn", "alert", "no-common-alpn", "error" },
        { "no-common-cipher", "alert", "no-common-cipher-suite", "error" },
        { "no-common-group", "alert", "no-common-group", "error" },
        { "no-common-signature-scheme", "alert", "no-common-signature-scheme", "error" },
        { "no-common-version", "alert", "no-common-version", "error" },
        { "not-yet-valid", "alert", "certificate-not-yet-valid", "error" },
        { "nxdomain", "dns_error", "name-does-not-exist", "error" },
        { "obsolete-version", "established", "obsolete-version", "warning" },
        { "ocsp-staple", "established", "", "" },
        { "packet-too-big", "established", "packet-too-big", "warning" },
        { "plain-http-to-tls-port", "not_tls", "plain-text-to-tls-port", "error" },
        { "port-closed", "tcp_refused", "port-closed", "error" },
        { "post-quantum-hello", "established", "", "" },
        { "postgresql-silent", "closed_by_client", "no-answer", "error" },
        { "postgresql-unencrypted", "not_tls", "", "" },
        { "postgresql-without-tls", "not_tls", "starttls-refused", "error" },
        { "quic-key-update", "established", "", "" },
        { "quic-migration", "established", "", "" },
        { "proxy-connect", "established", "", "" },
        { "proxy-http2", "established", "", "" },
        { "proxy-https", "established", "", "" },
        { "proxy-refused", "not_tls", "proxy-refused", "error" },
        { "quic-race-won", "established", "closed-without-request", "info" },
        { "quic-retry", "established", "", "" },
        { "quic-success", "established", "", "" },
        { "quic-version2", "established", "", "" },
        { "reset-after-client-hello", "reset_by_server", "reset-after-client-hello", "error" },
        { "reset-injected", "reset_by_server", "reset-injected", "error" },
        { "resumption-refused", "established", "resumption-refused", "info" },
        { "resumption-tls12", "established", "", "" },
        { "resumption-tls12-session-id", "established", "", "" },
        { "resumption-tls13", "established", "", "" },
        { "revoked-staple", "alert", "certificate-revoked", "error" },
        { "self-signed", "alert", "certificate-self-signed", "error" },
        { "server-flight-lost", "no_server_hello", "server-flight-lost", "error" },
        { "server-silent", "no_server_hello", "no-server-hello", "error" },
        { "servfail", "dns_error", "dns-server-failure", "error" },
        { "slow-dns", "established", "slow-dns", "warning" },
        { "slow-server", "established", "slow-server", "warning" },
        { "starttls-refused", "not_tls", "starttls-refused", "error" },
        { "starttls-smtp", "established", "", "" },
        { "syn-unanswered", "tcp_timeout", "syn-unanswered", "error" },
        { "tls-to-plain-http-port", "not_tls", "plain-text-from-tls-port", "error" },
        { "tls12-success", "established", "", "" },
        { "tls13-0rtt", "established", "", "" },
        { "tls13-success", "established", "", "" },
        { "two-visits", "established", "", "" },
        { "unknown-authority", "alert", "certificate-unknown-authority", "error" },
        { "unrecognized-name", "alert", "unrecognized-name", "error" },
        { "weak-key", "alert", "certificate-weak-key", "error" },
        { "wrong-name", "alert", "certificate-name-mismatch", "error" },
        { "wrong-name-after-handshake", "established", "certificate-name-mismatch", "error" },
        { "wrong-name-decrypted", "established", "closed-without-request", "warning" }, // keys: certificate-name-mismatch
        { "wrong-name-python", "alert", "alert-bad-certificate", "error" },
        { "wrong-name-tls13", "established", "closed-without-request", "warning" },
    };

    [Theory]
    [MemberData(nameof(Expected))]
    public void The_first_finding_is_the_true_cause(string sample, string outcome, string code, string severity)
    {
        var last = Sample.Read(sample)[^1];
        Assert.Equal(outcome, last.Connection.Outcome.Class.Name);
        Assert.Equal(code, last.Findings.Count == 0 ? "" : last.Findings[0].Code);
        if (code.Length == 0) return;
        Assert.Equal(severity, last.Findings[0].Severity.ToString().ToLowerInvariant());
        Assert.Equal(severity == "error", last.IsFailed);
    }

    /// <summary>Where secrets show more: the same with the key log.</summary>
    [Theory]
    [InlineData("client-certificate-400", "established", "client-certificate-missing", "Warning")]
    [InlineData("no-close-notify", "established", "no-close-notify", "Warning")]
    [InlineData("wrong-name-decrypted", "established", "certificate-name-mismatch", "Error")]
    public void The_first_finding_with_the_keys_is_the_true_cause(string sample, string outcome, string code, string severity)
    {
        var last = Reading.OfSample(sample)[^1];
        Assert.Equal(outcome, last.Connection.Outcome.Class.Name);
        Assert.Equal((code, severity), (last.Findings[0].Code, last.Findings[0].Severity.ToString()));
    }

    [Theory]
    [MemberData(nameof(Expected))]
    public void A_finding_is_worded_for_a_note_and_names_its_evidence(string sample, string outcome, string code, string severity)
    {
        _ = (outcome, code, severity);
        foreach (var connection in Sample.Read(sample))
        {
            foreach (var finding in connection.Findings)
            {
                Assert.InRange(finding.Title.Length, 1, 60);
                Assert.InRange(finding.Cause.Length, 1, 130);
                Assert.InRange(finding.Fix.Length, 1, 75);
                Assert.DoesNotContain($"{finding.Title}{finding.Cause}{finding.Fix}", c => c is ';' or '#' or '<' or '&');
                Assert.NotEmpty(finding.Aliases);
                Assert.NotEmpty(finding.Frames);
                Assert.All(finding.Frames, f => Assert.InRange(f, connection.Connection.First.Frame, connection.Connection.Last.Frame));
                Assert.Equal(finding.Frames.Order(), finding.Frames);
            }
        }
    }

    [Fact]
    public void What_merely_follows_is_folded_under_its_cause()
    {
        var findings = Sample.Read("large-client-hello-lost")[0].Findings;
        Assert.Null(findings[0].FollowsFrom);
        Assert.All(findings.Skip(1), f => Assert.Equal("large-client-hello-lost", f.FollowsFrom));
    }
}
