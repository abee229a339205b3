using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagrams;

/// <summary>The line above a band: what, how long, how many round trips, and what was special.</summary>
internal static class PhaseHeader
{
    public static string Of(Phase phase, IReadOnlyList<Step> steps, Connection connection)
    {
        var parts = new List<string>(5);
        var span = connection.Facts.Select(f => f.Span).FirstOrDefault(s => s?.Phase == phase);
        parts.Add(span?.Title ?? Name(phase, steps, connection));
        var duration = phase switch
        {
            Phase.Dns => connection.Timing.Dns,
            Phase.Tcp => connection.Timing.Tcp,
            Phase.Tls => connection.Timing.Tls,
            _ => null,
        };
        if (duration is { } taken) parts.Add(Quantities.Text(taken));
        else if (phase == Phase.Tls && connection.Outcome.IsFailure) parts.Add($"failed after {Quantities.Text(FailedAfter(span, steps, connection.Timing))}");
        if (span?.RoundTrips is { } trips && duration is not null) parts.Add(Quantities.Count(trips, "round trip", "round trips"));
        if (span is not null) parts.AddRange(span.Marks);
        return string.Join(" · ", parts);
    }

    /// <summary>From the start of the handshake to its failure.</summary>
    private static Duration FailedAfter(PhaseSpan? span, IReadOnlyList<Step> steps, Timing timing) =>
        (timing.End ?? steps[^1].Last.Time).Since(span is { Start.IsSet: true } ? span.Start.Time : steps[0].First.Time);

    private static string Name(Phase phase, IReadOnlyList<Step> steps, Connection connection) => phase switch
    {
        Phase.Dns => "DNS",
        Phase.Tcp => "TCP",
        Phase.Prelude => "Before TLS",
        Phase.Tls => "TLS",
        Phase.Data when connection.Outcome.Class == OutcomeClass.NotTls || !connection.Facts.Any(f => f.Span?.Phase == Phase.Tls) => "Data",
        Phase.Data when steps.Any(s => s.Sight == Sight.Decrypted) => "First exchange · decrypted",
        Phase.Data => "Encrypted data",
        _ => "Close",
    };
}
