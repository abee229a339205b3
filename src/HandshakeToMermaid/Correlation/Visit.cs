using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Correlation;

/// <summary>What a connection has in common with another one of the same client to the same name: one ran over QUIC, the other one over TCP.</summary>
/// <param name="Id">The first frame of the lane that began first: both lanes of a visit have the same.</param>
/// <param name="Lane">Which of the two lanes this connection is: "quic" or "tcp".</param>
/// <param name="Reason">Why there are two.</param>
/// <param name="Sentence">The same for people: what was seen, and what it probably means. Own words, times and counts only.</param>
/// <param name="Confidence">Whether the capture shows the reason, or only fits it.</param>
/// <param name="Frames">The frames that show it, in order.</param>
/// <param name="Other">Where the other lane went.</param>
/// <param name="OtherFrame">The first frame of the other lane.</param>
internal sealed record Visit(
    long Id, string Lane, VisitReason Reason, string Sentence, Confidence Confidence, IReadOnlyList<long> Frames, IpEndpoint Other, long OtherFrame)
{
    /// <summary>The reason in JSON.</summary>
    public string ReasonName => Names[(int)Reason];

    /// <summary>The reason of that name; unknown for the reasons of later versions.</summary>
    public static VisitReason ReasonNamed(string name) => (VisitReason)Math.Max(0, Array.IndexOf(Names, name));

    /// <summary>In the order of <see cref="VisitReason"/>.</summary>
    private static readonly string[] Names = ["unknown", "fallback", "race", "alt_svc", "https_record"];
}
