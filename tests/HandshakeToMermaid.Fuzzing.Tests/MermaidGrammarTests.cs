using HandshakeToMermaid.Fuzzing.Checks;

namespace HandshakeToMermaid.Fuzzing.Tests;

/// <summary>The grammar that diagrams are held against refuses what Mermaid would read in another way.</summary>
public sealed class MermaidGrammarTests
{
    private const string Diagram = "sequenceDiagram\n  participant C as Client\n  participant S as Server\n  rect rgba(1, 2, 3, 0.15)\n    C->>S: text\n  end\n";

    [Fact]
    public void A_diagram_of_ours_passes() => Assert.Null(MermaidGrammar.Fault(Diagram));

    [Theory]
    [InlineData("text", "a;b")]
    [InlineData("text", "a#b")]
    [InlineData("text", "a<b>")]
    [InlineData("text", "%%{init}%%")]
    [InlineData("text", "a\u202Eb")]
    [InlineData("text", "wrap: a")]
    [InlineData("text", "style")]
    [InlineData("text", "\n  loop x")]
    [InlineData("text", " ")]
    [InlineData("C->>S", "C->>X")]
    [InlineData("C->>S", "C->S")]
    [InlineData("  end\n", "")]
    [InlineData("as Server", "as Server\n  participant S as Again")]
    public void What_mermaid_reads_otherwise_is_found(string part, string instead) => Assert.NotNull(MermaidGrammar.Fault(Diagram.Replace(part, instead, StringComparison.Ordinal)));

    [Theory]
    [InlineData("a#59;b<br/>c")]
    [InlineData("end: note over 100 %")]
    public void What_is_escaped_passes(string text) => Assert.Null(MermaidGrammar.Fault(Diagram.Replace("text", text, StringComparison.Ordinal)));
}
