using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Recognition;

/// <summary>A TCP connection in which no protocol was recognised: who said how much, beginning with what.</summary>
/// <param name="forward">The first bytes of the side that was seen first; null where it sent none.</param>
/// <param name="reverse">The first bytes of the other side; null where it sent none.</param>
/// <param name="isStartSeen">True where the first byte of a direction was seen, and what it begins is no TLS.</param>
/// <param name="confidence">How sure that is: likely where it could still have become a protocol that is known.</param>
internal sealed class CleartextFacts(CleartextStep? forward, CleartextStep? reverse, bool isStartSeen, Confidence confidence) : ProtocolFacts
{
    private IReadOnlyList<Step>? steps;

    /// <summary>True where more bytes of either side would change nothing: no protocol knows their beginning.</summary>
    public bool IsFinal { get; init; }

    /// <inheritdoc/>
    public override string JsonKey => "cleartext";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps ??= forward is null ? reverse is null ? [] : [reverse]
        : reverse is null ? [forward]
        : forward.Last.Frame <= reverse.Last.Frame ? [forward, reverse] : [reverse, forward];

    /// <inheritdoc/>
    public override WaitingFor? Unanswered(FlowSummary flow)
    {
        // An unanswered greeting; for other protocols it is unknown whether an answer was due.
        if (From(flow.Client.Opposite()) is not null || From(flow.Client) is not { What.AwaitsGreeting: true } asked) return null;
        if (flow.Tcp is not { Ack: { IsSet: true } since } || flow.LacksAnyOf(Direction.Forward) || flow.LacksAnyOf(Direction.Reverse)) return null;
        return new WaitingFor(asked, since, "the server's greeting");
    }

    /// <inheritdoc/>
    public override Outcome? Judge(FlowSummary flow)
    {
        if (!isStartSeen || flow.IsJoinedMidway) return new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);
        if (Unanswered(flow) is not null && flow.End is { } end) return end.Judge(flow);
        return new Outcome(OutcomeClass.NotTls, confidence, OutcomeActor.None, Steps.Count > 0 ? Steps[0].Last.Frame : 0);
    }

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals => Steps.Select(s => s.Title).Where(t => t.StartsWith("HTTP/", StringComparison.Ordinal) || t.StartsWith("SSH-", StringComparison.Ordinal))
        .Select(t => t[0] == 'H' ? new Original(OriginalKind.StatusLine, t) : new Original(OriginalKind.FreeText, t) { Kept = "SSH-2.0-".Length });

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        Write(json, "client", From(flow.Client));
        Write(json, "server", From(flow.Client.Opposite()));
    }

    private CleartextStep? From(Direction direction) => direction == Direction.Forward ? forward : reverse;

    private static void Write(Utf8JsonWriter json, string name, CleartextStep? step)
    {
        if (step is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteString("what"u8, step.What.Words);
        json.WriteNumber("bytes"u8, step.Length);
        json.WriteNumber("frame"u8, step.Last.Frame);
        json.WriteEndObject();
    }
}
