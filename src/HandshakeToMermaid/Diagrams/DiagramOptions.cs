using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams;

/// <summary>What a reader wants to see of a connection.</summary>
/// <param name="Detail">The level of detail.</param>
/// <param name="Time">Which time stands on a step.</param>
/// <param name="Title">A title of the user's own; null for ours.</param>
/// <param name="Explain">True where each message says what it is for.</param>
internal sealed record DiagramOptions(Detail Detail = Detail.Normal, TimeStyle Time = TimeStyle.Delta, string? Title = null, bool Explain = false)
{
    /// <summary>Phases that a note stands for, to save room.</summary>
    internal Folding Folding { get; init; }

    /// <summary>True where the end of the connection shares the arrow of the alert before it, to save room.</summary>
    internal bool JoinsCloses { get; init; }

    /// <summary>True where the checks that passed are counted only, to save room.</summary>
    internal bool CountsPassedChecks { get; init; }
}
