using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What is said of an address that was tried first, and of the other lane of a visit.</summary>
internal static class AttemptText
{
    /// <summary>"TCP to 192.0.2.1:443 · no response", "TLS in QUIC v1 · no answer captured": of a lane the column says where it went.</summary>
    public static string Header(Attempt attempt) => $"{What(attempt)}{(attempt.Lane is null ? $" to {attempt.Server}" : "")} · {How(attempt)}";

    /// <summary>"TCP", "TLS 1.3 in QUIC v1".</summary>
    public static string What(Attempt attempt) => attempt.Lane?.Title ?? "TCP";

    /// <summary>"refused", "no response", "established".</summary>
    public static string How(Attempt attempt) => attempt.Lane?.How ?? (attempt.WasReset ? "refused" : "no response");

    /// <summary>A lane that was answered is a connection like others.</summary>
    public static BandColor Color(Attempt attempt) => attempt.Lane is { IsAnswered: true } ? BandColor.Purple : BandColor.Amber;

    /// <summary>"UDP", "TCP": what tells the columns of both lanes apart.</summary>
    public static string Transport(string transport) => transport == "quic" ? "UDP" : "TCP";
}
