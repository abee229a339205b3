using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis.Evidence;

namespace HandshakeToMermaid.Tests.Diagnosis.Rules;

/// <summary>Each rule on a capture where it must speak, and on one that looks alike where it must not.</summary>
public sealed class RulePairsTests : IDisposable
{
    private readonly PlayedRulePairs played = new();

    public static TheoryData<string, string, string> Pairs => new()
    {
        { "name-does-not-exist", "nxdomain", "servfail" },
        { "dns-server-failure", "servfail", "nxdomain" },
        { "dns-no-answer", "dns-unanswered", "dns-retried" },
        { "dns-retried", "dns-retried", "dns-tcp-fallback" },
        { "slow-dns", "slow-dns", "cname-chain" },
        { "ipv6-failed-first", "happy-eyeballs", "tls12-success" },
        { "port-closed", "port-closed", "reset-after-client-hello" },
        { "syn-unanswered", "syn-unanswered", "host-unreachable" },
        { "unreachable", "host-unreachable", "packet-too-big" },
        { "packet-too-big", "packet-too-big", "large-client-hello-lost" },
        { "large-client-hello-lost", "large-client-hello-lost", "post-quantum-hello" },
        { "server-flight-lost", "server-flight-lost", "server-silent" },
        { "retransmissions", "large-client-hello-lost", "packet-too-big" },
        { "reset-injected", "reset-injected", "reset-after-client-hello" },
        { "reset-after-client-hello", "reset-after-client-hello", "closed-during-handshake" },
        { "no-server-hello", "server-silent", "slow-server" },
        { "no-answer", "postgresql-silent", "postgresql-unencrypted" },
        { "starttls-refused", "postgresql-without-tls", "postgresql-unencrypted" },
        { "slow-server", "slow-server", "tls13-success" },
        { "closed-early", "closed-during-handshake", "no-close-notify" },
        { "plain-text-to-tls-port", "plain-http-to-tls-port", "tls-to-plain-http-port" },
        { "plain-text-from-tls-port", "tls-to-plain-http-port", "plain-http-to-tls-port" },
        { "no-common-version", "no-common-version", "inappropriate-fallback" },
        { "no-common-cipher-suite", "no-common-cipher", "no-common-group" },
        { "no-common-group", "no-common-group", "no-common-signature-scheme" },
        { "no-common-signature-scheme", "no-common-signature-scheme", "no-common-cipher" },
        { "no-common-alpn", "no-common-alpn", "unrecognized-name" },
        { "unrecognized-name", "unrecognized-name", "wrong-name" },
        { "inappropriate-fallback", "inappropriate-fallback", "no-common-version" },
        { "obsolete-version", "obsolete-version", "tls12-success" },
        { "hello-retry-cost", "hello-retry-request", "no-common-group" },
        { "resumption-refused", "resumption-refused", "resumption-tls13" },
        { "early-data-rejected", "early-data-rejected", "tls13-0rtt" },
        { "certificate-expired", "expired-certificate", "not-yet-valid" },
        { "certificate-not-yet-valid", "not-yet-valid", "expired-certificate" },
        { "certificate-name-mismatch", "wrong-name", "expired-certificate" },
        { "certificate-missing-intermediate", "missing-intermediate", "unknown-authority" },
        { "certificate-unknown-authority", "unknown-authority", "missing-intermediate" },
        { "certificate-wrong-order", "certificate-wrong-order", "tls12-success" },
        { "certificate-self-signed", "self-signed", "unknown-authority" },
        { "certificate-revoked", "revoked-staple", "ocsp-staple" },
        { "certificate-weak-key", "weak-key", "tls12-success" },
        { "must-staple-missing", "must-staple-missing", "ocsp-staple" },
        { "client-certificate-missing", "client-certificate-missing", "mutual-tls12" },
        { "closed-without-request", "wrong-name-tls13", "tls13-success" },
        { "alert-bad-certificate", "wrong-name-python", "wrong-name" },
        { "client-certificate-rejected", "client-certificate-unknown-ca", "mutual-tls12" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_rule_speaks_where_it_must(string code, string speaks, string silent)
    {
        _ = silent;
        Assert.Contains(Sample.Read(speaks).SelectMany(c => c.Findings), f => f.Code == code);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_rule_is_silent_where_it_only_looks_alike(string code, string speaks, string silent)
    {
        _ = speaks;
        Assert.DoesNotContain(Sample.Read(silent).SelectMany(c => c.Findings), f => f.Code == code);
    }

    public static TheoryData<string> Played
    {
        get
        {
            using var pairs = new PlayedRulePairs();
            return [.. pairs.ByCode.Keys];
        }
    }

    [Theory]
    [MemberData(nameof(Played))]
    public void A_rule_speaks_of_a_played_handshake_where_it_must(string code) => Assert.Contains(played.ByCode[code].Speaks(), f => f.Code == code);

    [Theory]
    [MemberData(nameof(Played))]
    public void A_rule_is_silent_of_a_played_handshake_that_only_looks_alike(string code) => Assert.DoesNotContain(played.ByCode[code].Silent(), f => f.Code == code);

    [Fact]
    public void Every_code_has_a_case_where_it_speaks_and_one_that_looks_alike()
    {
        var paired = Pairs.Select(row => (string)row[0]).Concat(played.ByCode.Keys).ToList();
        Assert.DoesNotContain(FindingCodes.All, code => !paired.Exists(p => FindingCodes.Matches(p, code)));
        Assert.DoesNotContain(paired, p => !FindingCodes.All.Any(code => FindingCodes.Matches(p, code)));
    }

    /// <summary>The tables of the front page name each code in a row of its own kind: in code style, between bars.</summary>
    [Fact]
    public void Every_code_has_a_row_on_the_front_page()
    {
        var rows = File.ReadLines(Checkout.PathOf("README.md")).Where(line => line.StartsWith('|')).ToList();
        Assert.DoesNotContain(FindingCodes.All, code => !rows.Exists(row => row.Contains($"`{code}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_explains_a_finding_is_a_finding_itself()
    {
        var explaining = new RuleCatalog(new RuleContext(), []).Rules.SelectMany(r => r.ExplainedBy).Distinct();
        Assert.DoesNotContain(explaining, code => !FindingCodes.All.Any(listed => FindingCodes.Matches(code, listed)));
    }

    /// <inheritdoc/>
    public void Dispose() => played.Dispose();

    [Fact]
    public void Every_rule_is_in_the_catalog()
    {
        var listed = new RuleCatalog(new RuleContext(), []).Rules.Select(r => r.GetType().Name).Order(StringComparer.Ordinal);
        var files = Directory.EnumerateFiles(Checkout.PathOf("src", "HandshakeToMermaid", "Diagnosis", "Rules"), "*.cs")
            .Select(f => Path.GetFileNameWithoutExtension(f)!).Where(n => n != "CertificateInspection").Order(StringComparer.Ordinal);
        Assert.Equal(files, listed);
    }
}
