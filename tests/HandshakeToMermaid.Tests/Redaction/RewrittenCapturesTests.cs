using System.Security.Cryptography;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Capture.PcapNg;
using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Redaction;
using HandshakeToMermaid.Redaction.Captures;
using HandshakeToMermaid.Tests.Builders;
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>A rewritten capture holds no original, and shows what the redacted diagram of the original shows.</summary>
public sealed class RewrittenCapturesTests
{
    /// <summary>Samples whose connection a rewritten capture cannot show the same way, and why.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal)
    {
        ["quic-unanswered"] = "the reason of the CONNECTION_CLOSE is masked, not removed",
        ["starttls-smtp"] = "the server's text is masked, not removed",
    };

    /// <summary>Fuzzed captures that are read another way than they can be rewritten.</summary>
    private static readonly HashSet<string> Refused = ["malformed/ntop__fuzz-2006-09-29-28586.pcap", "derived/tls13-hrr--fuzz3.pcap", "malformed/OISF__tls_DER-incomplete-header.pcap"];

    /// <summary>Captures of others whose findings a rewritten one does not have, and why.</summary>
    private static readonly Dictionary<string, string> OtherFindings = new(StringComparer.Ordinal)
    {
        ["captures/snaplen-cut-tls-quic.pcap"] = "what can be read of a segment behind a gap depends on its bytes",
        ["derived/tls10-ocsp-stapling--fuzz1.pcap"] = "a version that fuzzing broke is not found again behind noise",
        ["everyday/dns_search.pcap.gz"] = "the first label of a name has another pseudonym under each domain, so a search list is not recognized",
        ["malformed/the-tcpdump-group__heapoverflow-tcp_print.pcap"] = "a header that contradicts itself is left out",
    };

    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public static TheoryData<string> Samples => RedactedProductsTests.Samples;

    public static TheoryData<string> Shared => RedactedProductsTests.Shared;

    [SkippableTheory]
    [MemberData(nameof(Samples))]
    public void A_rewritten_sample_shows_what_the_redacted_diagram_shows(string name)
    {
        Skip.If(Deviations.TryGetValue(name, out var reason), reason ?? "");
        var path = Directory.EnumerateFiles(Checkout.PathOf("samples", name), "capture.pcap*").First();
        using (var source = CaptureFiles.Open([path], AnalyzerLimits.Default))
        {
            while (source.TryRead(out _))
            {
            }

            Skip.If(source.KeyLogs.Count > 0, "holds secrets, which a rewritten capture does not");
        }

        ShowsTheSame(path);
    }

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void A_rewritten_capture_of_another_project_leads_to_the_same_findings(string name)
    {
        Skip.If(OtherFindings.TryGetValue(name, out var reason), reason ?? "");
        Skip.If(Refused.Contains(name), "what could not be rewritten is not written");
        var path = Checkout.Shared("captures", name);
        using (var source = Open(path))
        {
            if (source is null) return;
            while (source.TryRead(out _))
            {
            }

            Skip.If(source.KeyLogs.Count > 0, "holds secrets, which a rewritten capture does not");
        }

        var before = Reading.Of(path, WithoutSecrets);
        if (before.Count == 0) return;
        Assert.Equal(before.Select(Outcome), Reading.Of(Rewrite(path), WithoutSecrets).Connections.Select(Outcome));
    }

    /// <summary>A sample in each tunnel: what is inside shows the same.</summary>
    [Theory]
    [InlineData("tls12-success")]
    [InlineData("dtls12-success")]
    [InlineData("quic-retry")]
    [InlineData("host-unreachable")]
    public void A_sample_inside_tunnels_shows_what_the_redacted_diagram_shows(string name)
    {
        Func<byte[], byte[]>[] tunnels =
        [
            frame => [.. frame.AsSpan(0, 12), 0x88, 0xA8, 0, 7, 0x81, 0, 0, 9, .. frame.AsSpan(12)],
            frame => TunnelBuilder.OverUdp(4789, TunnelBuilder.Vxlan(frame)),
            frame => TunnelBuilder.OverUdp(6081, TunnelBuilder.Geneve(0x6558, frame, 42, 1, 8, 1, 1, 1, 2, 3, 4)),
            frame => TunnelBuilder.Over(47, TunnelBuilder.Gre(0x6558, frame, key: 9, sequence: 3, hasChecksum: true)),
            frame => TunnelBuilder.Over(frame[12] == 0x86 ? (byte)41 : (byte)4, frame[14..], near: "2001:db8::a", far: "2001:db8::b"),
            frame => TunnelBuilder.Ethernet(0x8847, TunnelBuilder.Mpls(frame[14..], 16, 77)),
        ];
        foreach (var tunnel in tunnels) ChangedShowsTheSame(name, (in CapturedFrame frame) => [tunnel(frame.Data.ToArray())]);
    }

    /// <summary>A sample whose packets came in fragments, the last one first.</summary>
    [Theory]
    [InlineData("tls12-success", 512)]
    [InlineData("expired-certificate", 160)]
    [InlineData("dtls12-success", 96)]
    [InlineData("eap-tls", 160)]
    [InlineData("eap-tls", 8)]
    public void A_sample_in_fragments_shows_what_the_redacted_diagram_shows(string name, int size) =>
        ChangedShowsTheSame(name, (in CapturedFrame frame) => PacketBuilder.Fragments(frame.Data, size, (uint)frame.Mark.Frame));

    /// <summary>The authenticator is then known as the group to which the supplicant sends.</summary>
    [Fact]
    public void One_side_of_a_conversation_over_EAPOL_shows_what_its_redacted_diagram_shows()
    {
        byte[]? supplicant = null;
        ChangedShowsTheSame("eapol-tls", (in CapturedFrame frame) => frame.Data[6..12].SequenceEqual(supplicant ??= frame.Data[6..12].ToArray()) ? [frame.Data.ToArray()] : []);
    }

    [Theory]
    [InlineData("expired-certificate")]
    [InlineData("ocsp-staple")]
    [InlineData("quic-success")]
    [InlineData("two-visits")]
    public void With_shifted_times_it_shows_the_redacted_diagram_with_shifted_times(string name) =>
        ShowsTheSame(Directory.EnumerateFiles(Checkout.PathOf("samples", name), "capture.pcap*").First(), shiftsTimes: true);

    private delegate IEnumerable<byte[]> FrameChange(in CapturedFrame frame);

    private static void ChangedShowsTheSame(string sample, FrameChange change)
    {
        var capture = CaptureFileBuilder.PcapNg();
        using (var source = CaptureFiles.Open([Directory.EnumerateFiles(Checkout.PathOf("samples", sample), "capture.pcap*").First()], AnalyzerLimits.Default))
        {
            while (source.TryRead(out var frame))
            {
                foreach (var other in change(in frame)) capture.Frame(frame.Mark.Time, other);
            }
        }

        var folder = Directory.CreateTempSubdirectory("h2m").FullName;
        try
        {
            var path = Path.Combine(folder, "changed.pcapng");
            File.WriteAllBytes(path, capture.ToArray());
            Assert.NotEmpty(Reading.Of(path, WithoutSecrets));
            ShowsTheSame(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ShowsTheSame(string path, bool shiftsTimes = false)
    {
        using var redactor = new Redactor(new RedactionOptions { Key = Key, ShiftsTimes = shiftsTimes });
        var expected = Reading.Of(path, WithoutSecrets).Select(redactor.Redact).Select(Shown).ToList();
        var shown = Reading.Of(Rewrite(path, shiftsTimes), WithoutSecrets).Connections.Select(Shown).ToList();
        Assert.Equal(expected.Count, shown.Count);
        foreach (var (wanted, line) in string.Join('\n', expected).Split('\n').Zip(string.Join('\n', shown).Split('\n'))) Assert.Equal(wanted, line);
    }

    private static ICaptureSource? Open(string path)
    {
        try
        {
            return CaptureFiles.Open([path], AnalyzerLimits.Default);
        }
        catch (CaptureException)
        {
            // Nothing is written of what cannot be read.
            return null;
        }
    }

    /// <summary>Steps are not counted, as what was exchanged behind a handshake becomes noise; what a finding says depends on names and texts.</summary>
    private static string Outcome(DiagnosedConnection diagnosed) => $"{diagnosed.Connection.Outcome.Class} {string.Join(' ', diagnosed.Findings.Select(f => f.Code))}";

    [SkippableTheory]
    [MemberData(nameof(Shared))]
    public void No_original_is_left_in_another_project_s_capture(string name)
    {
        try
        {
            Rewrite(Checkout.Shared("captures", name));
        }
        catch (LeakException) when (Refused.Contains(name))
        {
            // What could not be rewritten is not written.
        }
        catch (CaptureException)
        {
            // Nothing is written of what cannot be read.
        }
    }

    [Fact]
    public void A_planted_original_is_found_in_the_bytes_of_a_frame()
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = Key });
        var check = new CaptureLeakCheck(pseudonyms);
        foreach (var connection in Reading.OfSample("wrong-name")) check.Note(connection.Connection);
        check.Check("xx ljt.wq4upjz.com xx"u8);
        Assert.Equal(OriginalKind.Name, Assert.Throws<LeakException>(() => check.Check("\0\0\u000fwww.example.com\0"u8)).Kind);
    }

    /// <summary>Without what depends on signatures and on the hashes of certificates.</summary>
    private static string Shown(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        string[] lines =
        [
            $"{connection.Client.Endpoint?.Address} {connection.Server.Endpoint} {connection.Server.Name} {connection.Outcome.Class} {diagnosed.IsFailed}",
            string.Join(' ', diagnosed.Findings.Select(f => $"{f.Code}: {f.Cause}")),
            .. connection.Steps.Select(s => $"{s.From} {s.Title} {s.Length} {s.Last.Time} {string.Join(" | ", s.Facts().Where(f => !OfSignatures(f)).Select(f => $"{f.Name} {f.Text}"))}"),
            .. connection.Queries.Select(q => $"{q.Name} {string.Join(' ', q.Answers)} {q.Resolver}"),
            .. diagnosed.Checks.Where(c => c.What is not ("signature" or "key" or "staple" or "chain")).Select(c => $"{c.What} {c.Passed} {c.Text}"),
        ];
        return string.Join('\n', lines);
    }

    private static bool OfSignatures(StepFact fact) => fact.Name == "SHA-256" || fact.Text.Contains("verified", StringComparison.Ordinal) || fact.Text.Contains("not checked", StringComparison.Ordinal);

    private static byte[] Rewrite(string path, bool shiftsTimes = false)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = Key });
        var check = new CaptureLeakCheck(pseudonyms);
        var before = Reading.Of(path);
        foreach (var connection in before) check.Note(connection.Connection);
        var shift = shiftsTimes ? TimeShift.From(before[0].Connection.First.Time) : null;
        var redaction = new CaptureRedaction(pseudonyms, HMACSHA256.HashData(Key, "noise"u8), LinkTypeCatalog.All, TunnelCatalog.All, shift);
        using (var source = CaptureFiles.Open([path], AnalyzerLimits.Default))
        {
            while (source.TryRead(out var frame)) redaction.Collect(frame);
        }

        redaction.Rewrite();
        using var memory = new MemoryStream();
        using var writer = new PcapNgWriter(memory, "redacted", 262_144);
        using var again = CaptureFiles.Open([path], AnalyzerLimits.Default);
        while (again.TryRead(out var frame))
        {
            if (!redaction.TryRewrite(frame, out var redacted)) continue;
            check.Check(redacted.Data);
            writer.Write(redacted);
        }

        if (again.EndTime is { } end) writer.Finish(shift?.Of(end) ?? end, default);
        var bytes = memory.ToArray();
        if (redaction.Written > 0)
        {
            foreach (var connection in Reading.Of(bytes).Connections) check.Check(connection.Connection);
        }

        return bytes;
    }

    private static readonly AnalyzerOptions WithoutSecrets = new();
}
