using System.Text.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Eap;

/// <summary>What was learned of an EAP conversation besides its TLS handshake. The identity is never stored: it names a person or a device.</summary>
/// <param name="method">"EAP-TLS", "PEAP"; null where none that carries TLS was begun.</param>
/// <param name="supplicant">The link-layer address of the supplicant; null where it was not named.</param>
/// <param name="packets">Packets with TLS data, of the supplicant and of the server.</param>
/// <param name="isAccepted">Whether the server let the supplicant in; null where its decision was not seen.</param>
/// <param name="steps">Its steps.</param>
/// <param name="unparsed">What could not be read.</param>
internal sealed class EapFacts(string? method, string? supplicant, (int Client, int Server) packets, bool? isAccepted, IReadOnlyList<EapStep> steps, IReadOnlyList<Unparsed> unparsed) : ProtocolFacts
{
    /// <inheritdoc/>
    public override string JsonKey => "eap";

    /// <inheritdoc/>
    public override string? Wrapper => method is null ? null : method.ToLowerInvariant();

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <inheritdoc/>
    public override Direction? ClientDirection => Supplicant;

    /// <summary>Which way the supplicant's packets go; in RADIUS the authenticator hands them on.</summary>
    public Direction Supplicant { get; init; } = Direction.Forward;

    /// <summary>True where the conversation is the one between supplicant and authenticator (EAPOL), false in RADIUS.</summary>
    public bool IsOnLink { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => unparsed;

    /// <summary>The name of the method; null where none that carries TLS was begun.</summary>
    public string? Method => method;

    /// <summary>Whether the server let the supplicant in; null where its decision was not seen.</summary>
    public bool? IsAccepted => isAccepted;

    /// <summary>True where TLS records were exchanged.</summary>
    public bool HasTls => packets.Client + packets.Server > 0;

    /// <summary>True where the supplicant refused a method.</summary>
    public bool HasNak => steps.Any(static s => s.Title == EapSession.NakTitle);

    /// <summary>The server's refusal; null where there was none.</summary>
    public EapStep? Refusal => steps.FirstOrDefault(static s => s.IsRefusal);

    /// <inheritdoc/>
    public override string? VerdictOn(Outcome outcome)
    {
        if (outcome.Class == OutcomeClass.NotTls) return "Not TLS: no EAP method that carries TLS was agreed on";
        return isAccepted == false && outcome.IsCompleted ? "TLS was established, and the network refused the supplicant" : null;
    }

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals => supplicant is null ? [] : [new Original(OriginalKind.LinkAddress, supplicant)];

    /// <inheritdoc/>
    public override PhaseSpan? Span => steps.Count == 0 ? null : new PhaseSpan(Phase.Upgrade, IsOnLink ? "EAP over LAN" : "EAP over RADIUS", [], steps[0].First, default, null);

    /// <summary>A conversation that ended by another method has no TLS handshake; of one that was not seen to its end it is not known.</summary>
    public override Outcome? Judge(FlowSummary flow)
    {
        if (HasTls) return null;
        return isAccepted is null
            ? new Outcome(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0)
            : new Outcome(OutcomeClass.NotTls, Confidence.Certain, OutcomeActor.None, steps[^1].Last.Frame);
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteString("method"u8, method);
        json.WriteString("supplicant"u8, supplicant);
        json.WriteStartObject("packets"u8);
        json.WriteNumber("client"u8, packets.Client);
        json.WriteNumber("server"u8, packets.Server);
        json.WriteEndObject();
        if (isAccepted is { } accepted) json.WriteBoolean("accepted"u8, accepted);
        else json.WriteNull("accepted"u8);
    }
}
