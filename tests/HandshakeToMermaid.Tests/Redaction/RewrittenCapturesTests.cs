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
using HandshakeToMermaid.Tests.Cases;

namespace HandshakeToMermaid.Tests.Redaction;

/// <summary>A rewritten capture holds no original, and shows what the redacted diagram of the original shows.</summary>
public sealed class RewrittenCapturesTests
{
    /// <summary>Samples whose connection a rewritten capture cannot show the same way, and why.</summary>
    private static readonly Dictionary<string, string> Deviations = new(StringComparer.Ordinal)
    {
        ["dtls12-success"] = "UDP other than DNS is left out",
        ["eap-tls"] = "UDP other than DNS is left out",
        ["quic-key-update"] = "UDP other than DNS is left out",
        ["quic-migration"] = "UDP other than DNS is left out",
        ["quic-retry"] = "UDP other than DNS is left out",
        ["quic-success"] = "UDP other than DNS is left out",
        ["quic-version2"] = "UDP other than DNS is left out",
        ["starttls-smtp"] = "the server's text is masked, not removed",
    };

    /// <summary>Fuzzed captures that are read another way than they can be rewritten.</summary>
    private static readonly HashSet<string> Refused = ["malformed/ntop__fuzz-2006-09-29-28586.pcap", "derived/tls13-hrr--fuzz3.pcap", "malformed/OISF__tls_DER-incomplete-header.pcap"];

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

        using var redactor = new Redactor(new RedactionOptions { Key = Key });
        var expected = Reading.Of(path, WithoutSecrets).Select(redactor.Redact).Select(Shown).ToList();
        var shown = Reading.Of(Rewrite(path), WithoutSecrets).Connections.Select(Shown).ToList();
        Assert.Equal(expected.Count, shown.Count);
        foreach (var (wanted, line) in string.Join('\n', expected).Split('\n').Zip(string.Join('\n', shown).Split('\n'))) Assert.Equal(wanted, line);
    }

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

    private static byte[] Rewrite(string path)
    {
        using var pseudonyms = new Pseudonyms(new RedactionOptions { Key = Key });
        var check = new CaptureLeakCheck(pseudonyms);
        foreach (var connection in Reading.Of(path)) check.Note(connection.Connection);
        var redaction = new CaptureRedaction(pseudonyms, HMACSHA256.HashData(Key, "noise"u8), LinkTypeCatalog.All);
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

        if (again.EndTime is { } end) writer.Finish(end, default);
        var bytes = memory.ToArray();
        if (redaction.Written > 0)
        {
            foreach (var connection in Reading.Of(bytes).Connections) check.Check(connection.Connection);
        }

        return bytes;
    }

    private static readonly AnalyzerOptions WithoutSecrets = new();
}
