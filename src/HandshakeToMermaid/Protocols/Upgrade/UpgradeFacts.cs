using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>The upgrade exchange before TLS: how TLS was requested, and whether it was accepted.</summary>
/// <param name="exchange">The protocol.</param>
/// <param name="client">The direction in which the client sends.</param>
/// <param name="steps">The decoded units.</param>
/// <param name="hasGoneOn">True where another protocol follows.</param>
/// <param name="isUnanswered">True where nothing of the server was seen after the client's last message.</param>
/// <param name="clientBytes">How many bytes of the client were read.</param>
internal sealed class UpgradeFacts(UpgradeExchange exchange, Direction client, IReadOnlyList<UpgradeStep> steps, bool hasGoneOn, bool isUnanswered, long clientBytes) : ProtocolFacts
{
    /// <summary>True where bytes were no message of the protocol.</summary>
    public bool IsBroken { get; init; }

    /// <summary>True where the exchange was decrypted from TLS.</summary>
    public bool IsInsideTls { get; init; }

    /// <inheritdoc/>
    public override string JsonKey => exchange.JsonKey;

    /// <summary>What of the exchange was not read.</summary>
    public IReadOnlyList<Unparsed> Unread { get; init; } = [];

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => Unread;

    /// <inheritdoc/>
    public override string? Wrapper => IsAsked ? exchange.Name : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <inheritdoc/>
    public override string? VerdictOn(Outcome outcome) =>
        outcome.Class == OutcomeClass.NotTls && Unasked is not null ? $"Not TLS: the client never requested it, {Protocol} in cleartext" : null;

    /// <inheritdoc/>
    public override Direction? ClientDirection => client;

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals => steps.SelectMany(s => s.Facts()).Where(f => f.IsFreeText).Select(f => new Original(OriginalKind.FreeText, f.Text)).Concat(NamesOf(exchange as ProxyExchange));

    /// <summary>The display name of the protocol: "PostgreSQL".</summary>
    public string Protocol => exchange.Protocol;

    /// <summary>True if TLS was requested, accepted, refused or begun.</summary>
    public bool IsAsked => hasGoneOn || Asked is not null || Accepted is not null || Refused is not null;

    /// <summary>The step with which the client began its session in cleartext without requesting TLS; null if it did not.</summary>
    public UpgradeStep? Unasked => Find(UpgradeTransition.Unasked);

    /// <summary>The step that requested TLS; null if it was not captured.</summary>
    public UpgradeStep? Asked => Find(UpgradeTransition.Asked);

    /// <summary>The step that accepted it; null if none was captured. MySQL has none: there the request is enough.</summary>
    public UpgradeStep? Accepted => Find(UpgradeTransition.Accepted);

    /// <summary>The step that refused it; null if it was not refused, or granted when the client asked again.</summary>
    public UpgradeStep? Refused => Find(UpgradeTransition.Refused) ?? (Accepted is null && !hasGoneOn && steps is [.., { Turn: UpgradeTransition.Declined } last] ? last : null);

    /// <summary>The way through a proxy; null for a switch to TLS.</summary>
    public ProxyExchange? Proxy => exchange as ProxyExchange;

    /// <inheritdoc/>
    public override ServerBehind? Behind => Proxy is { IsBehindProxy: false } proxy ? new ServerBehind(proxy.Target?.Host, proxy.Target?.Port) : null;

    /// <summary>True if the client sent more than a goodbye after a refusal.</summary>
    public bool GoesOnInClear(FlowSummary flow) => Refused is not null && flow.Flow[client].Delivered > clientBytes + Farewell;

    /// <inheritdoc/>
    public override PhaseSpan? Span => steps.Count == 0 ? null
        : new PhaseSpan(IsInsideTls ? Phase.Tunnel : Phase.Upgrade, IsInsideTls ? $"{exchange.Title} inside TLS" : IsAsked ? exchange.Title : $"{exchange.Protocol} in cleartext", Refused is null ? [] : ["refused"], steps[0].First, Accepted?.Last ?? default, null);

    /// <inheritdoc/>
    public override Outcome? Judge(FlowSummary flow)
    {
        if (Refused is { } refusal && !MayHaveAskedAgain(flow)) return new Outcome(OutcomeClass.NotTls, Confidence.Certain, flow.ActorOf(refusal.From), refusal.Last.Frame);
        if (hasGoneOn) return null;
        if (Unasked is { } start && Unanswered(flow) is null) return flow.IsJoinedMidway ? Incomplete : new Outcome(OutcomeClass.NotTls, Confidence.Certain, OutcomeActor.None, start.Last.Frame);

        // An answer that was not captured is none that was not given.
        if (flow.LacksAnyOf(client) || flow.LacksAnyOf(client.Opposite())) return Incomplete;

        // Where the capture begins later than the connection, bytes that are no message are the rest of one.
        if (flow.IsJoinedMidway && IsBroken) return Incomplete;
        return flow.End?.Judge(flow) ?? Incomplete;
    }

    /// <summary>
    /// True where a refusal asks for credentials, and bytes behind it may be a request that has them: they were not captured.
    /// </summary>
    public bool MayHaveAskedAgain(FlowSummary flow) =>
        Refused is { Turn: UpgradeTransition.Declined } && (flow.LacksAnyOf(client) || flow.LacksAnyOf(client.Opposite()));

    /// <inheritdoc/>
    public override WaitingFor? Unanswered(FlowSummary flow)
    {
        if (!isUnanswered || hasGoneOn || steps is not [.., { Turn: not UpgradeTransition.Accepted } last] || flow.LacksAnyOf(client.Opposite())) return null;
        return new WaitingFor(last, last.Last, $"the reply to its {last.Title}");
    }

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow)
    {
        json.WriteString("kind"u8, exchange.Name);
        WriteFrame(json, "asked_frame", Asked?.Last ?? default);
        WriteFrame(json, "answer_frame", (Refused ?? Accepted)?.Last ?? default);
        if (Proxy is { } proxy)
        {
            json.WriteString("target"u8, proxy.Target?.Host);
            if (proxy.Target is { } target) json.WriteNumber("target_port"u8, target.Port);
            else json.WriteNull("target_port"u8);
            if (Asked is { } asked && Accepted is { } granted) json.WriteNumber("connect_ms"u8, granted.Last.Time.Since(asked.First.Time).Milliseconds);
        }

        json.WriteString("answer"u8, Refused is not null ? "refused" : Accepted is not null || hasGoneOn ? "accepted" : null);
    }

    private static IEnumerable<Original> NamesOf(ProxyExchange? proxy)
    {
        foreach (var host in proxy is null ? [] : proxy.Target is { } target ? [.. proxy.Addresses, target.Host] : proxy.Addresses)
        {
            yield return new Original(IpAddress.Parse(host) is null ? OriginalKind.Name : OriginalKind.Address, host);
        }
    }

    private static void WriteFrame(Utf8JsonWriter json, string name, FrameMark mark)
    {
        if (mark.IsSet) json.WriteNumber(name, mark.Frame);
        else json.WriteNull(name);
    }

    private UpgradeStep? Find(UpgradeTransition turn)
    {
        // The last one counts: a request may be refused and repeated.
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            if (steps[i].Turn == turn) return steps[i];
        }

        return null;
    }

    private static Outcome Incomplete => new(OutcomeClass.Incomplete, Confidence.Certain, OutcomeActor.None, 0);

    /// <summary>"QUIT", "a3 LOGOUT", a PostgreSQL Terminate.</summary>
    private const int Farewell = 16;
}
