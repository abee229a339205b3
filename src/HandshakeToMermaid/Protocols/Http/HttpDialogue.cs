using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>
/// Follows the first exchange on a stream, be it a TCP connection or the application data that TLS protected. It is
/// satisfied with a direction as soon as its first head was read.
/// </summary>
public sealed class HttpDialogue : IStreamSession
{
    private readonly Sight sight;
    private readonly HttpFacts facts;
    private readonly HttpHalf forward = new();
    private readonly HttpHalf reverse = new();

    /// <summary>Begins with the first byte of both directions.</summary>
    /// <param name="sight">Clear on a TCP connection, decrypted inside TLS.</param>
    /// <param name="client">The direction in which the client sends, where that is known.</param>
    public HttpDialogue(Sight sight = Sight.Clear, Direction? client = null)
    {
        this.sight = sight;
        facts = new HttpFacts { IsClear = sight == Sight.Clear, Client = client };
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
        if (half.IsTold)
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
            Tell(from, half, mark, "SETTINGS", settings.Length > 0 ? [new StepFact(Detail.Full, string.Empty, settings)] : [], isMinor: true);
            reader.Settings = null;
        }

        if (reader.Head is not null && !half.HeadAt.IsSet) half.HeadAt = half.Last;
        if (!reader.IsDone) return;
        TellHead(from, half, half.Last);
        if (half.Body is not null) Search(half, bytes);
    }

    /// <inheritdoc/>
    public void Gap(Direction from, StreamGap gap)
    {
        var half = Half(from);
        if (half.IsDone) return;
        half.IsLost = true;
        if (half.IsTold) return;
        if (half.Reader is null) return;
        facts.Add(new Unread(gap.Kind == GapKind.CutShort ? UnreadKind.CutPacket : UnreadKind.Gap, "part of the HTTP header is missing", [gap.Mark.Frame]));
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
            if (!half.IsTold && half.Reader?.Head is not null) TellHead(direction, half, half.HeadAt);
        }

        return facts.IsEmpty ? [] : [facts];
    }

    private void TellHead(Direction from, HttpHalf half, FrameMark mark)
    {
        half.IsTold = true;
        var reader = half.Reader!;
        if (reader.Fault is { } fault) facts.Add(new Unread(UnreadKind.Fault, fault, [mark.Frame]));
        if (reader.GoAway is { } reason) Tell(from, half, mark, "GOAWAY", [new StepFact(Detail.Brief, string.Empty, reason)], isMinor: false);
        if (reader.Head is not { } head) return;

        if (half.IsClient == true)
        {
            facts.Request = head.StartLine;
            facts.Authority = head.Authority;
            facts.IsForProxy = head.IsForProxy;
            StepFact[] host = head.Authority is { } authority ? [new StepFact(Detail.Full, "host", authority)] : [];
            Tell(from, half, mark, head.StartLine, host, isMinor: false);
            return;
        }

        facts.Response = head.StartLine;
        facts.Status = head.Status;
        if (!facts.IsClear && head is { Status: 400 or 403, IsWhole: true }) half.Body = new PhraseSearch(CertificateMissing, MostOfBody);
        facts.HasStrictTransportSecurity = head.IsWhole || head.HasStrictTransportSecurity ? head.HasStrictTransportSecurity : null;
        StepFact[] hsts = facts.HasStrictTransportSecurity == true ? [new StepFact(Detail.Full, string.Empty, "HSTS")] : [];
        Tell(from, half, mark, head.StartLine, hsts, isMinor: false);
    }

    private void Tell(Direction from, HttpHalf half, FrameMark mark, string title, StepFact[] what, bool isMinor) =>
        facts.Add(new HttpStep(title, what, isMinor) { From = from, First = isMinor ? mark : half.First, Last = mark, Sight = sight });

    private void Search(HttpHalf half, ReadOnlySpan<byte> bytes)
    {
        half.Body!.Feed(bytes);
        facts.SaysCertificateIsMissing = half.Body.IsFound;
    }

    private HttpHalf Half(Direction direction) => direction == Direction.Forward ? forward : reverse;

    // What nginx says where ssl_verify_client is on and the client sent none (its status 496).
    private static readonly byte[] CertificateMissing = [.. "No required SSL certificate was sent"u8];

    // An error page of a server is shorter.
    private const int MostOfBody = 4096;
}
