using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>The line above a band: what, how long, how many round trips, and what was special.</summary>
internal static class PhaseHeader
{
    public static string Of(Phase phase, IReadOnlyList<Step> steps, Connection connection)
    {
        var parts = new List<string>(5);
        var span = SpanOf(phase, connection.Facts);
        parts.Add(span?.Title ?? (phase == Phase.Data ? DataTitle(steps, connection) : phase.Title));
        var duration = connection.Timing.LengthOf(phase) ?? InTunnel(span);
        if (duration is { } taken) parts.Add(Quantities.Text(taken));
        else if (phase.Role == PhaseRole.Handshake && connection.Outcome.IsFailure) parts.Add($"failed after {Quantities.Text(FailedAfter(span, steps, connection.Timing))}");
        if (span?.RoundTrips is { } trips && duration is not null) parts.Add(Quantities.Count(trips, "round trip", "round trips"));
        if (span is not null) parts.AddRange(span.Marks);
        if (span?.Remark is { } remark) parts.Add(remark);
        return string.Join(" · ", parts);
    }

    private static PhaseSpan? SpanOf(Phase phase, IReadOnlyList<ProtocolFacts> facts)
    {
        for (var i = 0; i < facts.Count; i++)
        {
            if (facts[i].Span is { } span && span.Phase == phase) return span;
        }

        return null;
    }

    /// <summary>The line above what is encrypted.</summary>
    public static string Encrypted(Phase phase, Connection connection)
    {
        var encrypting = connection.Facts.Where(f => f.EncryptedFrom is not null).ToList();
        return (encrypting.FindLast(f => f.Span?.Phase == phase) ?? encrypting.LastOrDefault())?.EncryptedFrom ?? "Encrypted from here";
    }

    /// <summary>How long a phase inside TLS took, which is no part of the total; null for others, and where it was not completed.</summary>
    private static Duration? InTunnel(PhaseSpan? span) =>
        span is { Start.IsSet: true, Done.IsSet: true } && (span.Phase == Phase.Tunnel || span.Phase == Phase.InnerTls) ? span.Done.Time.Since(span.Start.Time) : null;

    /// <summary>From the start of the handshake to its failure.</summary>
    private static Duration FailedAfter(PhaseSpan? span, IReadOnlyList<Step> steps, Timing timing) =>
        (timing.End ?? steps[^1].Last.Time).Since(span is { Start.IsSet: true } ? span.Start.Time : steps[0].First.Time);

    private static string DataTitle(IReadOnlyList<Step> steps, Connection connection)
    {
        if (connection.Outcome.Class == OutcomeClass.NotTls || !connection.Facts.Any(f => f.Span?.Phase == Phase.Tls)) return Phase.Data.Title;
        return steps.Any(s => s.Provenance == Provenance.Decrypted) ? "First exchange · decrypted" : "Encrypted data";
    }
}
