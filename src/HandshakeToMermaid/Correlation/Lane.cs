using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Correlation;

/// <summary>What an <see cref="Attempt"/> is besides where it is the other lane of a visit: a connection of its own, over QUIC or over TCP, which may have been answered.</summary>
/// <param name="Transport">"quic" or "tcp".</param>
/// <param name="Title">What it spoke, for the header of its band: "TLS 1.3 in QUIC v1", "TLS 1.2 over TCP".</param>
/// <param name="How">How it turned out, in a word or two without text from the wire: "no answer captured", "established".</param>
/// <param name="Outcome">The name of its outcome's class, as far as it had got when the lanes were joined.</param>
/// <param name="Client">The direction in which the client sends.</param>
/// <param name="IsAnswered">True where the server sent anything.</param>
internal sealed record Lane(string Transport, string Title, string How, string Outcome, Direction Client, bool IsAnswered)
{
    /// <summary>What its protocols learned, for what identifies somebody in its steps; empty where it was drawn again from a row, or redacted.</summary>
    public IReadOnlyList<ProtocolFacts> Facts { get; init; } = [];

    /// <summary>
    /// The other lane as it is drawn beside a connection: its steps without the DNS queries, which are drawn once, and of one that was answered without
    /// the handshake of TCP, repairs and orderly ends.
    /// </summary>
    internal static Attempt Of(Connection other)
    {
        var flow = other.Flow!;
        var isAnswered = flow.Flow[flow.Client.Opposite()].FirstPayload.IsSet;
        var title = other.SessionHandshake?.Title ?? (other.Transport == "quic" ? "QUIC" : "TLS");
        var how = !isAnswered && other.Outcome.Class != OutcomeClass.Unreachable ? "no answer captured" : HowOf(other.Outcome);
        var steps = StepOrder.Merge([], other.Facts).Where(s => !isAnswered || IsDrawn(s)).ToList();
        return new Attempt(other.Server.Endpoint!.Value, steps, flow.Flow.First, WasReset: false)
        {
            Lane = new Lane(other.Transport, other.Transport == "quic" ? title : $"{title} over TCP", how, other.Outcome.Class.Name, flow.Client, isAnswered) { Facts = other.Facts },
        };
    }

    private static bool IsDrawn(Step step) => step is { IsRecovery: false, Router: null, Phase.Role: not PhaseRole.Transport } and not { Phase.Role: PhaseRole.Close, IsDeadEnd: false };

    private static string HowOf(Outcome outcome) => outcome switch
    {
        { IsCompleted: true } => "established",
        { Class: var known } when known == OutcomeClass.Unreachable => "unreachable by ICMP",
        { IsFailure: true } => "failed",
        _ => outcome.Class.Words.Short ?? "incomplete",
    };
}
