using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Tests;

public class LimitTests
{
    [Theory]
    [InlineData("{{ for x in 1..N; end }}")]
    [InlineData("{{ for x in 1..(N - 1) }}{{ end }}{{ for x in 1..1 }}{{ end }}")]
    [InlineData("{{ x = 0; while x < N; x++; end }}")]
    [InlineData("{{ func f; end; for x in 1..(N - 3); end; f; f; f }}")]
    [InlineData("{{ (1..N) + '' }}")]
    [InlineData("{{ x = []; x[N - 1] = 1 }}")]
    public void Loops_and_lists_stop_behind_the_limit(string text)
    {
        const int Limit = 20;
        for (var n = Limit - 1; n <= Limit + 1; n++)
        {
            var template = Template.Parse(text.Replace("N", n.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), "t");
            Assert.Empty(template.Messages);
            var failure = Record.Exception(() => template.Render(new ScriptObject(), new RenderOptions { Limits = new TemplateLimits { LoopIterations = Limit } }));
            if (n <= Limit) Assert.Null(failure);
            else Assert.Contains("took more than 20 steps", Assert.IsType<TemplateException>(failure).Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(19, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    public void Calls_stop_behind_the_limit(int depth, bool fits)
    {
        var template = Template.Parse("{{ func f; if $0 > 1; f ($0 - 1); end; end; f depth }}", "t");
        var failure = Record.Exception(() => template.Render(new ScriptObject { ["depth"] = depth }, new RenderOptions { Limits = new TemplateLimits { Recursion = 20 } }));
        Assert.Equal(fits, failure is null);
        if (!fits) Assert.Equal("t(1,23) : error : calls are nested deeper than 20", failure!.Message);
    }

    [Fact]
    public void A_wrapped_block_that_runs_itself_stops()
    {
        var failure = Assert.Throws<TemplateException>(() => Template.Parse("{{ func box; $$; end; wrap box; $$; end }}", "t").Render(new ScriptObject(), new RenderOptions()));
        Assert.Equal("t(1,33) : error : calls are nested deeper than 100", failure.Message);
    }

    [Fact]
    public void An_include_that_includes_itself_stops()
    {
        var includes = new MemoryTemplateSource(new Dictionary<string, string>(StringComparer.Ordinal) { ["a"] = "{{ include 'a' }}" });
        var failure = Assert.Throws<TemplateException>(() => Template.Parse("{{ include 'a' }}", "t").Render(new ScriptObject(), new RenderOptions { Includes = includes }));
        Assert.Equal("a(1,4) : error : calls are nested deeper than 100", failure.Message);
    }

    [Theory]
    [InlineData(99, true)]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void Output_stops_behind_the_limit(int length, bool fits)
    {
        var template = Template.Parse("{{ for x in text; x; end }}", "t");
        var failure = Record.Exception(() => template.Render(new ScriptObject { ["text"] = new string('a', length) }, new RenderOptions { Limits = new TemplateLimits { OutputCharacters = 100 } }));
        Assert.Equal(fits, failure is null);
        if (!fits) Assert.Equal("t(1,19) : error : the text grew beyond 100 characters", failure!.Message);
    }

    [Theory]
    [InlineData("{{ x = 'a' * 2000000000 }}")]
    [InlineData("{{ x = 'a'; while true; x = x + x; end }}")]
    [InlineData("{{ x = [1]; while true; x = x + x; end }}")]
    [InlineData("{{ x = [1]; x = x * 2000000000 }}")]
    [InlineData("{{ x = 'a' | string.pad_left 2000000000 }}")]
    [InlineData("{{ x = 'a' * 1000000; x = x | string.replace 'a' x }}")]
    [InlineData("{{ x = 1..2000000000 | array.join ',' }}")]
    [InlineData("{{ 1..2000000000 }}")]
    [InlineData("{{ x = []; x[0] = x; x }}")]
    [InlineData("{{ x = {}; x.y = x; x }}")]
    [InlineData("{{ x = [1]; for i in 1..60; x = [x, x]; end; x }}")]
    [InlineData("{{ x = [1]; y = [1]; for i in 1..60; x = [x, x]; y = [y, y]; end; x == y }}")]
    [InlineData("{{ func f; f; f; end; f }}")]
    [InlineData("{{ func f; ret (f) + (f); end; f }}")]
    [InlineData("{{ x = []; x[2000000000] = 1 }}")]
    [InlineData("{{ x = [] | array.insert_at 2000000000 1 }}")]
    [InlineData("{{ x = (0 - 9223372036854775807)..9223372036854775807 }}")]
    public void Nothing_grows_without_end(string text) => Assert.Throws<TemplateException>(() => Template.Parse(text, "t").Render(new ScriptObject()));

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{a:")]
    [InlineData("!")]
    [InlineData("1+")]
    [InlineData("a.")]
    [InlineData("a|")]
    [InlineData("f ")]
    [InlineData("if a;")]
    [InlineData("if a; else ")]
    [InlineData("$\"{")]
    [InlineData("a?b:")]
    [InlineData("f(")]
    [InlineData("do;")]
    [InlineData("a[")]
    [InlineData("@")]
    public void Nesting_without_end_is_refused_or_parsed(string opener)
    {
        var template = Template.Parse("{{ " + string.Concat(Enumerable.Repeat(opener, 20_000)) + "a }}", "t");
        if (!template.HasErrors) Assert.ThrowsAny<TemplateException>(() => template.Render(new ScriptObject()));
    }
}
