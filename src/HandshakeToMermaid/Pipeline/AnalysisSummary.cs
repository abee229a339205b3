using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Pipeline;

/// <summary>What an analysis met as a whole.</summary>
/// <param name="Frames">Frames read.</param>
/// <param name="Connections">Connections found.</param>
/// <param name="UnusedResolutions">Names that were resolved and that no connection of the capture followed.</param>
/// <param name="UnsupportedLinks">Link types that are not read here, with the frames of each.</param>
/// <param name="Damages">What could not be read of the captures.</param>
/// <param name="UnreadableFrames">Frames whose headers contradict themselves or were cut off, with the first of each kind as an example.</param>
/// <param name="CapsReached">What was given up at a cap of <see cref="AnalyzerLimits"/>, a clause each.</param>
/// <param name="WasStopped">True where the user ended it before the capture did.</param>
internal sealed record AnalysisSummary(
    long Frames,
    int Connections,
    int UnusedResolutions,
    IReadOnlyDictionary<LinkType, FrameTally> UnsupportedLinks,
    IReadOnlyList<CaptureDamage> Damages,
    UnreadableFrames UnreadableFrames,
    IReadOnlyList<string> CapsReached,
    bool WasStopped)
{
    /// <summary>Tunnels and link protocols that are not read here, with the frames that they wrap.</summary>
    public IReadOnlyList<UnparsedEncapsulation> UnparsedEncapsulations { get; init; } = [];

    /// <summary>The names of the private keys that belong to no certificate of the capture.</summary>
    public IReadOnlyList<string> UnmatchedKeys { get; init; } = [];
}
