using System.Text.Json;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Recognition;
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
internal sealed class TlsFacts : ProtocolFacts
{
    private readonly TlsSession session;
    private readonly CarriedHalf?[] halves;
    private readonly IReadOnlyList<Step> steps;
    private readonly EncryptedFlights? flights;
    private readonly IDecryptedRecords? decryption;
    private readonly HandshakeVerifier verifications;
    private readonly IReadOnlyList<EncryptedEntry> stored;
    private PhaseSpan? span;

    internal TlsFacts(
        TlsSession session, CarriedHalf? forward, CarriedHalf? reverse, List<EncryptedRecordMark> marks, IReadOnlyList<EncryptedEntry> entries, IDecryptedRecords? decryption, HandshakeVerifier verifications)
    {
        this.session = session;
        this.decryption = decryption;
        this.verifications = verifications;
        stored = entries;
        halves = [forward, reverse];
        IsDecrypted = IsOpened(Direction.Forward) || IsOpened(Direction.Reverse);
        for (var i = 0; i < session.Steps.Count; i++)
        {
            if (session.Steps[i] is ChangeCipherSpecStep change) (change.IsTls13, change.HasVersion) = (session.IsTls13, session.Version is not null);
        }

        var more = new List<Step>(4);
        if (decryption is not null) more.AddRange(decryption.DataSteps);
        if (session.IsTls13 && session.Client is { } client)
        {
            // With keys too: the lengths are still needed where a relevant record cannot be decrypted.
            flights = EncryptedFlights.Infer(marks, session, client, Half(client) is { HasGap: true });
            foreach (var step in flights.Steps)
            {
                if (!IsOpened(step.From)) more.Add(step);
            }
        }
        else if (!session.IsTls13)
        {
            AddFirstData(more, marks);
        }

        AddCleartext(more, Direction.Forward);
        AddCleartext(more, Direction.Reverse);
        steps = session.SortedSteps(more);
        var isResumed = Resumption is TlsResumption.SessionId or TlsResumption.Ordinal or TlsResumption.Psk;
        for (var i = 0; i < session.Messages.Count; i++)
        {
            var message = session.Messages[i];
            message.Verifications = verifications;
            message.IsResumed = isResumed;
        }
    }

    /// <summary>What carries it, where its version does not say so: "QUIC v1"; null elsewhere.</summary>
    public string? Carrier { get; init; }

    /// <summary>True where every fragment of a flight waits for an acknowledgment, as in EAP: then flights are not round trips.</summary>
    public bool HasAcknowledgedFragments { get; init; }

    /// <summary>True where another TLS handshake passed through it, in the tunnel of a proxy.</summary>
    public bool CarriesTls { get; init; }

    /// <summary>Datagrams that bring nothing new, over DTLS.</summary>
    internal (int Forward, int Reverse) RepeatedDatagrams { get; init; }

    /// <inheritdoc/>
    public override (int Forward, int Reverse) Retransmissions => RepeatedDatagrams;

    /// <inheritdoc/>
    public override string JsonKey => "tls";

    /// <inheritdoc/>
    public override string? Wrapper => CarriesTls ? "tls" : null;

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => steps;

    /// <inheritdoc/>
    public override Direction? ClientDirection => session.Client;

    /// <inheritdoc/>
    public override string? ServerName => session.ClientHello?.ServerName ?? session.RepeatedClientHello?.ServerName;

    /// <inheritdoc/>
    public override IReadOnlyList<Unparsed> Unparsed => session.Unparsed;

    /// <summary>The session with all its messages.</summary>
    public TlsSession Session => session;

    /// <summary>The stored encrypted records, in capture order; empty unless requested.</summary>
    public IReadOnlyList<EncryptedRecord> EncryptedRecords => [.. stored.Select(e => e.Record)];

    /// <summary>True where messages were decrypted.</summary>
    public bool IsDecrypted { get; }

    /// <summary>What was checked of the handshake, in the order in which it was sent. Worked out when first asked for.</summary>
    public IReadOnlyList<VerificationItem> Verifications => verifications.All;

    /// <summary>The first ClientHello; null where none was seen.</summary>
    public ClientHello? ClientHello => session.ClientHello;

    /// <summary>The first ServerHello; null where none was seen.</summary>
    public ServerHello? ServerHello => session.ServerHello;

    /// <summary>The HelloRetryRequest; null where none was seen.</summary>
    public ServerHello? HelloRetryRequest => session.HelloRetryRequest;

    /// <summary>The version agreed on; null while unknown.</summary>
    public ProtocolVersion? Version => session.ServerHello?.Version ?? session.Ssl2ServerHello?.Version;

    /// <summary>The cipher suite agreed on; null while unknown.</summary>
    public CipherSuite? CipherSuite => session.CipherSuite;

    /// <summary>The group in which keys were agreed on; null where unknown.</summary>
    public NamedGroup? Group => session.Group;

    /// <summary>The application protocol chosen; null where none or unknown.</summary>
    public string? AlpnProtocol => session.AlpnProtocol;

    /// <summary>The messages that could be read, in the order of capture.</summary>
    public IReadOnlyList<TlsMessageStep> Messages => session.Messages;

    /// <summary>The alerts, inferred ones included, in the order of capture.</summary>
    public IEnumerable<TlsAlertStep> Alerts => steps.OfType<TlsAlertStep>();

    /// <summary>
    /// True if a DNS resolution showed that the server offers ECH, false if one showed that it does not; null if none
    /// was seen: only that distinguishes a real offer from GREASE (RFC 9849 section 6.2).
    /// </summary>
    public bool? IsEchConfigured { get; private set; }

    /// <inheritdoc/>
    internal override void Resolved(IReadOnlyList<DnsQuery> queries)
    {
        for (var i = 0; i < queries.Count; i++)
        {
            if (queries[i].HasEchConfiguration is { } has) IsEchConfigured = has || IsEchConfigured == true;
        }
    }

    /// <summary>The server's chain, leaf first; empty where none was seen.</summary>
    public IReadOnlyList<CertificateEntry> ServerCertificates => session.Client is { } client ? CertificatesFrom(client.Opposite()) : [];

    /// <summary>The client's chain, leaf first; empty where none was seen.</summary>
    public IReadOnlyList<CertificateEntry> ClientCertificates => session.Client is { } client ? CertificatesFrom(client) : [];

    /// <summary>Whether an earlier session was resumed; null if unknown.</summary>
    public TlsResumption? Resumption => TlsStates.ResumptionOf(this);

    /// <summary>What became of early data.</summary>
    public EarlyDataState EarlyData => TlsStates.EarlyDataOf(this);

    /// <summary>Whether the client sent a certificate; null if unknown.</summary>
    public ClientCertificateState? ClientCertificate => TlsStates.ClientCertificateOf(this);

    /// <summary>
    /// The state of Encrypted ClientHello. Whether an offer is GREASE is not visible in the handshake: it is reported as
    /// <see cref="EchState.Offered"/> until a DNS resolution shows otherwise, see <see cref="IsEchConfigured"/>.
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
            var start = session.Client is { } client && session.Find(HandshakeType.ClientHello, client) is { } hello ? hello.First : default;
            var marks = new List<string>(0);
            if (Resumption is TlsResumption.SessionId or TlsResumption.Ordinal or TlsResumption.Psk) marks.Add("resumed");
            if (ClientCertificate == ClientCertificateState.Sent) marks.Add("mutual");
            if (IsDecrypted) marks.Add("decrypted");
            var done = Done;
            return span = new PhaseSpan(Phase.Tls, Carrier is null ? Version?.Name ?? "TLS" : $"{Version?.Name ?? "TLS"} in {Carrier}", marks, start, done, done.IsSet && start.IsSet && !HasAcknowledgedFragments ? RoundTrips(done) : null)
            {
                Remark = EarlyData switch { EarlyDataState.Accepted => "0-RTT accepted, a round trip saved", EarlyDataState.Rejected => "0-RTT rejected", _ => null },
            };
        }
    }

    /// <inheritdoc/>
    public override string EncryptedFrom
    {
        get
        {
            if (session.IsTls13) return Group is { } shared ? $"Encrypted: both sides have {shared.Label} keys" : "Encrypted from here";
            return Group is { } group ? $"Encrypted after ChangeCipherSpec: {group.Label} keys" : "Encrypted after ChangeCipherSpec";
        }
    }

    internal EncryptedFlights? Flights => flights;

    /// <summary>True where a direction sent an alert, inferred ones included.</summary>
    internal bool HasAlert(Direction from) => HasStep<TlsAlertStep>(from);

    /// <summary>The first bytes of one direction that are no TLS; empty where all was.</summary>
    public ReadOnlyMemory<byte> ForeignBytes(Direction from) => halves[(int)from]?.Foreign ?? default;

    /// <inheritdoc/>
    public override Outcome? Judge(FlowSummary flow) => TlsJudge.Judge(this, flow);

    /// <inheritdoc/>
    internal override IEnumerable<Original> Originals => TlsOriginals.Of(this);

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow) => TlsJson.Write(this, json, flow);

    /// <summary>True if application data of a direction was decrypted.</summary>
    internal bool HasOpenedData(Direction from) => decryption is not null && decryption.HasData(from);

    /// <summary>True if records of a direction were decrypted.</summary>
    internal bool IsOpened(Direction from) => decryption is not null && decryption.IsOpened(from);

    /// <summary>True if a direction sent application data after the handshake, encrypted or decrypted, as far as that is known.</summary>
    internal bool HasData(Direction from)
    {
        if ((decryption is not null && decryption.HasData(from)) || HasDataStep(from, isEarly: false)) return true;
        return from == session.Client && flights is { HasClientData: true };
    }

    /// <summary>True where a direction sent early data that was not refused.</summary>
    internal bool HasEarlyData(Direction from) => EarlyData != EarlyDataState.Rejected
        && (HasDataStep(from, isEarly: true) || flights is { Steps: var inferred } && inferred.Exists(s => s is ApplicationDataStep { IsEarly: true } && s.From == from));

    internal CarriedHalf? Half(Direction from) => halves[(int)from];

    /// <summary>The certificates of all Certificate messages of one direction, each with its frame.</summary>
    internal IEnumerable<(TlsMessageStep Step, int Position, Certificate Certificate)> AllCertificates()
    {
        foreach (var step in session.Messages)
        {
            var entries = EntriesOf(step.Message);
            for (var i = 0; i < entries.Count; i++) yield return (step, i, entries[i].Certificate);
        }
    }

    private bool HasDataStep(Direction from, bool isEarly)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is ApplicationDataStep data && data.IsEarly == isEarly && data.From == from) return true;
        }

        return false;
    }

    private bool HasStep<T>(Direction? from)
        where T : Step
    {
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step is T && (from is null || step.From == from)) return true;
        }

        return false;
    }

    private IReadOnlyList<CertificateEntry> CertificatesFrom(Direction from)
    {
        for (var i = 0; i < session.Messages.Count; i++)
        {
            var step = session.Messages[i];
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
    private void AddFirstData(List<Step> more, List<EncryptedRecordMark> marks)
    {
        var isSeen = (Forward: false, Reverse: false);
        foreach (var mark in marks)
        {
            ref var seen = ref mark.From == Direction.Forward ? ref isSeen.Forward : ref isSeen.Reverse;
            if (seen || (decryption is not null && decryption.HasData(mark.From))) continue;
            seen = true;
            var isEarly = !mark.IsAfterServerHello && session.ClientHello is { OffersEarlyData: true } && mark.From == session.Client;
            more.Add(new ApplicationDataStep { From = mark.From, First = mark.First, Last = mark.Last, Bytes = mark.Length, IsEarly = isEarly });
        }
    }

    /// <summary>Bytes of one side that are not TLS.</summary>
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
        Direction? before = session.Client;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            if (step.Phase != Phase.Tls || step.Last.Frame > done.Frame) continue;
            if (step is ApplicationDataStep || (step is ChangeCipherSpecStep && session.IsTls13)) continue;
            if (step.From != before && step.From != session.Client) trips++;
            before = step.From;
        }

        return trips;
    }
}
