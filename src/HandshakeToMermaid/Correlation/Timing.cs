using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Correlation;

/// <summary>
/// How long the parts of a connection took. Whose wait it was follows from the capture point: the SYN and its
/// answer measure the way to the server and back, the SYN-ACK and its answer the way to the client and back, and what an
/// answer took longer than that was thinking.
/// </summary>
/// <param name="Dns">From the first question to the last answer before the connection.</param>
/// <param name="Tcp">From SYN to the ACK that completed the handshake.</param>
/// <param name="Tls">From the ClientHello, or the end of TCP's handshake where that came later, to the message that established the connection.</param>
/// <param name="Total">From the first question or SYN to the end of the handshake, or to its failure; null where neither was seen.</param>
/// <param name="RoundTrip">
/// The network's round trip: from the last SYN before the SYN-ACK to the SYN-ACK, and from the last SYN-ACK to its ACK. An answer to an
/// earlier SYN cannot be distinguished from one to the last (RFC 6298 section 3); only the last is certain to be no loss.
/// </param>
/// <param name="ServerThink">What the server's first answer took beyond the network.</param>
/// <param name="ClientThink">What the client's answer to the server's flight took beyond the network.</param>
internal sealed record Timing(
    Duration? Dns,
    Duration? Tcp,
    Duration? Tls,
    Duration? Total,
    Duration? RoundTrip,
    Duration? ServerThink,
    Duration? ClientThink)
{
    /// <summary>When the connection began: its first DNS query, or the first frame of its flow.</summary>
    public Timestamp Start { get; init; }

    /// <summary>When the handshake was done, or failed; where an answer never came, until when it was seen not to come. Null where unknown.</summary>
    public Timestamp? End { get; init; }

    /// <summary>When the name was resolved; null where no resolution was completed.</summary>
    internal TimeSpanned? DnsTime { get; init; }

    /// <summary>When TCP's handshake was done; null where it was not completed.</summary>
    internal TimeSpanned? TcpTime { get; init; }

    /// <summary>When the handshake above the transport was done; null where it was not completed.</summary>
    internal TimeSpanned? HandshakeTime { get; init; }

    /// <summary>The phase of that handshake; null where there was none.</summary>
    internal Phase? HandshakePhase { get; init; }

    /// <summary>The phases that were completed, in their order.</summary>
    internal IReadOnlyList<CompletedPhase> Phases => phases ??= Completed();

    private IReadOnlyList<CompletedPhase>? phases;

    private List<CompletedPhase> Completed()
    {
        var completed = new List<CompletedPhase>(3);
        if (DnsTime is { } dns) completed.Add(new CompletedPhase(Phase.Dns, dns));
        if (TcpTime is { } tcp) completed.Add(new CompletedPhase(Phase.Tcp, tcp));
        if (HandshakeTime is { } handshake) completed.Add(new CompletedPhase(HandshakePhase!, handshake));
        return completed;
    }

    /// <summary>How long a phase took; null where it was not completed, or is none that is timed.</summary>
    internal Duration? LengthOf(Phase phase)
    {
        for (var i = 0; i < Phases.Count; i++)
        {
            if (Phases[i].Phase == phase) return Phases[i].Time.Length;
        }

        return null;
    }

    /// <summary>What is left of a stretch of time without the completed phases.</summary>
    internal Duration Uncovered(Timestamp from, Timestamp until)
    {
        var left = until.Since(from).Nanoseconds;
        var reached = from;
        foreach (var (_, phase) in Phases)
        {
            var (start, end) = (phase.Start > reached ? phase.Start : reached, phase.End < until ? phase.End : until);
            if (end <= start) continue;
            left -= (end - start).Nanoseconds;
            reached = end;
        }

        return new Duration(Math.Max(0, left));
    }
}
