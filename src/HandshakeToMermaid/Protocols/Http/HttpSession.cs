using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// Follows the first exchange on a stream, be it a TCP connection or the application data that TLS protected. It is
/// satisfied with a direction as soon as its first head was read.
/// </summary>
internal sealed class HttpSession : IStreamSession
{
    private readonly Provenance provenance;
    private readonly HttpFacts facts;
    private readonly HttpHalf forward = new();
    private readonly HttpHalf reverse = new();

    /// <summary>Begins with the first byte of both directions.</summary>
    /// <param name="provenance">Clear on a TCP connection, decrypted inside TLS.</param>
    /// <param name="client">The direction in which the client sends, where that is known.</param>
    public HttpSession(Provenance provenance = Provenance.Clear, Direction? client = null)
    {
        this.provenance = provenance;
        facts = new HttpFacts { IsClear = provenance == Provenance.Clear, Client = client };
        if (client is not { } known) return;
        Half(known).IsClient = true;
        Half(known.Opposite()).IsClient = false;
    }

    /// <summary>What was learned so far.</summary>
    public HttpFacts Facts => facts;

    /// <inheritdoc/>
    public void Bytes(Direction from, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var half = Half(from);
        var peer = Half(from.Opposite());
        if (half.IsDone || bytes.IsEmpty) return;
        if (half.IsReported)
        {
            Search(half, bytes);
            return;
        }

        half.Feed(bytes, mark, peer.IsHttp2);
        if (half.IsTlsAlert && peer.IsClient == true) facts.IsAnsweredByTls = true;
        if (half.Reader is not { } reader) return;

        if (half.IsClient is { } isClient && facts.Client is null)
        {
            facts.Client = isClient ? from : from.Opposite();
            peer.IsClient ??= !isClient;
        }

        if (reader.Settings is { } settings)
        {
            Add(from, half, mark, "SETTINGS", settings.Length > 0 ? [new StepFact(Detail.Full, string.Empty, settings)] : [], isMinor: true);
            reader.Settings = null;
        }

        if (reader.Head is not null && !half.HeadAt.IsSet) half.HeadAt = half.Last;
        if (!reader.IsDone) return;
        AddHead(from, half, half.Last);
        if (half.Body is not null) Search(half, bytes);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        var half = Half(from);
        if (half.IsDone) return;
        half.IsLost = true;
        if (half.IsReported) return;
        if (half.Reader is null) return;
        facts.Add(new Unparsed(gap.Kind == GapKind.CutShort ? UnparsedReason.CutPacket : UnparsedReason.Gap, "part of the HTTP header is missing", [gap.Mark.Frame]));
    }

    /// <inheritdoc/>
    public bool IsSatisfied(Direction from) => Half(from).IsDone;

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish(bool isClosed)
    {
        // A head whose end never came still has a first line.
        foreach (var direction in (ReadOnlySpan<Direction>)[Direction.Forward, Direction.Reverse])
        {
            var half = Half(direction);
            if (!half.IsReported && half.Reader?.Head is not null) AddHead(direction, half, half.HeadAt);
        }

        return facts.IsEmpty ? [] : [facts];
    }

    /// <summary>Searches the body of an error page for nginx's words for a missing client certificate.</summary>
    internal static PhraseSearch SearchForMissingCertificate() => new(CertificateMissing, MaxBody);

    private void AddHead(Direction from, HttpHalf half, FrameMark mark)
    {
        half.IsReported = true;
        var reader = half.Reader!;
        if (reader.Fault is { } fault) facts.Add(new Unparsed(UnparsedReason.Fault, fault, [mark.Frame]));
        if (reader.GoAway is { } reason) Add(from, half, mark, "GOAWAY", [new StepFact(Detail.Brief, string.Empty, reason)], isMinor: false);
        if (reader.Head is not { } head) return;

        if (half.IsClient == true)
        {
            facts.Request = head.StartLine;
            facts.Authority = head.Authority;
            facts.IsForProxy = head.IsForProxy;
            StepFact[] host = head.Authority is { } authority ? [new StepFact(Detail.Full, "host", authority)] : [];
            Add(from, half, mark, head.StartLine, host, isMinor: false, facts.AsksForTunnel);
            return;
        }

        var isTunnel = facts.AsksForTunnel && head.Status is >= 200 and < 300;
        if (isTunnel && !facts.IsClear) facts.Add(new Unparsed(UnparsedReason.Cap, "what passes through the tunnel inside TLS was not read", [mark.Frame]));
        facts.Response = head.StartLine;
        facts.Status = head.Status;
        if (!facts.IsClear && head is { Status: 400 or 403, IsWhole: true }) half.Body = SearchForMissingCertificate();
        facts.HasStrictTransportSecurity = head.IsWhole || head.HasStrictTransportSecurity ? head.HasStrictTransportSecurity : null;
        if (head.OffersHttp3) facts.Http3Offer = mark;
        StepFact[] hsts = facts.HasStrictTransportSecurity == true ? [new StepFact(Detail.Full, string.Empty, "HSTS")] : [];
        Add(from, half, mark, head.StartLine, hsts, isMinor: false, isTunnel);
    }

    private void Add(Direction from, HttpHalf half, FrameMark mark, string title, StepFact[] what, bool isMinor, bool isTunnel = false) =>
        facts.Add(new HttpStep(title, what, isMinor) { From = from, First = isMinor ? mark : half.First, Last = mark, Provenance = provenance, IsTunnel = isTunnel });

    private void Search(HttpHalf half, ReadOnlySpan<byte> bytes)
    {
        half.Body!.Feed(bytes);
        facts.SaysCertificateIsMissing = half.Body.IsFound;
    }

    private HttpHalf Half(Direction direction) => direction == Direction.Forward ? forward : reverse;

    // The message of nginx if ssl_verify_client is on and the client sent no certificate (its status 496).
    private static readonly byte[] CertificateMissing = [.. "No required SSL certificate was sent"u8];

    // An error page of a server is shorter.
    private const int MaxBody = 4096;
}
