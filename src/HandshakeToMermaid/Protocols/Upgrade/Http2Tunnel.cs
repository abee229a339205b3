using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Http;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>
/// Follows a CONNECT of HTTP/2 in what was decrypted from TLS (RFC 9113 section 8.5): the tunnel is one stream, and what passes through it is in that
/// stream's DATA frames. Of several tunnels in one connection the first is read, the others are counted. Where the first request is
/// none for a tunnel, the connection is read as usual.
/// </summary>
/// <param name="client">The direction in which the client sends.</param>
/// <param name="usual">Reads what is no CONNECT.</param>
/// <param name="inside">Begins to read what passes through the tunnel.</param>
internal sealed class Http2Tunnel(Direction client, IStreamSession usual, Func<IStreamSession> inside) : IStreamSession
{
    private readonly HttpConnectExchange exchange = new("HTTP/2 CONNECT");
    private readonly List<UpgradeStep> steps = [];
    private readonly List<Unparsed> unparsed = [];
    private readonly List<long> others = [];
    private readonly Http2TunnelHalf?[] halves = new Http2TunnelHalf?[2];
    private IStreamSession? inner;
    private uint followed;
    private string? authority;
    private UpgradeTransition state;
    private bool isUsual;
    private bool isUnanswered;
    private long clientBytes;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        if (followed == 0) usual.Bytes(from, bytes, mark);
        if (isUsual) return;
        if (from == client) clientBytes += bytes.Length;
        var half = HalfOf(from);
        if (half.IsLost) return;
        var isHttp2 = half.Feed(bytes, mark);
        if (!isHttp2 || (followed == 0 && half.Frames.Fault is not null)) isUsual = true;
        else if (half.Frames.Fault is { } fault) Lose(half, new Unparsed(UnparsedReason.Fault, fault, [mark.Frame]));
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        if (followed == 0)
        {
            isUsual = true;
            usual.Gap(from, gap);
            return;
        }

        var half = HalfOf(from);
        if (half.IsLost) return;
        inner?.Gap(from, gap);
        Lose(half, new Unparsed(gap.Kind == GapKind.CapReached ? UnparsedReason.Cap : UnparsedReason.Gap, "what follows a gap in the HTTP/2 frames around the tunnel", [gap.Mark.Frame]));
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from)
    {
        if (isUsual) return usual.IsSatisfied(from);
        return halves[(int)from] is { IsLost: true } || (from != client && inner is not null && inner.IsSatisfied(from));
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed)
    {
        if (followed == 0) return usual.Finish(isClosed);
        var behind = inner?.Finish(isClosed) ?? [];
        if (others.Count > 0)
        {
            unparsed.Add(new Unparsed(UnparsedReason.Cap, others.Count == 1 ? "another tunnel in the same connection" : $"{others.Count} other tunnels in the same connection", [.. others.Take(MaxFrames)]));
        }

        var facts = new UpgradeFacts(exchange, client, [.. steps], behind.Any(f => f.Steps.Count > 0), isUnanswered, clientBytes) { IsInsideTls = true, Unread = unparsed };
        return [facts, .. behind.Where(f => f.Steps.Count > 0 || f.Unparsed.Count > 0)];
    }

    private Http2TunnelHalf HalfOf(Direction from) => halves[(int)from] ??= new(new Receiver(this, from, from == client), from == client ? Preface : default);

    private void Lose(Http2TunnelHalf half, Unparsed why)
    {
        half.IsLost = true;
        isUnanswered = false;
        unparsed.Add(why);
    }

    private void Requested(uint stream, List<HpackField> fields)
    {
        if (HttpHead.Of(fields, isResponse: false, "HTTP/2") is not { } head) return;
        var half = halves[(int)client]!;
        if (head is not { IsForProxy: true, Authority: { } host })
        {
            isUsual |= followed == 0;
            return;
        }

        // Behind a refusal for want of credentials the same request is repeated on another stream.
        if (followed != 0 && !(state == UpgradeTransition.Declined && host == authority))
        {
            others.Add(half.Mark.Frame);
            return;
        }

        (followed, authority, isUnanswered) = (stream, host, true);
        Take(client, exchange.Ask(host, fields.Exists(static f => f.Name == "proxy-authorization")), half);
    }

    private void Answered(uint stream, List<HpackField> fields)
    {
        // What follows the final answer is trailers.
        if (stream != followed || state != UpgradeTransition.Asked || HttpHead.Of(fields, isResponse: true, "HTTP/2") is not { } head) return;
        isUnanswered = false;
        Take(client.Opposite(), exchange.Answer(head.Status, fields.Where(static f => f is { Name: "proxy-authenticate", Value: not null }).Select(static f => f.Value!)), halves[(int)client.Opposite()]!);
    }

    /// <summary>A stream ends without an orderly end. Before an answer the tunnel was not opened.</summary>
    private void Ended(Direction from, string title, uint code)
    {
        var isRefusal = from != client && state == UpgradeTransition.Asked;
        if (state is not (UpgradeTransition.Asked or UpgradeTransition.Accepted)) return;
        isUnanswered = false;
        Take(from, new UpgradeMessage(isRefusal ? UpgradeTransition.Refused : UpgradeTransition.Ended, title, new StepFact(Detail.Brief, string.Empty, Http2Frames.ErrorName(code))), halves[(int)from]!);
    }

    private void Passed(Direction from, uint stream, ReadOnlySpan<byte> part)
    {
        // What follows a refusal is the page that explains it.
        if (stream != followed || state is not (UpgradeTransition.Accepted or UpgradeTransition.Asked) || (state == UpgradeTransition.Asked && from != client)) return;
        inner ??= inside();
        inner.Bytes(from, part, halves[(int)from]!.Mark);
    }

    private void Take(Direction from, UpgradeMessage word, Http2TunnelHalf half)
    {
        if (word.Turn == UpgradeTransition.Unsaid) return;
        state = word.Turn;
        if (steps.Count >= MaxSteps) return;
        steps.Add(new UpgradeStep(word) { IsProxy = true, IsInsideTls = true, From = from, First = half.Frames.First, Last = half.Frames.Last, Provenance = Provenance.Decrypted });
    }

    private static ReadOnlyMemory<byte> Preface { get; } = HttpHalf.Preface.ToArray();

    // A client that repeats its request with other credentials does so a few times.
    private const int MaxSteps = 32;

    private const int MaxFrames = 16;

    /// <summary>Takes what the frames of one direction hold.</summary>
    private sealed class Receiver(Http2Tunnel tunnel, Direction from, bool isClient) : IHttp2Receiver
    {
        public bool IsDone => tunnel.isUsual;

        public void Head(uint stream, List<HpackField> fields)
        {
            if (isClient) tunnel.Requested(stream, fields);
            else tunnel.Answered(stream, fields);
        }

        public void Data(uint stream, ReadOnlySpan<byte> part) => tunnel.Passed(from, stream, part);

        public void Reset(uint stream, uint code)
        {
            if (stream == tunnel.followed) tunnel.Ended(from, "RST_STREAM", code);
        }

        public void GoAway(uint lastStream, uint code)
        {
            if (!isClient && tunnel.followed > lastStream && tunnel.state == UpgradeTransition.Asked) tunnel.Ended(from, "GOAWAY", code);
        }
    }
}
