namespace HandshakeToMermaid.Tests.Cases;

/// <summary>Captures of other projects, beside this repository, with an independent reader's view of each.</summary>
public sealed class SharedCapturesTests
{
    /// <summary>Where we differ from the oracle, and why we stay with what we see.</summary>
    private static readonly Dictionary<string, string> KnownDeviations = new()
    {
        ["snaplen-cut-tls-quic.pcap tls:12 messages"] = "packets cut by the snap length: the oracle itself calls what follows guesswork; we resume at the next certain record header",
        ["snaplen-cut-tls-quic.pcap tls:17 messages"] = "as tls:12",
        ["snaplen-cut-tls-quic.pcap tls:22 messages"] = "as tls:12",
    };

    /// <summary>Wrapped in what is not read yet.</summary>
    private static readonly string[] OtherRooms = ["encap-", "link-80211", "link-nflog", "starttls-", "proxy-", "quic-", "dtls"];

    public static TheoryData<string> WithoutKeys
    {
        get
        {
            var folder = Path.GetFullPath(Checkout.PathOf("..", "shared", "captures", "captures"));
            if (!Directory.Exists(folder)) return ["(absent)"];
            return [.. Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)!)
                .Where(n => !n.Contains("keyed", StringComparison.Ordinal) && (n.StartsWith("encap-qinq", StringComparison.Ordinal) || !OtherRooms.Any(r => n.StartsWith(r, StringComparison.Ordinal))))
                .Order(StringComparer.Ordinal)];
        }
    }

    [SkippableTheory]
    [MemberData(nameof(WithoutKeys))]
    public void What_is_in_the_clear_is_seen_as_an_independent_reader_sees_it(string name)
    {
        var found = Reading.Of(Checkout.Shared("captures", "captures", name));
        var deviations = Oracle.Deviations(found, Checkout.Shared("captures", "oracle", $"{name}.ndjson"));
        Assert.DoesNotContain(deviations, d => !KnownDeviations.ContainsKey($"{name} {d.Split(':')[0]}:{d.Split(':')[1]}"));
    }
}
