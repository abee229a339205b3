using HandshakeToMermaid.Protocols;
using HandshakeToMermaid.Streams;
using HandshakeToMermaid.Timeline;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>The frames and the steps that show a look-up.</summary>
internal static class LookupFrames
{
    /// <summary>Its questions, at most eight, and its answer.</summary>
    public static IReadOnlyList<long> Of(NameLookup lookup) => TlsEvidence.Frames(lookup.Queries.Take(Most).Select(q => q.Frame), [lookup.Answer.Frame]);

    /// <summary>The step of its answer, or of its last question.</summary>
    public static Step? Step(Connection connection, NameLookup lookup)
    {
        var frame = lookup.Answer.IsSet ? lookup.Answer.Frame : lookup.Queries.Count > 0 ? lookup.Queries[^1].Frame : 0;
        var isAnswer = lookup.Answer.IsSet;
        return connection.Steps.FirstOrDefault(s => s.Phase == Phase.Dns && s.From == (isAnswer ? Direction.Reverse : Direction.Forward) && s.First.Frame <= frame && frame <= s.Last.Frame);
    }

    private const int Most = 8;
}
