using System.Globalization;
using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// Why a client used QUIC and TCP for one name. Only what packets show is said; what follows from it is said to be probable: a client does not
/// tell why it goes over to the other transport, and what was not captured may have been sent.
/// </summary>
internal static class VisitRule
{
    /// <summary>Why there are two lanes.</summary>
    /// <param name="quic">The connection over QUIC, as far as it has got.</param>
    /// <param name="tcp">The connection over TCP, as far as it has got.</param>
    public static VisitCause Of(Connection quic, Connection tcp)
    {
        var (first, second) = Order(quic, tcp);
        var apart = Start(second).Time.Since(Start(first).Time);
        var refused = Refusal(first, second);
        if (refused is not null && apart <= Together && !refused.IsBefore(Start(second)))
            return new VisitCause(VisitReason.Race, $"{NameOf(first)} began {Text(apart)} before {NameOf(second)}, probably a race: {refused.What}", Confidence.Likely, [Start(first).Frame, Start(second).Frame, .. refused.Frames]);
        if (refused is not null)
            return new VisitCause(VisitReason.Fallback, $"{NameOf(first)} began {Text(apart)} before {NameOf(second)}, and {refused.What}: {NameOf(second)} is probably the fallback", Confidence.Likely, [Start(first).Frame, .. refused.Frames, Start(second).Frame]);
        if (ReferenceEquals(second, quic) && AltSvc(tcp, Start(quic)) is { IsSet: true } offer)
            return new VisitCause(VisitReason.AltSvc, $"A response over TCP offered h3 (Alt-Svc), and QUIC began {Text(Start(quic).Time.Since(offer.Time))} later: probably because of it", Confidence.Likely, [offer.Frame, Start(quic).Frame]);
        var record = HttpsRecord(quic, tcp);
        if (apart <= Together) return Race(first, second, apart, record);
        if (ReferenceEquals(second, quic) && record.IsSet)
            return new VisitCause(VisitReason.HttpsRecord, $"The HTTPS record of the name offers h3, and QUIC began {Text(apart)} after TCP: probably because of it", Confidence.Likely, [record.Frame, Start(quic).Frame]);
        return new VisitCause(VisitReason.Unknown, $"{NameOf(second)} began {Text(apart)} after {NameOf(first)}: the capture does not show why both were used", Confidence.Certain, [Start(first).Frame, Start(second).Frame]);
    }

    /// <summary>The lane that began first, and the other one.</summary>
    public static (Connection First, Connection Second) Order(Connection quic, Connection tcp) => quic.Flow!.Flow.Ordinal < tcp.Flow!.Flow.Ordinal ? (quic, tcp) : (tcp, quic);

    private static VisitCause Race(Connection first, Connection second, Duration apart, FrameMark record)
    {
        var said = $"{NameOf(first)} began {Text(apart)} before {NameOf(second)}, probably a race";
        var (one, other) = (FinishOf(first), FinishOf(second));
        List<long> frames = [Start(first).Frame, Start(second).Frame];
        if (one.IsSet && other.IsSet)
        {
            var (winner, ahead) = other.IsAfter(one) ? (first, other.Time.Since(one.Time)) : (second, one.Time.Since(other.Time));
            said += $": {NameOf(winner)} finished its handshake {Text(ahead)} sooner";
            if (CarriesData(first) != CarriesData(second)) said += $", data followed on {NameOf(CarriesData(first) ? first : second)} only";
            frames.AddRange([one.Frame, other.Frame]);
        }
        else if (one.IsSet != other.IsSet)
        {
            var (done, left) = one.IsSet ? (first, second) : (second, first);
            said += $": only {NameOf(done)} is seen to finish its handshake";
            frames.Add(one.IsSet ? one.Frame : other.Frame);
            if (left.Outcome is { IsFailure: true, Frame: > 0, By: OutcomeActor.Client or OutcomeActor.Server } failed)
            {
                said += $", the {ActorOf(failed)} ended {NameOf(left)} with an error";
                frames.Add(failed.Frame);
            }
        }

        if (record.IsSet) frames.Add(record.Frame);
        return new VisitCause(VisitReason.Race, said, Confidence.Likely, [.. frames.Order().Distinct()]);
    }

    /// <summary>What spoke against the first lane when the second one began; null where it may have gone on.</summary>
    private static Refused? Refusal(Connection first, Connection second)
    {
        var (flow, outcome) = (first.Flow!, first.Outcome);
        if (outcome.IsCompleted) return null;
        var server = flow.Client.Opposite();
        var decided = first.Steps.FirstOrDefault(s => s.Last.Frame == outcome.Frame)?.Last ?? default;
        if (outcome.Class == OutcomeClass.Unreachable) return new Refused($"an ICMP error answered {NameOf(first)}", decided);
        if (!flow.Flow[server].FirstPayload.IsSet)
        {
            // Where nothing of the server's was captured on the other lane either, the capture may be one-sided.
            if (!second.Flow!.Flow[second.Flow.Client.Opposite()].FirstPayload.IsSet) return null;
            var packets = flow.Flow[flow.Client].Packets;
            return new Refused($"no answer to the {Count(packets)} of {NameOf(first)} was captured", default);
        }

        var negotiation = first.Steps.FirstOrDefault(static s => s.Title == "Version Negotiation");
        if (negotiation is not null && Start(second).IsAfter(negotiation.Last)) return new Refused($"the server answered {NameOf(first)} with Version Negotiation", negotiation.Last);
        if (!outcome.IsFailure || !decided.IsSet || !Start(second).IsAfter(decided) || outcome.Class.IsUnanswered) return null;
        return new Refused($"the {ActorOf(outcome)} ended {NameOf(first)} with an error", decided);
    }

    /// <summary>The response over TCP that offered HTTP/3 before QUIC began.</summary>
    private static FrameMark AltSvc(Connection tcp, FrameMark quic)
    {
        foreach (var facts in tcp.Facts)
        {
            if (facts.OffersHttp3 is { IsSet: true } offer && quic.IsAfter(offer)) return offer;
        }

        return default;
    }

    /// <summary>The HTTPS record that offered HTTP/3 before QUIC began, among the queries of either connection.</summary>
    private static FrameMark HttpsRecord(Connection quic, Connection tcp)
    {
        foreach (var query in tcp.Queries.Concat(quic.Queries))
        {
            if (query.Type != "HTTPS" || !query.Answer.IsSet || query.Answer.IsAfter(Start(quic))) continue;
            if (query.Answers.Any(static a => OffersHttp3(a))) return query.Answer;
        }

        return default;
    }

    /// <summary>"alpn h3, h2".</summary>
    private static bool OffersHttp3(string record)
    {
        var alpn = record.IndexOf("alpn ", StringComparison.Ordinal);
        return alpn >= 0 && record[(alpn + 5)..].Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Contains("h3");
    }

    private static FrameMark FinishOf(Connection connection) =>
        connection.SessionHandshake is { Done.IsSet: true } span ? span.Done : default;

    private static bool CarriesData(Connection connection) => connection.Steps.Any(static s => s.Phase.Role == PhaseRole.Data);

    private static FrameMark Start(Connection connection) => connection.Flow!.Flow.First;

    private static string ActorOf(Outcome outcome) => outcome.By == OutcomeActor.Client ? "client" : "server";

    private static string NameOf(Connection connection) => connection.Transport == "quic" ? "QUIC" : "TCP";

    private static string Count(long packets) => packets == 1 ? "packet" : string.Create(CultureInfo.InvariantCulture, $"{packets} packets");

    private static string Text(Duration time) => time.Nanoseconds switch
    {
        < 1_000_000 => "less than 1 ms",
        < 10_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{time.Nanoseconds / 1_000_000} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.Nanoseconds / 1_000_000_000} s"),
    };

    /// <summary>Chromium gives QUIC 300 ms before it tries TCP as well, and more where round trips are long; who waits longer waits for an answer.</summary>
    private static readonly Duration Together = Duration.FromMilliseconds(500);

    /// <summary>What speaks against a lane.</summary>
    /// <param name="What">A clause.</param>
    /// <param name="At">Where it is seen; not set for silence.</param>
    private sealed record Refused(string What, FrameMark At)
    {
        /// <summary>The frame that shows it; empty for silence.</summary>
        public IReadOnlyList<long> Frames => At.IsSet ? [At.Frame] : [];

        /// <summary>True where the other lane began behind it, and may have begun because of it.</summary>
        public bool IsBefore(FrameMark other) => At.IsSet && other.IsAfter(At);
    }
}
