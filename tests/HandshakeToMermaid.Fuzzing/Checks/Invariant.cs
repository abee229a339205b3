using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Fuzzing.Checks;

/// <summary>What must hold for outputs, whatever the input.</summary>
internal static class Invariant
{
    /// <summary>Mermaid accepts it.</summary>
    public static void Mermaid(string source)
    {
        if (MermaidGrammar.Fault(source) is { } fault) throw new InvariantException("accepted by Mermaid", $"{fault}\n{source}");
    }

    /// <summary>JSON in valid UTF-8, in which nothing stands raw that a reader does not see.</summary>
    public static void Json(byte[] json)
    {
        string text;
        try
        {
            text = Strict.GetString(json);
            using var parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 128 });
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw new InvariantException("JSON reads back", e.Message);
        }

        NothingHidden(text, "JSON shows every character");
    }

    /// <summary>Nothing stands raw in a text that a reader does not see, but for line ends.</summary>
    public static void NothingHidden(string text, string invariant)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '\n' && VisibleText.IsHidden(rune.Value)) throw new InvariantException(invariant, $"U+{rune.Value:X4} in {text.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Two texts are the same.</summary>
    public static void Same(string one, string other, string invariant)
    {
        if (one == other) return;
        var at = 0;
        while (at < one.Length && at < other.Length && one[at] == other[at]) at++;
        var from = Math.Max(0, at - 100);
        throw new InvariantException(invariant, $"...{one[from..Math.Min(one.Length, at + 200)]}\n...{other[from..Math.Min(other.Length, at + 200)]}");
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
