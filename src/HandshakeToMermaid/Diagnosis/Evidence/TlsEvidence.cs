using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Extensions;
using HandshakeToMermaid.Protocols.Tls.Codec.Messages;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Facts;
using HandshakeToMermaid.Protocols.Tls.Steps;
using HandshakeToMermaid.Protocols.Tls.Verification;
using HandshakeToMermaid.Streams;
using CertificateStatusMessage = HandshakeToMermaid.Protocols.Tls.Codec.Messages.CertificateStatus;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>What rules read of a TLS handshake: the messages of each side, their steps, and who ended it why.</summary>
internal sealed class TlsEvidence
{
    private readonly RuleContext witness;
    private readonly bool isInTunnel;
    private SentChain? serverChain, clientChain;
    private StapledStatus? staple;
    private bool hasServerChain, hasClientChain, hasStaple;
    private bool hasLeftUnused;
    private FrameMark leftUnused;

    /// <summary>Describes a handshake.</summary>
    /// <param name="witness">What the rules share.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="facts">What was learned of the handshake.</param>
    /// <param name="flow">The transport below.</param>
    /// <param name="isInTunnel">True for the handshake in a tunnel inside TLS: the connection's outcome and DNS queries are those of the handshake with the proxy.</param>
    public TlsEvidence(RuleContext witness, Connection connection, TlsFacts facts, FlowSummary flow, bool isInTunnel = false)
    {
        this.witness = witness;
        this.isInTunnel = isInTunnel;
        Connection = connection;
        Facts = facts;
        Flow = flow;
        Client = flow.Client;
        Server = Client.Opposite();
        var alerts = facts.Session.Alerts;
        for (var i = 0; i < alerts.Count && Alert is null; i++)
        {
            if (EndsHandshake(alerts[i])) Alert = alerts[i];
        }
    }

    public Connection Connection { get; }

    public TlsFacts Facts { get; }

    public FlowSummary Flow { get; }

    /// <summary>The direction in which the client sends.</summary>
    public Direction Client { get; }

    /// <summary>The direction in which the server sends.</summary>
    public Direction Server { get; }

    /// <summary>True where the handshake failed. In a tunnel an alert alone shows it, where no bytes are missing.</summary>
    public bool HasFailed => isInTunnel ? Alert is not null && Facts is { Done.IsSet: false } && !Flow.LacksAnyOf(Client) && !Flow.LacksAnyOf(Server) : Connection.Outcome.IsFailure;

    /// <summary>True where it completed.</summary>
    public bool IsEstablished => isInTunnel ? Facts.Done.IsSet : Connection.Outcome.Class == OutcomeClass.Established;

    /// <summary>The readable alert that ended the connection; null where there is none.</summary>
    public TlsAlertStep? Alert { get; }

    /// <summary>What <see cref="Alert"/> says; null where there is none.</summary>
    public AlertDescription? Complaint => Alert?.Alert?.Description;

    /// <summary>True where the alert that ended it came from the client.</summary>
    public bool IsClientsAlert => Alert is { } alert && alert.From == Client;

    /// <summary>True where the alert that ended it came from the server.</summary>
    public bool IsServersAlert => Alert is { } alert && alert.From == Server;

    /// <summary>The first ClientHello.</summary>
    public TlsMessageStep? ClientHello => Find<ClientHello>(Client);

    /// <summary>The ServerHello.</summary>
    public TlsMessageStep? ServerHello => FindServerHello(isRetry: false);

    /// <summary>The HelloRetryRequest.</summary>
    public TlsMessageStep? RetryRequest => FindServerHello(isRetry: true);

    /// <summary>The first readable alert of that name from one side; null where there is none.</summary>
    public TlsAlertStep? FindAlert(Direction from, AlertDescription description)
    {
        var alerts = Facts.Session.Alerts;
        for (var i = 0; i < alerts.Count; i++)
        {
            if (alerts[i].From == from && alerts[i].Alert?.Description == description) return alerts[i];
        }

        return null;
    }

    /// <summary>The server's CertificateRequest.</summary>
    public TlsMessageStep? CertificateRequest => Find<CertificateRequest>(Server);

    /// <summary>True where the server answered a hello with anything of TLS but an alert.</summary>
    public bool HasServerHello => ServerHello is not null || Facts.ServerHello is not null;

    /// <summary>True where what ended the connection stands before the ServerHello: that came too late to be the reason.</summary>
    public bool HasLeftBeforeServerHello => !isInTunnel && Connection.Outcome is { By: OutcomeActor.Client, Frame: > 0 and var left } && ServerHello is { } late && left < late.Last.Frame;

    /// <summary>The server's chain; null where it was not seen.</summary>
    public SentChain? ServerChain
    {
        get
        {
            if (!hasServerChain) (hasServerChain, serverChain) = (true, ChainFrom(Server, isServer: true));
            return serverChain;
        }
    }

    /// <summary>The client's chain; null where it was not seen or is empty.</summary>
    public SentChain? ClientChain
    {
        get
        {
            if (!hasClientChain) (hasClientChain, clientChain) = (true, ChainFrom(Client, isServer: false));
            return clientChain;
        }
    }

    /// <summary>What the server stapled; null where nothing was seen.</summary>
    public StapledStatus? Staple
    {
        get
        {
            if (!hasStaple) (hasStaple, staple) = (true, FindStaple());
            return staple;
        }
    }

    /// <summary>The name that the client wanted: the one it sent, else the one it looked up, or asked a proxy for; null where none was seen.</summary>
    public string? WantedName => Facts.ServerName ?? (isInTunnel ? Connection.Behind?.Host : ResolvedName);

    /// <summary>The name that the client had resolved; null where several names share the address, so that it is ambiguous.</summary>
    private string? ResolvedName => Connection.Queries.Count > 0 && Connection.Server.Name is not null ? Connection.Queries.LastOrDefault(l => l.Addresses.Count > 0)?.Name : null;

    /// <summary>
    /// Where the client ended a connection that it had not used: it completed the handshake and closed without sending data, as programs
    /// do that check the certificate only then. Not set where it did not.
    /// </summary>
    public FrameMark LeftUnused
    {
        get
        {
            if (!hasLeftUnused) (hasLeftUnused, leftUnused) = (true, FindLeftUnused());
            return leftUnused;
        }
    }

    /// <summary>True where the client left an unused connection within that time of the end of the handshake, the way to it not counted.</summary>
    public bool LeftUnusedWithin(Duration time)
    {
        if (!LeftUnused.IsSet || Facts.Done is not { IsSet: true } done) return false;
        var isClientLast = Facts.Steps.Any(s => s.From == Client && s.Phase == Phase.Tls && s.Last.Frame == done.Frame);
        var way = isClientLast ? default : Connection.Timing.RoundTrip ?? default;
        return LeftUnused.Time - done.Time <= time + way;
    }

    /// <summary>What can be known of the server's certificate.</summary>
    public CertificateVisibility CertificateSight
    {
        get
        {
            if (ServerChain is not null) return CertificateVisibility.Seen;
            if (Facts.Messages.Any(m => m.From == Server && m.Message is CertificateMessage { Entries.Count: > 0 } or CompressedCertificate)) return CertificateVisibility.NotCaptured;
            if (!HasServerHello) return CertificateVisibility.NotSent;
            if (Facts.Resumption is TlsResumption.Psk or TlsResumption.SessionId or TlsResumption.Ordinal) return CertificateVisibility.NotSent;
            var half = Facts.Half(Server);
            if (Facts.Version is not { IsTls13: true })
            {
                // Anonymous and pre-shared keys need none (RFC 5246 section 7.4.2).
                return half is { HasGap: true } ? CertificateVisibility.NotCaptured : CertificateVisibility.NotSent;
            }

            if (Facts.Session.Find(HandshakeType.Finished, Server) is not null) return half is { HasGap: true } ? CertificateVisibility.NotCaptured : CertificateVisibility.NotSent;
            var isSealed = Facts.Flights?.ServerFlight is not null || (Flow.Tcp is null && !Facts.IsDecrypted);
            return isSealed ? CertificateVisibility.Encrypted : half is { HasGap: true } ? CertificateVisibility.NotCaptured : CertificateVisibility.NotSent;
        }
    }

    /// <summary>A clause that says where the server's certificate stands, for causes that speak of it: ", which is encrypted here".</summary>
    public string CertificateClause => CertificateSight switch
    {
        CertificateVisibility.Seen => "which shows no fault",
        CertificateVisibility.Encrypted => "which is encrypted here",
        _ => "which is not in the capture",
    };

    /// <summary>
    /// Lays the end of the connection to something about the server's certificate: the client's alert must be one that fits,
    /// or it closed after the server's flight without readable data.
    /// </summary>
    /// <param name="fitting">The alerts that report exactly this.</param>
    public Attribution AttributeToServerCertificate(params byte[] fitting)
    {
        if (LeftUnusedWithin(OwnCheck)) return new Attribution(Severity.Error, Confidence.Likely, [LeftUnused.Frame]);
        if (!HasFailed) return Tolerated;
        if (IsClientsAlert && Complaint is { } complaint)
        {
            var fits = fitting.Contains(complaint.Code) || Unspecific.Contains(complaint.Code);
            return fits ? new Attribution(Severity.Error, Confidence.Certain, [Alert!.Last.Frame]) : Tolerated;
        }

        var left = Alert is null && Connection.Outcome.By == OutcomeActor.Client
            && Connection.Outcome.Class.IsAnyOf(OutcomeClass.ClientRejected, OutcomeClass.ClosedByClient, OutcomeClass.ResetByClient);
        return left ? new Attribution(Severity.Error, Confidence.Likely, [Connection.Outcome.Frame]) : Tolerated;
    }

    /// <summary>The frames of steps, each once, in order; those that are null are left out.</summary>
    public static IReadOnlyList<long> FramesOf(params ReadOnlySpan<Step?> steps)
    {
        var frames = new List<long>(steps.Length);
        foreach (var step in steps)
        {
            if (step is null) continue;
            var place = frames.BinarySearch(step.Last.Frame);
            if (place < 0) frames.Insert(~place, step.Last.Frame);
        }

        return frames;
    }

    /// <summary>Frames from several sources, each once, in order.</summary>
    public static IReadOnlyList<long> Frames(IEnumerable<long> some, IEnumerable<long> more) => [.. some.Concat(more).Where(f => f > 0).Distinct().Order()];

    /// <summary>What a client may take to look at a certificate that its library let pass, a user's script included.</summary>
    private static readonly Duration OwnCheck = Duration.FromSeconds(1);

    private static Attribution Tolerated => new(Severity.Warning, Confidence.Certain, []);

    private FrameMark FindLeftUnused()
    {
        if (isInTunnel || !IsEstablished || Flow.Tcp is null || Facts.HasData(Client) || Facts.HasEarlyData(Client)) return default;
        if (Facts.Half(Client) is { DataRecords: > 0 } && Facts.Version is not { IsTls13: true }) return default;
        // Where bytes are missing there may have been a request among them.
        if (Flow.LacksAnyOf(Client) || Facts.Half(Client) is not { HasGap: false, HasLostRecords: false }) return default;
        var end = TlsEnd.OfEstablished(Facts, Flow, Client);
        var other = TlsEnd.OfEstablished(Facts, Flow, Server);
        return end.IsSet && (!other.IsSet || other.IsAfter(end)) ? end : default;
    }

    private TlsMessageStep? Find<T>(Direction from)
        where T : HandshakeMessage
    {
        for (var i = 0; i < Facts.Messages.Count; i++)
        {
            var step = Facts.Messages[i];
            if (step.From == from && step.Message is T) return step;
        }

        return null;
    }

    private TlsMessageStep? FindServerHello(bool isRetry)
    {
        for (var i = 0; i < Facts.Messages.Count; i++)
        {
            var step = Facts.Messages[i];
            if (step.Message is ServerHello hello && hello.IsHelloRetryRequest == isRetry) return step;
        }

        return null;
    }

    private SentChain? ChainFrom(Direction from, bool isServer)
    {
        var entries = isServer ? Facts.ServerCertificates : Facts.ClientCertificates;
        if (entries.Count == 0 || entries[0].Certificate.SubjectPublicKeyInfo.IsEmpty) return null;
        foreach (var step in Facts.Messages)
        {
            if (step.From != from || step.Message is not (CertificateMessage { Entries.Count: > 0 } or CompressedCertificate or Ssl2ServerHello)) continue;
            return new SentChain(step, witness.Walk(entries, isServer));
        }

        return null;
    }

    private StapledStatus? FindStaple()
    {
        if (ServerChain is not { } chain) return null;
        if (Find<CertificateStatusMessage>(Server) is { Message: CertificateStatusMessage { Response: { } sent } } step) return StapledStatus.Of(sent, chain.Leaf, step.Last);

        var extension = Facts.ServerCertificates[0].Extensions.Find<StatusRequestExtension>();
        return extension is { Response: { } extended } ? StapledStatus.Of(extended, chain.Leaf, chain.Step.Last) : null;
    }

    private bool EndsHandshake(TlsAlertStep step) =>
        step.Alert is { } alert && TlsJudge.IsFatal(alert, Facts.Version is { IsTls13: true }) && !TlsJudge.IsBehindEnd(step, Facts, Flow);

    /// <summary>
    /// Alerts that programs send for any displeasure with a certificate: unexpected_message and illegal_parameter are left out,
    /// handshake_failure, bad_certificate, unsupported_certificate, certificate_unknown, access_denied, decrypt_error, internal_error
    /// and bad_certificate_status_response are not.
    /// </summary>
    private static readonly byte[] Unspecific = [40, 42, 43, 46, 49, 51, 80, 113];
}
