using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Diagnosis.Evidence;

/// <summary>The frames and the steps that show a resolution.</summary>
internal static class ResolutionFrames
{
    /// <summary>Its questions, at most eight, and its answer.</summary>
    public static IReadOnlyList<long> Of(DnsQuery query) => TlsEvidence.Frames(query.Questions.Take(Most).Select(q => q.Frame), [query.Answer.Frame]);

    /// <summary>The step of its answer, or of its last question.</summary>
    public static Step? Step(Connection connection, DnsQuery query)
    {
        var frame = query.Answer.IsSet ? query.Answer.Frame : query.Questions.Count > 0 ? query.Questions[^1].Frame : 0;
        var isAnswer = query.Answer.IsSet;
        return connection.Steps.FirstOrDefault(s => s.Phase == Phase.Dns && s.From == (isAnswer ? Direction.Reverse : Direction.Forward) && s.First.Frame <= frame && frame <= s.Last.Frame);
    }

    private const int Most = 8;
}
