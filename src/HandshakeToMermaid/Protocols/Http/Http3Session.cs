using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Http;

/// <summary>Follows the first exchange of HTTP/3 (RFC 9114): the first stream that the client opened for a request, and what its field sections refer to.</summary>
internal sealed class Http3Session : IMultiplexedSession
{
    private readonly Direction client;
    private readonly Http3Half request = new(isResponse: false);
    private readonly Http3Half response = new(isResponse: true);
    private ulong? exchange;

    /// <param name="client">The direction in which the client sends.</param>
    public Http3Session(Direction client) => this.client = client;

    /// <inheritdoc/>
    public bool IsSatisfied => request.IsDone && response.IsDone;

    /// <inheritdoc/>
    public void Bytes(Direction from, ulong stream, ReadOnlySpan<byte> bytes, FrameMark mark)
    {
        var (half, peer) = from == client ? (request, response) : (response, request);
        var isServers = (stream & ServerInitiated) != 0;
        if ((stream & UnidirectionalBit) != 0)
        {
            if (isServers == (from != client)) half.Unidirectional(stream, bytes, mark, peer.MaxTableCapacity);
            return;
        }

        if (isServers) return;
        exchange ??= stream;
        if (stream != exchange) return;
        half.Exchange(bytes, mark, peer.MaxTableCapacity);
        if (half == response && half is { Head: { Status: 400 or 403 }, Body: null }) half.Body = HttpSession.SearchForMissingCertificate();
    }

    /// <inheritdoc/>
    public IReadOnlyList<ProtocolFacts> Finish()
    {
        request.Finish();
        response.Finish();
        var facts = new HttpFacts { IsClear = false, Client = client };
        Settings(facts, client, request);
        Settings(facts, client.Opposite(), response);
        if (request.Head is { } asked)
        {
            facts.Request = asked.StartLine;
            facts.Authority = asked.Authority;
            facts.IsForProxy = asked.IsForProxy;
            Add(facts, client, request.HeadFrame, asked.StartLine, asked.Authority is { } authority ? [new StepFact(Detail.Full, "host", authority)] : []);
        }

        if (response.Head is { } answer)
        {
            facts.Response = answer.StartLine;
            facts.Status = answer.Status;
            facts.HasStrictTransportSecurity = answer.HasStrictTransportSecurity;
            facts.SaysCertificateIsMissing = response.Body is { IsFound: true };
            Add(facts, client.Opposite(), response.HeadFrame, answer.StartLine, answer.HasStrictTransportSecurity ? [new StepFact(Detail.Full, "", "HSTS")] : []);
        }

        foreach (var half in (Http3Half[])[request, response])
        {
            if (half.Fault is { } fault) facts.Add(new Unparsed(half.FaultAt.IsSet ? UnparsedReason.Fault : UnparsedReason.Gap, fault, half.FaultAt.IsSet ? [half.FaultAt.Frame] : []));
        }

        return facts.IsEmpty && facts.Unparsed.Count == 0 ? [] : [facts];
    }

    private static void Settings(HttpFacts facts, Direction from, Http3Half half)
    {
        if (half.Settings is not { } settings) return;
        StepFact[] what = settings.Length > 0 ? [new StepFact(Detail.Full, "", settings)] : [];
        facts.Add(new HttpStep("SETTINGS", what, isMinor: true) { From = from, First = half.SettingsAt, Last = half.SettingsAt, Provenance = Provenance.Decrypted });
    }

    private static void Add(HttpFacts facts, Direction from, Http3Frame frame, string title, StepFact[] what) =>
        facts.Add(new HttpStep(title, what) { From = from, First = frame.First, Last = frame.Last, Provenance = Provenance.Decrypted });

    // RFC 9000 section 2.1
    private const ulong ServerInitiated = 1;
    private const ulong UnidirectionalBit = 2;
}
