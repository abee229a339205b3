using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>
/// Follows the upgrade exchange before TLS on one connection and passes the bytes after it to another session. Each direction switches by
/// itself: on acceptance, or where its bytes begin like the inner protocol, so that neither a lost answer nor a client that does not wait for one
/// does harm.
/// </summary>
/// <param name="flow">The connection; null where the exchange is known already.</param>
/// <param name="dialects">The dialects that it may be in.</param>
/// <param name="limits">The caps.</param>
/// <param name="begins">Judges whether bytes begin the protocol that follows.</param>
/// <param name="inside">Begins what follows.</param>
internal sealed class UpgradeSession(
    RecordedTcpFlow? flow, IReadOnlyList<IUpgradeDialect> dialects, AnalyzerLimits limits, Func<ReadOnlySpan<byte>, ProbeVerdict> begins, Func<IStreamSession> inside) : IStreamSession
{
    private readonly UpgradeHalf[] halves = [new(), new()];
    private readonly List<UpgradeStep> steps = [];
    private UpgradeExchange? exchange;
    private Direction client;
    private Direction lastFrom;
    private IStreamSession? inner;
    private bool isAsked;
    private bool isUnasked;
    private bool isGivenUp;
    private bool isBroken;
    private bool isInsideTls;

    /// <summary>Follows a CONNECT in what was decrypted from TLS.</summary>
    /// <param name="client">The direction in which the client sends.</param>
    /// <param name="limits">The caps.</param>
    /// <param name="begins">Judges whether bytes begin the protocol that follows.</param>
    /// <param name="inside">Begins what follows.</param>
    public static UpgradeSession InsideTls(Direction client, AnalyzerLimits limits, Func<ReadOnlySpan<byte>, ProbeVerdict> begins, Func<IStreamSession> inside) =>
        new(null, [], limits, begins, inside) { exchange = new HttpConnectExchange(), client = client, isInsideTls = true };

    /// <summary>Bytes that wait in both directions to be whole messages.</summary>
    public int WaitingBytes => halves[0].Waiting.Length + halves[1].Waiting.Length;

    /// <summary>True where the bytes of this direction go to the protocol that follows.</summary>
    public bool IsOver(Direction from) => halves[(int)from].IsOver;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var half = halves[(int)from];
        if (half.IsOver)
        {
            inner!.Bytes(from, bytes, mark);
            return;
        }

        if (isGivenUp || bytes.IsEmpty) return;
        lastFrom = from;
        half.Append(bytes, mark);
        if (exchange is not null) Follow(from);
        else if (TryBegin(from, half)) FollowBoth();
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        var half = halves[(int)from];
        if (isGivenUp) return;

        // A beginning that was not captured is not a gap.
        if (gap.Kind == GapKind.JoinedMidway && !half.IsOver) return;
        if (!half.IsOver && (isAsked || halves[1 - (int)from].IsOver)) GoOver(from);
        if (half.IsOver)
        {
            inner!.Gap(from, gap);
            return;
        }

        half.Clear();
        exchange?.Lose(SideOf(from));
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => isGivenUp || (halves[(int)from].IsOver && inner!.IsSatisfied(from));

    /// <inheritdoc/>
    public void Omitted(Direction from, in StreamOmission omission, ReadOnlySpan<byte> end)
    {
        if (halves[(int)from].IsOver) inner!.Omitted(from, in omission, end);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed) => Facts(inner?.Finish(isClosed) ?? []);

    /// <summary>A session in which the client did not request TLS is not reported, unless its last message was not answered.</summary>
    private IReadOnlyList<ProtocolFacts> Facts(IReadOnlyList<ProtocolFacts> behind)
    {
        if (exchange is null) return behind;
        var isUnanswered = inner is null && steps.Count > 0 && steps[^1].From == client && lastFrom == client;
        if (!isAsked && !isUnasked && !isUnanswered) return behind;

        // TLS may have been accepted and never begun.
        var facts = new UpgradeFacts(exchange, client, [.. steps], behind.Any(f => f.Steps.Count > 0), isUnanswered, halves[(int)client].Taken) { IsBroken = isBroken, IsInsideTls = isInsideTls };
        return [facts, .. behind.Where(f => f.Steps.Count > 0 || f.Unparsed.Count > 0)];
    }

    private bool TryBegin(Direction from, UpgradeHalf half)
    {
        foreach (var dialect in flow is null ? [] : dialects)
        {
            if (dialect.Probe(half.Waiting, flow!, out var speaker) != ProbeVerdict.Certain) continue;
            exchange = dialect.Begin();
            client = speaker == Side.Client ? from : from.Opposite();
            return true;
        }

        if (half.Waiting.Length >= limits.ProbeBytes) half.Clear();
        return false;
    }

    /// <summary>Reads what both directions hold, the earlier first.</summary>
    private void FollowBoth()
    {
        var isReverseFirst = halves[1].First is { IsSet: true } reverse && !(halves[0].First is { IsSet: true } forward && forward.Frame <= reverse.Frame);
        Follow(isReverseFirst ? Direction.Reverse : Direction.Forward);
        Follow(isReverseFirst ? Direction.Forward : Direction.Reverse);
    }

    private void Follow(Direction from)
    {
        var half = halves[(int)from];
        while (!isGivenUp && !half.IsOver && !half.Waiting.IsEmpty)
        {
            // What begins like TLS is TLS, even if the request for it was lost or is buffered after a gap.
            var verdict = begins(half.Waiting);
            if (verdict == ProbeVerdict.Certain)
            {
                isAsked = true;
                GoOver(from);
            }

            if (verdict == ProbeVerdict.Certain || (verdict == ProbeVerdict.Unsure && half.Waiting.Length < (isAsked ? limits.ProbeBytes : FewestToTell))) return;

            var length = exchange!.Measure(SideOf(from), half.Waiting);
            if (length < 0 || half.Taken > MaxBytes || (length == 0 && half.Waiting.Length >= limits.ProbeBytes))
            {
                isBroken |= length < 0;
                if (inner is null) GiveUp();
                else GoOver(from);
                return;
            }

            if (length == 0 || length > half.Waiting.Length) return;
            var (first, last) = (half.First, half.LastOf(length));
            var word = exchange.Read(SideOf(from), half.Waiting[..length]);
            half.Drop(length);
            Take(from, word, first, last);
        }
    }

    private void Take(Direction from, UpgradeMessage word, FrameMark first, FrameMark last)
    {
        if (word.Title is { Length: > 0 } && steps.Count < limits.EventsPerFlow) steps.Add(new UpgradeStep(word) 
        {
            IsProxy = exchange is ProxyExchange, IsInsideTls = isInsideTls, From = from, First = first, Last = last, Provenance = isInsideTls ? Provenance.Decrypted : Provenance.Clear,
        });
        switch (word.Turn)
        {
            case UpgradeTransition.Asked:
                isAsked = true;
                Follow(from.Opposite());
                break;
            case UpgradeTransition.Accepted:
                isAsked = true;
                GoOver(Direction.Forward);
                GoOver(Direction.Reverse);
                break;
            case UpgradeTransition.Declined:
                isAsked = true;
                break;
            case UpgradeTransition.Refused:
                isAsked = true;
                GiveUp();
                break;
            case UpgradeTransition.Unasked:
                isUnasked = true;
                break;
            default:
                break;
        }
    }

    private void GoOver(Direction from)
    {
        var half = halves[(int)from];
        if (half.IsOver) return;
        half.IsOver = true;
        var next = inner ??= inside();
        half.Pour((bytes, mark) => next.Bytes(from, bytes, mark));
    }

    /// <summary>Nothing that is followed will come.</summary>
    private void GiveUp()
    {
        isGivenUp = true;
        foreach (var half in halves) half.Clear();
    }

    private Side SideOf(Direction from) => from == client ? Side.Client : Side.Server;

    /// <summary>The number of bytes that identify a ClientHello.</summary>
    private const int FewestToTell = 11;

    /// <summary>Of one direction before TLS: greetings and capabilities are below 4 KiB; mail that continues in cleartext is not read.</summary>
    internal const int MaxBytes = 64 * 1024;
}
