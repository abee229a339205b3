using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Exchange;

/// <summary>What a row says of one protocol, as far as a drawing needs it. Its steps stand among those of the connection.</summary>
/// <param name="key">The key of its object in the row.</param>
/// <param name="span">How far its handshake reached; null where it has none.</param>
internal sealed class RecordedFacts(string key, PhaseSpan? span) : ProtocolFacts
{
    /// <inheritdoc/>
    public override string JsonKey => key;

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => [];

    /// <inheritdoc/>
    public override PhaseSpan? Span => span;

    /// <summary>From which point on it is encrypted; null where it encrypts nothing.</summary>
    public string? Encryption { get; init; }

    /// <summary>Its verdict on the connection's outcome; null where it has none.</summary>
    public string? Verdict { get; init; }

    /// <summary>The server behind a proxy; null where there is none.</summary>
    public ServerBehind? Server { get; init; }

    /// <inheritdoc/>
    public override ServerBehind? Behind => Server;

    /// <inheritdoc/>
    public override string? EncryptedFrom => Encryption;

    /// <inheritdoc/>
    public override string? VerdictOn(Outcome outcome) => Verdict;

    /// <summary>Never called: a connection of a row has no flow, and rows are not written from rows.</summary>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
    }
}
