using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid;

/// <summary>
/// Maps the model of the analysis to the types of the library's users. It is the only place that knows both, so that the model can change
/// without breaking a program.
/// </summary>
internal static class HandshakeMapping
{
    public static HandshakeEndpoint Endpoint(Party party) => party.Endpoint is { Address.IsLinkLayer: false } endpoint
        ? new HandshakeEndpoint(endpoint.Address.ToIPAddress(), endpoint.Port, party.Name)
        : new HandshakeEndpoint(null, null, party.Name);

    public static HandshakeOutcome Outcome(Outcome outcome) => new(
        outcome.Class.Name, Confidence(outcome.Confidence), ActorOf(outcome.By), outcome.Frame > 0 ? outcome.Frame : null);

    public static HandshakeTiming Timing(Connection connection)
    {
        var timing = connection.Timing;
        return new HandshakeTiming
        {
            Dns = Span(timing.Dns),
            Tcp = Span(timing.Tcp),
            Tls = Span(timing.Tls),
            Total = Span(timing.Total),
            RoundTrip = Span(timing.RoundTrip),
            ServerThinkTime = Span(timing.ServerThink),
            ClientThinkTime = Span(timing.ClientThink),
            Waits = [.. connection.Waits.Select(w => new HandshakeWait(w.After, w.Before, Span(w.Length), ActorOf(w.By)))],
        };
    }

    public static IReadOnlyList<HandshakeStep> Steps(Connection connection) => [.. connection.Steps.Select(s => Step(s, connection))];

    public static IReadOnlyList<HandshakeFinding> Findings(DiagnosedConnection diagnosed) => [.. diagnosed.Findings.Select(f => new HandshakeFinding
    {
        Code = f.Code,
        Severity = f.Severity switch { Severity.Error => FindingSeverity.Error, Severity.Warning => FindingSeverity.Warning, _ => FindingSeverity.Info },
        Confidence = Confidence(f.Confidence),
        Title = f.Title,
        Cause = f.Cause,
        Fix = f.Fix,
        Aliases = [.. f.Aliases],
        Frames = [.. f.Frames],
        Specification = f.Spec,
        FollowsFrom = f.FollowsFrom,
    })];

    public static IReadOnlyList<UnparsedPart> Unparsed(Connection connection) => [.. connection.Unparsed.Select(u => new UnparsedPart(ReasonOf(u.What), u.Detail, [.. u.Frames]))];

    public static HandshakeTls? Tls(Connection connection) => connection.FactsOf<TlsFacts>() is not { } facts ? null : new HandshakeTls
    {
        Version = facts.Version?.Name,
        CipherSuite = facts.CipherSuite?.Name,
        Group = facts.Group?.Name,
        ServerName = facts.ServerName,
        ApplicationProtocol = facts.AlpnProtocol,
        OfferedApplicationProtocols = [.. facts.ClientHello?.AlpnProtocols ?? []],
        IsDecrypted = facts.IsDecrypted,
    };

    public static HandshakeVisit? Visit(Connection connection) => connection.Visit is not { } visit ? null : new HandshakeVisit
    {
        Id = visit.Id,
        Lane = visit.Lane,
        Reason = visit.ReasonName,
        Confidence = Confidence(visit.Confidence),
        Text = visit.Sentence,
        Frames = [.. visit.Frames],
        OtherAddress = visit.Other.Address.ToIPAddress(),
        OtherPort = visit.Other.Port,
        OtherFirstFrame = visit.OtherFrame,
    };

    public static IReadOnlyList<HandshakeCertificate> Certificates(Connection connection)
    {
        if (connection.FactsOf<TlsFacts>() is not { } facts) return [];
        return [.. facts.AllCertificates().Select(c => new HandshakeCertificate
        {
            Sender = ActorOf(connection.SideOf(c.Step)),
            Position = c.Position,
            Frame = c.Step.First.Frame,
            Subject = c.Certificate.Subject,
            Issuer = c.Certificate.Issuer,
            SerialNumber = c.Certificate.Serial,
            NotBefore = c.Certificate.NotBefore is { } from ? Moment(from) : null,
            NotAfter = c.Certificate.NotAfter is { } until ? Moment(until) : null,
            SubjectAlternativeNames = [.. c.Certificate.SubjectAlternativeNames],
            PublicKey = c.Certificate.Key,
            SignatureAlgorithm = c.Certificate.Signature,
            Sha256 = c.Certificate.Sha256,
            RawData = c.Certificate.Der.ToArray(),
        })];
    }

    /// <summary>A moment in the resolution of .NET, 100 nanoseconds.</summary>
    public static DateTimeOffset Moment(Timestamp time) => DateTimeOffset.UnixEpoch.AddTicks(time.Nanoseconds / TimeSpan.NanosecondsPerTick);

    private static HandshakeStep Step(Step step, Connection connection)
    {
        var side = ActorOf(connection.SideOf(step));
        var peer = side == HandshakeActor.Client ? HandshakeActor.Server : HandshakeActor.Client;
        var (from, to) = (side, peer);
        if (step.Router is not null) from = HandshakeActor.Network;
        else if (step.Helper is not null)
        {
            var helper = step.Phase.Role == PhaseRole.Resolution ? HandshakeActor.Resolver : HandshakeActor.Supplicant;
            (from, to) = side == HandshakeActor.Client ? (side, helper) : (helper, peer);
        }

        return new HandshakeStep
        {
            Time = Moment(step.Last.Time),
            Elapsed = Span(step.Last.Time - connection.First.Time),
            FirstFrame = step.First.Frame,
            LastFrame = step.Last.Frame,
            From = from,
            To = to,
            ThirdParty = step.Router ?? step.Helper,
            Phase = step.Phase.Name,
            Title = step.Title,
            Details = [.. step.Facts().Select(f => f.Name.Length == 0 ? f.Text : $"{f.Name} {f.Text}")],
            Provenance = step.Provenance switch { Provenance.Clear => StepProvenance.Clear, Provenance.Decrypted => StepProvenance.Decrypted, _ => StepProvenance.Inferred },
            IsFailure = (step.IsDeadEnd && step.Router is null) || step.IsUndelivered,
        };
    }

    private static TimeSpan Span(Duration duration) => TimeSpan.FromTicks(duration.Nanoseconds / TimeSpan.NanosecondsPerTick);

    private static TimeSpan? Span(Duration? duration) => duration is { } known ? Span(known) : null;

    private static HandshakeConfidence Confidence(Confidence confidence) =>
        confidence == HandshakeToMermaid.Protocols.Contracts.Confidence.Certain ? HandshakeConfidence.Verified : HandshakeConfidence.Likely;

    private static HandshakeActor ActorOf(Side side) => side == Side.Client ? HandshakeActor.Client : HandshakeActor.Server;

    private static HandshakeActor ActorOf(WaitFor side) => side switch
    {
        WaitFor.Client => HandshakeActor.Client,
        WaitFor.Server => HandshakeActor.Server,
        _ => HandshakeActor.Resolver,
    };

    private static HandshakeActor? ActorOf(OutcomeActor actor) => actor switch
    {
        OutcomeActor.Client => HandshakeActor.Client,
        OutcomeActor.Server => HandshakeActor.Server,
        OutcomeActor.Network => HandshakeActor.Network,
        _ => null,
    };

    private static string ReasonOf(UnparsedReason kind) => kind switch
    {
        UnparsedReason.Gap => "gap",
        UnparsedReason.CutPacket => "cut_packet",
        UnparsedReason.OneSided => "one_sided",
        UnparsedReason.JoinedMidway => "joined_midway",
        UnparsedReason.NoKeys => "no_keys",
        UnparsedReason.Cap => "cap",
        _ => "fault",
    };
}
