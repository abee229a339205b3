using System.Text.Json;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Quic;

/// <summary>What was learned of one QUIC connection besides its TLS handshake.</summary>
internal sealed class QuicFacts : ProtocolFacts
{
    private readonly QuicHalf[] halves;
    private readonly List<QuicStep> steps;
    private readonly List<QuicClose> closes;
    private readonly TlsSession session;
    private readonly QuicVersion firstVersion;
    private readonly int[] keyUpdates;
    private readonly int[] connectionIds;
    private readonly QuicMoves moves;

    internal QuicFacts(QuicKeyring keyring, QuicHalf[] halves, List<QuicStep> steps, List<QuicClose> closes, int[] keyUpdates, QuicMoves moves, TlsSession session)
    {
        Version = keyring.Version;
        firstVersion = keyring.FirstVersion;
        connectionIds = [keyring.IdsOf(Direction.Forward).Count, keyring.IdsOf(Direction.Reverse).Count];
        this.keyUpdates = keyUpdates;
        this.moves = moves;
        this.halves = halves;
        this.steps = [.. steps.OrderBy(s => s.Last.Time.Nanoseconds).ThenBy(s => s.Last.Frame)];
        this.closes = closes;
        this.session = session;
    }

    /// <summary>The version that was spoken, as far as Initial packets show it.</summary>
    public QuicVersion Version { get; }

    /// <summary>True where packets of the handshake or behind it could not be decrypted.</summary>
    internal bool HasClosedPackets { get; init; }

    /// <inheritdoc/>
    public override string JsonKey => "quic";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <summary>
    /// A close with an error inside the handshake ends it. Without keys the end of a handshake cannot be read, but packets of the
    /// short header from both sides show that both have the keys that follow from it.
    /// </summary>
    public override Outcome? Judge(FlowSummary flow)
    {
        if (IsFinished(Direction.Forward) && IsFinished(Direction.Reverse)) return null;
        if (closes.Find(c => c.IsError && c.Alert is null) is { } close)
        {
            var kind = flow.SideOf(close.From) == Side.Client ? OutcomeClass.ClosedByClient : OutcomeClass.ClosedByServer;
            return new Outcome(kind, Confidence.Certain, flow.ActorOf(close.From), close.Mark.Frame);
        }

        var (first, second) = (halves[0].FirstOneRtt, halves[1].FirstOneRtt);
        if (session.ServerHello is null || closes.Exists(c => c.Alert is not null)) return null;

        // What could not be decrypted may be the end: that none was seen is not certain.
        if (!first.IsSet || !second.IsSet) return HasClosedPackets ? new Outcome(OutcomeClass.Incomplete, Confidence.Likely, OutcomeActor.None, 0) : null;
        return new Outcome(OutcomeClass.Established, Confidence.Likely, OutcomeActor.None, halves[(int)flow.Client].FirstOneRtt.Frame);
    }

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals => closes.Where(c => c.Reason.Length > 0).Select(c => new Original(OriginalKind.FreeText, c.Reason))
        .Concat(moves.Proved.SelectMany(m => (IpAddress[])[m.Path.Client.Address, m.Path.Server.Address]).Select(a => new Original(OriginalKind.Address, a.ToString())));

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteString("version"u8, Version.Name);
        if (firstVersion.IsKnown && firstVersion != Version) json.WriteString("client_version"u8, firstVersion.Name);
        WriteFrame(json, "version_negotiation_frame", "Version Negotiation");
        WriteFrame(json, "retry_frame", "Retry");
        if (steps.Exists(s => s.Title == UnprotectedPackets.TokenTitle)) WriteFrame(json, "token_frame", UnprotectedPackets.TokenTitle);
        WriteSides(json, "connection_ids", connectionIds, flow);
        WriteSides(json, "key_updates", keyUpdates, flow);
        if (moves.Proved.Count > 0) WriteMoves(json);
        json.WriteStartObject("packets"u8);
        WriteCounts(json, "client", halves[(int)flow.Client]);
        WriteCounts(json, "server", halves[(int)flow.Client.Opposite()]);
        json.WriteEndObject();
        json.WriteStartArray("closes"u8);
        foreach (var close in closes)
        {
            json.WriteStartObject();
            json.WriteString("from"u8, flow.SideOf(close.From) == Side.Client ? "client" : "server");
            json.WriteNumber("frame"u8, close.Mark.Frame);
            json.WriteNumber("code"u8, close.Code);
            json.WriteString("name"u8, close.Name);
            json.WriteBoolean("application"u8, close.IsApplication);
            json.WriteString("reason"u8, close.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private bool IsFinished(Direction from) => session.Find(HandshakeType.Finished, from) is not null;

    private void WriteFrame(Utf8JsonWriter json, string name, string title)
    {
        if (steps.Find(s => s.Title == title) is { } step) json.WriteNumber(name, step.Last.Frame);
        else json.WriteNull(name);
    }

    private void WriteMoves(Utf8JsonWriter json)
    {
        json.WriteStartArray("paths"u8);
        foreach (var (path, mark, _) in moves.Proved)
        {
            json.WriteStartObject();
            json.WriteNumber("frame"u8, mark.Frame);
            json.WriteString("client"u8, path.Client.ToString());
            json.WriteString("server"u8, path.Server.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSides(Utf8JsonWriter json, string name, int[] counts, FlowSummary flow)
    {
        json.WriteStartObject(name);
        json.WriteNumber("client"u8, counts[(int)flow.Client]);
        json.WriteNumber("server"u8, counts[(int)flow.Client.Opposite()]);
        json.WriteEndObject();
    }

    private static void WriteCounts(Utf8JsonWriter json, string side, QuicHalf half)
    {
        json.WriteStartObject(side);
        json.WriteNumber("initial"u8, half.Counts[(int)QuicPacketType.Initial]);
        json.WriteNumber("zero_rtt"u8, half.Counts[(int)QuicPacketType.ZeroRtt]);
        json.WriteNumber("handshake"u8, half.Counts[(int)QuicPacketType.Handshake]);
        json.WriteNumber("one_rtt"u8, half.Counts[(int)QuicPacketType.OneRtt]);
        json.WriteEndObject();
    }
}
