using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Fuzzing.Checks;
using HandshakeToMermaid.Fuzzing.Running;
using HandshakeToMermaid.Fuzzing.Structure;
using HandshakeToMermaid.Templating;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Fuzzing.Targets;

/// <summary>Templates of users: they parse or say where they are wrong, and render within their limits or say where they ran into one.</summary>
internal sealed class TemplatesTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "templates";

    /// <inheritdoc/>
    public override string Summary => "templates: parsed, and rendered within their limits";

    /// <inheritdoc/>
    public override Grammar Grammar => TextGrammar.Lines;

    /// <inheritdoc/>
    public override int LargestInput => 32 * 1024;

    /// <inheritdoc/>
    public override (long Fixed, long PerByte) Allocation => (16_000_000, 8_000);

    /// <inheritdoc/>
    public override int ShortRun => 2500;

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Tokens { get; } = [.. Words.Split(' ').Select(Encoding.UTF8.GetBytes), [.. " "u8], [.. "\n"u8]];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds(Material material)
    {
        if (!material.Name.EndsWith("tls12-success/capture.pcap", StringComparison.Ordinal)) yield break;
        foreach (var path in Directory.EnumerateFiles(Path.Combine(Corpus.Repository, "templates"), "*.sbn", SearchOption.AllDirectories).Order(StringComparer.Ordinal)) yield return File.ReadAllBytes(path);
        foreach (var row in File.ReadLines(Path.Combine(Corpus.Repository, "templates", "README.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal)))
        {
            foreach (var cell in row.Split('`').Where((_, i) => i % 2 == 1)) yield return Encoding.UTF8.GetBytes(cell.Replace("⏎", "\n", StringComparison.Ordinal));
        }
    }

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var template = Template.Parse(text, "t");
        if (template.HasErrors)
        {
            if (template.Messages[0].Line < 1 || template.Messages[0].Column < 1) throw new InvariantException("a mistake has a place", template.Messages[0].ToString());
            return;
        }

        Invariant.Same(Rendered(template), Rendered(template), "same answer twice");
    }

    private static string Rendered(Template template)
    {
        try
        {
            var rendered = template.Render(Model(), Options);
            return rendered.Length > Options.Limits.OutputCharacters ? throw new InvariantException("a limit holds", $"{rendered.Length} characters") : rendered;
        }
        catch (TemplateException e)
        {
            if (!e.Message.StartsWith($"{e.Path}({e.Line},{e.Column}) : error : ", StringComparison.Ordinal)) throw new InvariantException("a mistake has a place", e.Message);
            return e.Message;
        }
    }

    private static ScriptObject Model()
    {
        using var json = JsonDocument.Parse("""{"title": "a", "is_legacy": false, "host": "h", "x": 3, "y": 2.5, "steps": [{"name": "n", "size": 1}, {"name": null}], "participants": [{"id": "C", "label": "c"}], "parts": [{"bands": [{"items": [{"is_note": true, "over": "C", "text": "t"}]}]}]}""");
        return ScriptObject.FromJson(json.RootElement);
    }

    private static readonly RenderOptions Options = new()
    {
        Includes = new MemoryTemplateSource(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "{{ include 'b' }}{{ x }}", ["b"] = "{{ include 'a' }}" }),
        Limits = new TemplateLimits { LoopIterations = 2_000, Recursion = 20, OutputCharacters = 20_000 },
    };

    private const string Words = "{{ }} {{- -}} {{~ ~}} {%{ }%} if else end for in while break continue case when func ret do capture with wrap $$ include this empty $ $0 for.index true false null 0 -1 0xff 9223372036854775807 1e308 2.5 'a' \"b\\n\" `c` $\"d{1}\" + - * / // % == != < > << >> && || ?? ?! .. ..< ... ++ -- += ( ) [ ] { } , : . ?. ? | |> @ ! ^ # \\ array.size array.sort array.map array.join array.each array.limit array.insert_at array.cycle string.slice string.split string.replace string.truncate string.pad_left math.round math.format math.divided_by object.keys html.escape limit: offset: reversed 0..<100000000";
}
