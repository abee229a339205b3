using System.Text;

namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>What an output made.</summary>
/// <param name="Files">Writes each file of it to a stream. More than one only where a diagram had to be split into numbered parts.</param>
/// <param name="Remarks">What the user should know, above all what was left out; a sentence each.</param>
internal sealed record RenderResult(IReadOnlyList<Action<Stream>> Files, IReadOnlyList<string> Remarks)
{
    /// <summary>Texts as files, in UTF-8 without a byte order mark.</summary>
    public static RenderResult OfTexts(IEnumerable<string> texts, IReadOnlyList<string> remarks)
        => new([.. texts.Select(text => (Action<Stream>)(stream => stream.Write(Encoding.UTF8.GetBytes(text))))], remarks);

    /// <summary>One text.</summary>
    public static RenderResult OfText(string text, IReadOnlyList<string> remarks) => OfTexts([text], remarks);
}
