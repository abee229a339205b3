using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Diagrams.Json;

/// <summary>
/// JSON for programs that is also looked at in a terminal: letters stay letters, and what is invisible (bidirectional controls, zero
/// width characters) is escaped as \uXXXX, which decodes to the same text (RFC 8259 section 7).
/// </summary>
internal sealed class VisibleJsonEncoder : JavaScriptEncoder
{
    private VisibleJsonEncoder()
    {
    }

    /// <summary>Options of a writer that uses it.</summary>
    /// <param name="isIndented">True for a member per line.</param>
    public static JsonWriterOptions Options(bool isIndented) => new() { Encoder = Instance, Indented = isIndented };

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => Letters.MaxOutputCharactersPerInputCharacter;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => VisibleText.IsHidden(unicodeScalar) || Letters.WillEncode(unicodeScalar);

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        // Most texts are plain, and every name of a member is: one pass is enough for them.
        if (new ReadOnlySpan<char>(text, textLength).IndexOfAnyExcept(PlainCharacters) < 0) return -1;
        var known = Letters.FindFirstCharacterToEncode(text, textLength);
        var plain = new ReadOnlySpan<char>(text, known < 0 ? textLength : known);
        var hidden = Ascii.IsValid(plain) ? -1 : FirstHidden(plain);
        return hidden >= 0 ? hidden : known;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        if (utf8Text.IndexOfAnyExcept(PlainBytes) < 0) return -1;
        var known = Letters.FindFirstCharacterToEncodeUtf8(utf8Text);
        var plain = known < 0 ? utf8Text : utf8Text[..known];
        var hidden = Ascii.IsValid(plain) ? -1 : FirstHidden(plain);
        return hidden >= 0 ? hidden : known;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        if (!VisibleText.IsHidden(unicodeScalar) || unicodeScalar < 0x80) return Letters.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);
        numberOfCharactersWritten = 0;
        Span<char> units = stackalloc char[2];
        var count = new Rune(unicodeScalar).EncodeToUtf16(units);
        var output = new Span<char>(buffer, bufferLength);
        foreach (var unit in units[..count])
        {
            if (!output[numberOfCharactersWritten..].TryWrite(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}", out var written)) return false;
            numberOfCharactersWritten += written;
        }

        return true;
    }

    private static int FirstHidden(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var used);
            if (VisibleText.IsHidden(rune.Value)) return at;
            at += used;
        }

        return -1;
    }

    private static int FirstHidden(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf8(text[at..], out var rune, out var used);
            if (VisibleText.IsHidden(rune.Value)) return at;
            at += used;
        }

        return -1;
    }

    private static readonly JavaScriptEncoder Letters = UnsafeRelaxedJsonEscaping;

    /// <summary>ASCII that stays as it is.</summary>
    private static readonly SearchValues<byte> PlainBytes = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => !Letters.WillEncode(c)).Select(c => (byte)c)]);

    private static readonly SearchValues<char> PlainCharacters = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Where(c => !Letters.WillEncode(c)).Select(c => (char)c)]);

    private static readonly VisibleJsonEncoder Instance = new();
}
