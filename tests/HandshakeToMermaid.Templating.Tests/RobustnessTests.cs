using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Tests;

/// <summary>Whatever the text, parsing ends with a template or a message, and rendering with a text or a <see cref="TemplateException"/>.</summary>
public class RobustnessTests
{
    [Fact]
    public void Every_prefix_of_every_example_parses_or_says_why()
    {
        foreach (var row in LanguageReference.Rows)
        {
            for (var length = 0; length <= row[1].Length; length++) RenderWithin(row[1][..length]);
        }
    }

    [Fact]
    public void Twenty_thousand_random_rows_of_tokens_do_no_harm()
    {
        var random = new Random(20_260_801);
        for (var i = 0; i < 20_000; i++)
        {
            var tokens = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Tokens[random.Next(Tokens.Length)]);
            var code = string.Concat(tokens.Select(token => random.Next(3) == 0 ? token : token + " "));
            RenderWithin(random.Next(4) == 0 ? code : $"{{{{ {code} }}}}");
        }
    }

    [Fact]
    public void Rows_of_examples_cut_anywhere_and_joined_do_no_harm()
    {
        var random = new Random(7);
        var rows = LanguageReference.Rows;
        for (var i = 0; i < 20_000; i++)
        {
            var (head, tail) = (rows[random.Next(rows.Count)][1], rows[random.Next(rows.Count)][1]);
            RenderWithin(head[..random.Next(head.Length)] + tail[random.Next(tail.Length)..]);
        }
    }

    private static void RenderWithin(string text)
    {
        var template = Template.Parse(text, "t");
        if (template.HasErrors)
        {
            Assert.True(template.Messages[0].Line >= 1 && template.Messages[0].Column >= 1, text);
            return;
        }
        try
        {
            template.Render(LanguageReference.Model(), Options);
        }
        catch (TemplateException e)
        {
            Assert.StartsWith($"{e.Path}({e.Line},{e.Column}) : error : ", e.Message, StringComparison.Ordinal);
        }
    }

    private static readonly RenderOptions Options = new()
    {
        Includes = LanguageReference.Includes,
        Limits = new TemplateLimits { LoopIterations = 500, Recursion = 10, OutputCharacters = 2_000 },
    };

    private static readonly string[] Tokens =
    [
        "{{", "}}", "{{-", "-}}", "{{~", "~}}", "{%{", "}%}", "\n", ";", "text",
        "if", "else", "end", "for", "in", "while", "break", "continue", "case", "when", "func", "ret", "do", "capture", "with", "wrap", "$$", "include",
        "x", "y", "host", "steps", "note", "this", "empty", "$", "$0", "$x", "for.index", "true", "false", "null", "name", "size",
        "1", "2.5", "0", "-1", "0xff", "9223372036854775807", "1e3", "'a'", "\"b\\n\"", "`c`", "$\"d{1}\"", "$'{x}'",
        "+", "-", "*", "/", "//", "%", "==", "!=", "<", ">", "<=", ">=", "<<", ">>", "&&", "||", "??", "?!", "..", "..<", "...", "++", "--", "+=", "=",
        "(", ")", "[", "]", "{", "}", ",", ":", ".", "?.", "?", "|", "|>", "@", "!", "^", "#", "##", "\\", "~",
        "array.size", "array.sort", "array.map", "array.join", "array.each", "array.limit", "array.offset", "array.insert_at", "array.remove_at", "array.cycle",
        "string.slice", "string.slice1", "string.split", "string.replace", "string.truncate", "string.truncatewords", "string.pad_left", "string.upcase", "string.handleize",
        "math.round", "math.format", "math.divided_by", "math.abs", "object.keys", "object.values", "object.default", "html.escape", "html.newline_to_br",
        "limit:", "offset:", "reversed",
    ];
}
