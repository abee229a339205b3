using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams;

namespace HandshakeToMermaid.Fuzzing.Checks;

/// <summary>Asks everything that a protocol found out about one flow.</summary>
internal static class FactsCheck
{
    /// <summary>All of it as a text.</summary>
    public static string All(IReadOnlyList<ProtocolFacts> all, RecordedFlow flow)
    {
        var said = new StringBuilder();
        foreach (var facts in all)
        {
            var summary = new FlowSummary(flow, facts.ClientDirection ?? Direction.Forward);
            foreach (var step in facts.Steps) Step(step, said);
            said.Append(facts.ServerName).Append(facts.Judge(summary)).Append(facts.Unanswered(summary)).Append(facts.Span).AppendJoin('\n', facts.Unparsed).AppendJoin('\n', facts.Originals);
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: false)))
            {
                json.WriteStartObject();
                facts.WriteJson(json, summary);
                json.WriteEndObject();
            }

            Invariant.Json(stream.ToArray());
            said.Append(Encoding.UTF8.GetString(stream.ToArray()));
        }

        return said.ToString();
    }

    private static void Step(Step step, StringBuilder said)
    {
        if (step.Title.Length == 0) throw new InvariantException("each step has a title", $"{step.GetType().Name} of frame {step.First.Frame}");
        if (step.Last.Frame < step.First.Frame) throw new InvariantException("a step ends behind its beginning", $"{step.Title}: {step.First.Frame} to {step.Last.Frame}");
        said.Append(step.Title).Append(step.Explanation).Append(step.Length);
        foreach (var fact in step.Facts()) said.Append(fact.Name).Append(fact.Text);
    }
}
