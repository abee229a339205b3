using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>
/// What a protocol learned inside a tunnel that is itself inside TLS. The outcome of the connection is that of the outer handshake, which is known without
/// keys: what was learned inside stands beside it.
/// </summary>
/// <param name="inner">The facts, as they would be without the tunnel.</param>
internal sealed class InnerFacts(ProtocolFacts inner) : ProtocolFacts
{
    private IReadOnlyList<Step>? steps;

    /// <summary>The facts of TLS; null where another protocol was read.</summary>
    public TlsFacts? Tls => inner as TlsFacts;

    /// <inheritdoc/>
    public override string JsonKey => Tls is null ? inner.JsonKey : "inner_tls";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps ??= [.. inner.Steps.Select(InnerStep.Of)];

    /// <summary>The step that stands for one of the facts inside; null where none does.</summary>
    public Step? StepOf(Step? step)
    {
        for (var i = 0; i < inner.Steps.Count; i++)
        {
            if (ReferenceEquals(inner.Steps[i], step)) return Steps[i];
        }

        return null;
    }

    /// <inheritdoc/>
    public override Direction? ClientDirection => inner.ClientDirection;

    /// <inheritdoc/>
    public override string? ServerName => inner.ServerName;

    /// <summary>How far the handshake inside reached; null where no TLS was read.</summary>
    public override PhaseSpan? Span => Tls is { Messages.Count: > 0, Span: { } span } ? span with { Phase = Phase.InnerTls } : null;

    /// <inheritdoc/>
    public override string? EncryptedFrom => inner.EncryptedFrom;

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => inner.Unparsed;

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals => inner.Originals;

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        inner.WriteJson(json, flow);
        if (Tls is null) return;
        if (Span is { Start.IsSet: true, Done.IsSet: true } span) json.WriteNumber("handshake_ms"u8, span.Done.Time.Since(span.Start.Time).Milliseconds);
        else json.WriteNull("handshake_ms"u8);
    }
}
