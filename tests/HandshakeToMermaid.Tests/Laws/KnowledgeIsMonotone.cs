using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>
/// With keys, more is known and nothing that was said before is contradicted: a proved outcome and a proved leading cause stay, a likely one may
/// be replaced by a proved one, and what was seen before keeps its order.
/// </summary>
internal static class KnowledgeIsMonotone
{
    /// <summary>The key log by label: each alone, and each left out.</summary>
    public static IEnumerable<(string What, byte[] KeyLog)> Parts(byte[] keyLog)
    {
        var lines = Encoding.ASCII.GetString(keyLog).Split('\n').Where(line => line.Trim().Length > 0 && line[0] != '#').ToList();
        var labels = lines.Select(line => line.Split(' ')[0]).Distinct().ToList();
        if (labels.Count < 2) yield break;
        foreach (var label in labels)
        {
            yield return ($"only {label}", Of(lines.Where(line => line.Split(' ')[0] == label)));
            yield return ($"without {label}", Of(lines.Where(line => line.Split(' ')[0] != label)));
        }
    }

    /// <summary>What the law finds wrong where the second reading knew more.</summary>
    public static IEnumerable<string> Violations(IReadOnlyList<DiagnosedConnection> less, IReadOnlyList<DiagnosedConnection> more)
    {
        if (less.Count != more.Count) yield return $"{less.Count} connections become {more.Count}";
        foreach (var (before, after) in less.Zip(more))
        {
            var id = $"connection {before.Connection.Id}";
            var (was, now) = (before.Connection.Outcome, after.Connection.Outcome);
            if (now.Class != was.Class && (was.Confidence == Confidence.Certain || now.Confidence == Confidence.Likely))
                yield return $"{id}: outcome {was.Class} ({was.Confidence}) becomes {now.Class} ({now.Confidence})";
            if (now.Class == was.Class && was.Confidence == Confidence.Certain && now.Confidence == Confidence.Likely) yield return $"{id}: outcome {was.Class} was proved and becomes likely";
            if (now.Class == was.Class && was.By != OutcomeActor.None && now.By != was.By) yield return $"{id}: outcome by {was.By} becomes by {now.By}";
            foreach (var violation in Causes(before, after)) yield return $"{id}: {violation}";
            var (seen, seenAfter) = (Clear(before), Clear(after));
            if (!seen.SequenceEqual(seenAfter.Where(seen.Contains))) yield return $"{id}: order {string.Join(',', seen)} becomes {string.Join(',', seenAfter.Where(seen.Contains))}";
        }
    }

    private static IEnumerable<string> Causes(DiagnosedConnection before, DiagnosedConnection after)
    {
        var lead = before.Findings.FirstOrDefault(f => f.Severity != Severity.Info && !IsOfTunnel(f.Code));
        var leadAfter = after.Findings.FirstOrDefault(f => f.Severity != Severity.Info && !IsOfTunnel(f.Code));
        var isReplaced = leadAfter is { Confidence: Confidence.Certain };
        foreach (var finding in before.Findings.Where(f => f.Severity != Severity.Info))
        {
            // What names the end alone, for want of a cause, gives way to any cause.
            if (IsLastResort(finding.Code) && leadAfter is { Severity: Severity.Error } && !IsLastResort(leadAfter.Code)) continue;
            var same = after.Findings.FirstOrDefault(f => f.Code == finding.Code);
            if (same is null && finding.Confidence == Confidence.Certain) yield return $"proved {finding.Code} is gone";
            if (same is null && finding.Confidence == Confidence.Likely && finding.Severity == Severity.Error && !isReplaced) yield return $"likely {finding.Code} is gone and nothing proved stands for it";
            if (same is not null && same.Severity < finding.Severity && finding.Confidence == Confidence.Certain) yield return $"{finding.Code} was {finding.Severity} and becomes {same.Severity}";
        }

        if (lead is { Confidence: Confidence.Certain } && leadAfter is not null && lead.Code != leadAfter.Code && !IsLastResort(lead.Code)) yield return $"proved {lead.Code} led and {leadAfter.Code} leads";
        if (!before.IsFailed && after.IsFailed && !after.Findings.Any(f => IsOfTunnel(f.Code)) && !before.Findings.Any(f => f.Confidence == Confidence.Likely) && before.Connection.Outcome is { IsCompleted: true, Confidence: Confidence.Certain })
            yield return $"established and becomes failed by {after.Findings.FirstOrDefault()?.Code}";
    }

    /// <summary>What fails in a tunnel inside TLS is another handshake, or none: the one with the proxy stays established.</summary>
    private static bool IsOfTunnel(string code) => code is "proxy-refused" or "proxy-authentication-required" || code.StartsWith("tunnel-", StringComparison.Ordinal);

    private static bool IsLastResort(string code) => code == "closed-early" || code.StartsWith("alert-", StringComparison.Ordinal);

    /// <summary>The messages that were read in the clear, in the order in which they are told.</summary>
    private static List<string> Clear(DiagnosedConnection connection)
    {
        using var json = JsonDocument.Parse(ConnectionText.Json(connection));
        if (!json.RootElement.TryGetProperty("tls", out var tls) || !tls.TryGetProperty("messages", out var messages)) return [];
        return [.. messages.EnumerateArray().Where(m => m.GetProperty("sight").GetString() == "clear").Select(m => $"{m.GetProperty("from")} {m.GetProperty("type")} {m.GetProperty("frame")}")];
    }

    private static byte[] Of(IEnumerable<string> lines) => Encoding.ASCII.GetBytes(string.Join('\n', lines) + "\n");
}
