using HandshakeToMermaid.Capture;

namespace HandshakeToMermaid;

/// <summary>What an analysis met as a whole.</summary>
/// <param name="Frames">Frames read.</param>
/// <param name="Connections">Connections found.</param>
/// <param name="UnusedLookups">Names that were resolved and that no connection of the capture followed.</param>
/// <param name="UnsupportedLinks">Link types that are not read here, with the number of frames of each.</param>
/// <param name="Damages">What could not be read of the captures.</param>
/// <param name="WasStopped">True where the user ended it before the capture did.</param>
public sealed record AnalysisSummary(
    long Frames,
    int Connections,
    int UnusedLookups,
    IReadOnlyDictionary<LinkType, long> UnsupportedLinks,
    IReadOnlyList<CaptureDamage> Damages,
    bool WasStopped)
{
    /// <summary>Connections that were given up because there were more at a time than <see cref="AnalyzerLimits.OpenFlows"/>.</summary>
    public long GivenUp { get; init; }
}
