using HandshakeToMermaid.Capture.Files;
using HandshakeToMermaid.Cli.Live;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Cli.Output;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Limits;
using HandshakeToMermaid.Pipeline;
using HandshakeToMermaid.Redaction;

namespace HandshakeToMermaid.Cli.Tests.Live;

/// <summary>A live capture with pseudonyms, of which there is an end.</summary>
public sealed class LiveRedactionTests
{
    [Fact]
    public void When_no_pseudonym_is_left_it_ends_and_what_was_seen_before_is_drawn()
    {
        var (first, second) = (Only("tls12-success"), Only("wrong-name"));
        var kept = new WatchedConnections(10);
        for (var pseudonyms = 1; ; pseudonyms++)
        {
            using var redaction = new ProductRedaction(new Redactor(new RedactionOptions(), new AnalyzerLimits { Pseudonyms = pseudonyms }), map: null);
            kept = new WatchedConnections(10);
            var session = new LiveSession(new Selection()) { Kept = kept, Redaction = redaction };
            session.Decided(first);
            session.Over(first);
            if (session.Exhausted is not null) continue;
            session.Decided(second);
            session.Over(second);
            Assert.Contains($"at most {pseudonyms} different values", session.Exhausted!.Message, StringComparison.Ordinal);
            Assert.False(session.Turn(new NothingRuns()));
            break;
        }

        var drawn = Assert.Single(kept.InOrder());
        Assert.DoesNotContain("www.example.com", drawn.Connection.Server.Name, StringComparison.Ordinal);
    }

    private static DiagnosedConnection Only(string sample)
    {
        var found = new List<DiagnosedConnection>();
        using var source = CaptureFiles.Open(new MemoryStream(File.ReadAllBytes(Tests.H2m.Sample(sample))), sample, AnalyzerLimits.Default);
        new HandshakeAnalyzer(new AnalyzerOptions()).Analyze(source, found.Add);
        return Assert.Single(found);
    }

    private sealed class NothingRuns : IWatchView
    {
        public WatchCounters Counters => default;

        public IReadOnlyList<DiagnosedConnection> Running(int most) => [];
    }
}
