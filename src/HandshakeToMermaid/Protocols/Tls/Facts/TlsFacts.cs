using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>What was learned of one TLS connection.</summary>
public sealed class TlsFacts : ProtocolFacts
{
    private readonly TlsConversation talk;
    private readonly CarriedHalf?[] halves;
    private readonly IReadOnlyList<Step> steps;
    private readonly SealedFlights? flights;
    private readonly IOpenedRecords? opening;
    private readonly HandshakeProofs proofs;
    private readonly IReadOnlyList<SealedEntry> kept;
    private PhaseSpan? span;

    internal TlsFacts(
        TlsConversation talk, CarriedHalf? forward, CarriedHalf? reverse, List<SealedMark> marks, IReadOnlyList<SealedEntry> entries, IOpenedRecords? opening, HandshakeProofs proofs)
    {
        this.talk = talk;
        this.opening = opening;
        this.proofs = proofs;
        kept = entries;
        halves = [forward, reverse];
        IsDecrypted = IsOpened(Direction.Forward) || IsOpened(Direction.Reverse);
        for (var i = 0; i < talk.Messages.Count; i++) talk.Messages[i].Proofs = proofs;
        foreach (var step in talk.Steps)
        {
            if (step is ChangeCipherSpecStep change) change.IsTls13 = talk.IsTls13;
        }

        var more = new List<Step>(4);
        if (opening is not null) more.AddRange(opening.DataSteps);
        if (talk.IsTls13 && talk.Client is { } client)
        {
            // With keys too: what the lengths tell must not be forgotten where a record that matters stays closed.
            flights = SealedFlights.Infer(marks, talk, client, Half(client) is { HasGap: true });
            foreach (var step in flights.Steps)
            {
                if (!IsOpened(step.From)) more.Add(step);
            }
        }
        else if (!talk.IsTls13)
        {
            AddFirstData(more, marks);
        }

        AddCleartext(more, Direction.Forward);
        AddCleartext(more, Direction.Reverse);
        steps = talk.SortedSteps(more);
    }

    /// <summary>What carries it, where its version does not say so: "QUIC v1"; null elsewhere.</summary>
    public string? Carrier { get; init; }

    /// <summary>Datagrams that bring nothing new, over DTLS.</summary>
    internal (int Forward, int Reverse) RepeatedDatagrams { get; init; }

    /// <inheritdoc/>
    public override (int Forward, int Reverse) Retransmissions => RepeatedDatagrams;

    /// <inheritdoc/>
    public override string JsonKey => "tls";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <inheritdoc/>
    public override Direction? ClientDirection => talk.Client;

    /// <inheritdoc/>
    public override string? ServerName => talk.ClientHello?.ServerName ?? talk.RepeatedClientHello?.ServerName;

    /// <inheritdoc/>
    public override IReadOnlyList<Unread> Unread => talk.Unread;

    /// <summary>Everything that was said, message by message.</summary>
    public TlsConversation Conversation => talk;

    /// <summary>The encrypted records that were kept, in capture order; empty unless asked for.</summary>
    public IReadOnlyList<SealedRecord> SealedRecords => [.. kept.Select(e => e.Record)];

    /// <summary>True where messages were decrypted.</summary>
    public bool IsDecrypted { get; }

    /// <summary>What was checked of the handshake, in the order in which it was sent. Worked out when first asked for.</summary>
    public IReadOnlyList<Proof> Proofs => proofs.All;

    /// <summary>The first ClientHello; null where none was seen.</summary>
    public ClientHello? ClientHello => talk.ClientHello;

    /// <summary>The first ServerHello; null where none was seen.</summary>
    public ServerHello? ServerHello => talk.ServerHello;

    /// <summary>The HelloRetryRequest; null where none was seen.</summary>
    public ServerHello? HelloRetryRequest => talk.HelloRetryRequest;

    /// <summary>The version agreed on; null while unknown.</summary>
    public ProtocolVersion? Version => talk.ServerHello?.Version ?? talk.Ssl2ServerHello?.Version;

    /// <summary>The cipher suite agreed on; null while unknown.</summary>
    public CipherSuite? CipherSuite => talk.CipherSuite;

    /// <summary>The group in which keys were agreed on; null where unknown.</summary>
    public NamedGroup? Group => talk.Group;

    /// <summary>The application protocol chosen; null where none or unknown.</summary>
    public string? AlpnProtocol => talk.AlpnProtocol;

    /// <summary>The messages that could be read, in the order of capture.</summary>
    public IReadOnlyList<TlsMessageStep> Messages => talk.Messages;

    /// <summary>The alerts, inferred ones included, in the order of capture.</summary>
    public IEnumerable<TlsAlertStep> Alerts => steps.OfType<TlsAlertStep>();

    /// <summary>
    /// True where a look-up showed that the server offers ECH, false where one showed that it does not; null where none
    /// was seen: only that tells a real offer from GREASE (RFC 9849 section 6.2).
    /// </summary>
    public bool? IsEchConfigured { get; private set; }

    /// <inheritdoc/>
    internal override void LookedUp(IReadOnlyList<NameLookup> lookups)
    {
        for (var i = 0; i < lookups.Count; i++)
        {
            if (lookups[i].HasEchConfiguration is { } has) IsEchConfigured = has || IsEchConfigured == true;
        }
    }

    /// <summary>The server's chain, leaf first; empty where none was seen.</summary>
    public IReadOnlyList<CertificateEntry> ServerCertificates => talk.Client is { } client ? CertificatesFrom(client.Opposite()) : [];

    /// <summary>The client's chain, leaf first; empty where none was seen.</summary>
    public IReadOnlyList<CertificateEntry> ClientCertificates => talk.Client is { } client ? CertificatesFrom(client) : [];

    /// <summary>Whether an earlier session was taken up; null where that cannot be told.</summary>
    public TlsResumption? Resumption => TlsStates.ResumptionOf(this);

    /// <summary>What became of early data.</summary>
    public EarlyDataState EarlyData => TlsStates.EarlyDataOf(this);

    /// <summary>Whether the client showed a certificate; null where that cannot be told.</summary>
    public ClientCertificateState? ClientCertificate => TlsStates.ClientCertificateOf(this);

    /// <summary>
    /// What became of Encrypted ClientHello. Whether an offer is GREASE cannot be seen in the handshake: it is called
    /// <see cref="EchState.Offered"/> until a look-up says otherwise, see <see cref="IsEchConfigured"/>.
    /// </summary>
    public EchState Ech => TlsStates.EchOf(this);

    /// <summary>The frame at which the handshake was complete; not set where it never was.</summary>
    public FrameMark Done => TlsJudge.DoneOf(this).Mark;

    /// <inheritdoc/>
    public override PhaseSpan? Span
    {
        get
        {
            if (steps.Count == 0) return null;
            if (span is not null) return span;
            var start = talk.Client is { } client && talk.Find(HandshakeType.ClientHello, client) is { } hello ? hello.First : default;
            var marks = new List<string>(0);
            if (Resumption is TlsResumption.SessionId or TlsResumption.Ticket or TlsResumption.Psk) marks.Add("resumed");
            if (ClientCertificate == ClientCertificateState.Sent) marks.Add("mutual");
            if (IsDecrypted) marks.Add("decrypted");
            var done = Done;
            return span = new PhaseSpan(Phase.Tls, Carrier is null ? Version?.Name ?? "TLS" : $"{Version?.Name ?? "TLS"} in {Carrier}", marks, start, done, done.IsSet && start.IsSet ? RoundTrips(done) : null);
        }
    }

    internal SealedFlights? Flights => flights;

    /// <summary>True where a direction sent an alert, inferred ones included.</summary>
    internal bool HasAlert(Direction from) => HasStep<TlsAlertStep>(from);

    /// <summary>The first bytes of one direction that are no TLS; empty where all was.</summary>
    public ReadOnlyMemory<byte> ForeignBytes(Direction from) => halves[(int)from]?.Foreign ?? default;

    /// <inheritdoc/>
    public override Outcome? Judge(FlowSummary flow) => TlsJudge.Judge(this, flow);

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow) => TlsJson.Write(this, json, flow);

    /// <summary>True where application data of a direction was opened.</summary>
    internal bool HasOpenedData(Direction from) => opening is not null && opening.HasData(from);

    /// <summary>True where records of a direction were opened.</summary>
    internal bool IsOpened(Direction from) => opening is not null && opening.IsOpened(from);

    /// <summary>True where a direction sent application data behind the handshake, sealed or opened, as far as it can be told.</summary>
    internal bool HasData(Direction from)
    {
        if ((opening is not null && opening.HasData(from)) || steps.Any(s => s is ApplicationDataStep { IsEarly: false } && s.From == from)) return true;
        return from == talk.Client && flights is { HasClientData: true };
    }

    /// <summary>True where a direction sent early data that was not refused.</summary>
    internal bool HasEarlyData(Direction from) => EarlyData != EarlyDataState.Rejected
        && (steps.Any(s => s is ApplicationDataStep { IsEarly: true } && s.From == from) || flights is { Steps: var inferred } && inferred.Exists(s => s is ApplicationDataStep { IsEarly: true } && s.From == from));

    internal CarriedHalf? Half(Direction from) => halves[(int)from];

    /// <summary>The certificates of all Certificate messages of one direction, each with its frame.</summary>
    internal IEnumerable<(TlsMessageStep Step, int Position, Certificate Certificate)> AllCertificates()
    {
        foreach (var step in talk.Messages)
        {
            var entries = EntriesOf(step.Message);
            for (var i = 0; i < entries.Count; i++) yield return (step, i, entries[i].Certificate);
        }
    }

    private bool HasStep<T>(Direction? from)
        where T : Step
    {
        foreach (var step in steps)
        {
            if (step is T && (from is null || step.From == from)) return true;
        }

        return false;
    }

    private IReadOnlyList<CertificateEntry> CertificatesFrom(Direction from)
    {
        for (var i = 0; i < talk.Messages.Count; i++)
        {
            var step = talk.Messages[i];
            if (step.From == from && EntriesOf(step.Message) is { Count: > 0 } entries) return entries;
        }

        return [];
    }

    private static IReadOnlyList<CertificateEntry> EntriesOf(HandshakeMessage message) => message switch
    {
        CertificateMessage chain => chain.Entries,
        CompressedCertificate { Certificate: { } chain } => chain.Entries,
        Ssl2ServerHello { Certificate: { } single } => [single],
        _ => [],
    };

    /// <summary>Up to TLS 1.2: the first application data of each side.</summary>
    private void AddFirstData(List<Step> more, List<SealedMark> marks)
    {
        var isSeen = (Forward: false, Reverse: false);
        foreach (var mark in marks)
        {
            ref var seen = ref mark.From == Direction.Forward ? ref isSeen.Forward : ref isSeen.Reverse;
            if (seen || (opening is not null && opening.HasData(mark.From))) continue;
            seen = true;
            var isEarly = !mark.IsAfterServerHello && talk.ClientHello is { OffersEarlyData: true } && mark.From == talk.Client;
            more.Add(new ApplicationDataStep { From = mark.From, First = mark.First, Last = mark.Last, Bytes = mark.Length, IsEarly = isEarly });
        }
    }

    /// <summary>What one side said that is no TLS.</summary>
    private void AddCleartext(List<Step> more, Direction from)
    {
        if (halves[(int)from] is not { IsCleartext: true } half) return;
        more.Add(new CleartextStep(Cleartext.Of(half.Foreign.Span), half.SeenBytes) { From = from, First = half.ForeignMark, Last = half.ForeignMark });
    }

    /// <summary>
    /// A round trip for each time the client had to wait for the server. Its ChangeCipherSpec of TLS 1.3 (RFC 8446 appendix D.4) and its
    /// early data ask for nothing.
    /// </summary>
    private double RoundTrips(FrameMark done)
    {
        var trips = 0;
        Direction? before = talk.Client;
        foreach (var step in steps)
        {
            if (step.Phase != Phase.Tls || step.Last.Frame > done.Frame) continue;
            if (step is ApplicationDataStep || (step is ChangeCipherSpecStep && talk.IsTls13)) continue;
            if (step.From != before && step.From != talk.Client) trips++;
            before = step.From;
        }

        return trips;
    }
}
