using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Tests.Diagrams.Json;

/// <summary>JSON that hides nothing from whoever looks at it, and means the same text.</summary>
public sealed class VisibleJsonEncoderTests
{
    [Theory]
    [InlineData(0x1B, "\\u001B")]
    [InlineData(0x7F, "\\u007F")]
    [InlineData(0x9B, "\\u009B")]
    [InlineData(0xAD, "\\u00AD")]
    [InlineData(0x61C, "\\u061C")]
    [InlineData(0x180E, "\\u180E")]
    [InlineData(0x200B, "\\u200B")]
    [InlineData(0x200F, "\\u200F")]
    [InlineData(0x2028, "\\u2028")]
    [InlineData(0x202A, "\\u202A")]
    [InlineData(0x202E, "\\u202E")]
    [InlineData(0x2066, "\\u2066")]
    [InlineData(0xFEFF, "\\uFEFF")]
    [InlineData(0xFFF9, "\\uFFF9")]
    [InlineData(0xE0041, "\\uDB40\\uDC41")]
    public void What_nobody_sees_is_escaped(int character, string escaped)
    {
        var text = $"a{new Rune(character)}b";
        Assert.Equal($"[\"a{escaped}b\",\"a{escaped}b\"]", Written(text, text));
    }

    [Theory]
    [InlineData("grün & <b> 'x' +1")]
    [InlineData("пример 例え مثال")]
    [InlineData("plain")]
    public void Letters_stay_letters(string text) => Assert.Equal($"[\"{text}\"]", Written(text));

    [Fact]
    public void Every_character_decodes_to_itself_and_no_hidden_one_is_left_raw()
    {
        for (var character = 0; character < 0x110000; character++)
        {
            if (!Rune.IsValid(character)) continue;
            var text = $"é{new Rune(character)}z";
            var json = Written(text);
            using var parsed = JsonDocument.Parse(json);
            Assert.Equal(text, parsed.RootElement[0].GetString());
            Assert.DoesNotContain(json.EnumerateRunes(), static rune => VisibleText.IsHidden(rune.Value));
        }
    }

    [Fact]
    public void A_long_text_of_them_is_written_whole()
    {
        var text = string.Concat(Enumerable.Repeat("\u202Eevil\u200B\U000E0041", 5000));
        using var parsed = JsonDocument.Parse(Written(text));
        Assert.Equal(text, parsed.RootElement[0].GetString());
    }

    /// <summary>An array of the texts, which come in turn as UTF-16 and UTF-8.</summary>
    private static string Written(params string[] texts)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, VisibleJsonEncoder.Options(isIndented: false)))
        {
            json.WriteStartArray();
            for (var i = 0; i < texts.Length; i++)
            {
                if (i % 2 == 0) json.WriteStringValue(texts[i]);
                else json.WriteStringValue(Encoding.UTF8.GetBytes(texts[i]));
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
