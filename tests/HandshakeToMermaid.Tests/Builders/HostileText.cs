using System.Text;

namespace HandshakeToMermaid.Tests.Builders;

/// <summary>Text that would do something if an output did not stop it: markup, statements, directives, controls, and mixtures of them.</summary>
internal static class HostileText
{
    /// <summary>Each has meant something to one of Mermaid's versions, to Markdown, to HTML or to a terminal.</summary>
    public static readonly string[] Known =
    [
        "", " ", "a;b", "a#b", "#35;", "#quot;", "#br#", "a # b; c", "&lt;", "&amp;lt;", "AT&T;", "<br>", "<br/>", "</br>", "<b>bold</b>",
        "<script>window.pwned=1</script>", "<img src=x onerror=window.pwned=1>", "\"><svg onload=window.pwned=1>", "' onfocus='window.pwned=1", "]]>", "<!--", "-->",
        "%%{init: {\"theme\":\"forest\"}}%%", "%% comment", ":%%", "}%%", "$$x^2$$", "$5", @"a\nb", @"C:\temp", "{{ x }}", "{% y %}", "{{< z >}}", "```", "``a`", "`", "~~~",
        "style:x#59;", "classDef a", "lifestyle;", "\uFB02\u00B0\u00B0lt\u00B6\u00DF", "\u00B6\u00DF", "wrap:a", ":nowrap: b", "nowrap:c", "unwrap:d",
        "end", "end\nnote over C: x", "a\r\nparticipant X", "rect rgb(0,0,0)", "C->>S: hi", "participant Z as z", "title: t", "---", "- item", "1. one", "# head", "> quote",
        "| a | b |", @"a\|b", "[x](javascript:alert(1))", "![x](http://127.0.0.1/x.png)", "http://example.com/", "www.example.com", "@someone", "#123", "a@b.example", ":smile:", "<!DOCTYPE html>",
        "\u001b[31mred\u001b[0m", "\u0000", "\u0007", "\u007f\u0085", "\u202Eevil\u202C", "\u200B", "\u2028", "\uFEFF", "a\ud800b", "\udfff", "\uFFFE", "e\u0301", "日本語", "🙂👩\u200D👧", "مرحبا", "שלום",
        "__proto__", "constructor", "toString", "${x}", "`${x}`", "'\"`", "\\", "\\\\", "&#60;", "&#x3c;", "(x)", "[::1]:443", "*a* _b_ ~~c~~",
    ];

    /// <summary>A mixture of known texts, single signs and any characters; the same for the same seed.</summary>
    public static string Random(Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(1, 6); parts > 0; parts--)
        {
            switch (random.Next(4))
            {
                case 0: text.Append(Known[random.Next(Known.Length)]); break;
                case 1: text.Append(Signs[random.Next(Signs.Length)]); break;
                case 2: text.Append((char)random.Next(0x250)); break;
                default: text.Append((char)random.Next(1, 0xFFFF)); break;
            }
        }
        return text.ToString();
    }

    private const string Signs = "#;:<>&%${}[]()|\\/`'\"~*_-+=!?.,@ \t\n\r^nn\u00B6\u00DF\uFB02";
}
