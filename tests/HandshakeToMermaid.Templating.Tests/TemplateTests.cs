using System.Collections;
using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Tests;

public class TemplateTests
{
    [Fact]
    public void Rendering_appends_to_what_the_output_holds()
    {
        var output = new StringBuilder("before ");
        Template.Parse("{{ 1 }}", "t").Render(new ScriptObject(), output);
        Assert.Equal("before 1", output.ToString());
    }

    [Fact]
    public void A_render_leaves_the_model_and_the_next_render_as_they_were()
    {
        var model = new ScriptObject { ["x"] = 1 };
        var template = Template.Parse("{{ x }}{{ x = 2 }}{{ x }}", "t");
        Assert.Equal("12", template.Render(model));
        Assert.Equal("12", template.Render(model));
        Assert.Equal(1, model["x"]);
    }

    [Fact]
    public void One_template_renders_on_many_threads_at_once()
    {
        var template = Template.Parse("{{ for x in 1..n }}{{ x }},{{ end }}", "t");
        Parallel.For(1, 200, n => Assert.Equal(string.Concat(Enumerable.Range(1, n).Select(x => $"{x},")), template.Render(new ScriptObject { ["n"] = n })));
    }

    [Fact]
    public void Lists_of_every_kind_are_read()
    {
        var model = new ScriptObject
        {
            ["lists"] = new object[] { new[] { "a", "b" }, new List<int> { 1, 2 }, Enumerable.Range(3, 2), new ArrayList { "x" }, new ScriptArray(["y", null]) },
        };
        Assert.Equal("""["a", "b"][1, 2][3, 4]["x"]["y", null]""", Template.Parse("{{ for l in lists; l; end }}", "t").Render(model));
        Assert.Equal("ab 12 34 x y", Template.Parse("{{ for l in lists }}{{ for x in l }}{{ x }}{{ end }}{{ for.last ? '' : ' ' }}{{ end }}", "t").Render(model));
        Assert.Equal("a13xy", Template.Parse("{{ for l in lists; l[0]; end }}", "t").Render(model));
    }

    [Fact]
    public void Numbers_of_every_width_count_as_numbers()
    {
        var model = new ScriptObject { ["n"] = new object[] { (byte)1, (short)1, (ushort)1, 1, 1u, 1L, 1f, 1d } };
        Assert.Equal("22222222 true", Template.Parse("{{ for x in n; x + 1; end }} {{ n == [1, 1, 1, 1, 1, 1, 1, 1] }}", "t").Render(model));
    }

    [Fact]
    public void A_model_is_read_from_json()
    {
        using var json = JsonDocument.Parse("""{"a":{"b":[1,2.5,"x",true,null]}}""");
        Assert.Equal("""{b: [1, 2.5, "x", true, null]}""", Template.Parse("{{ a }}", "t").Render(ScriptObject.FromJson(json.RootElement)));
        using var list = JsonDocument.Parse("[]");
        Assert.Throws<ArgumentException>(() => ScriptObject.FromJson(list.RootElement));
    }

    [Fact]
    public void A_list_that_shrinks_under_its_loop_ends_in_nulls() =>
        Assert.Equal("1[1]", Template.Parse("{{ a = [1, 2]; for x in a; x; a = [1]; break; end; a }}", "t").Render(new ScriptObject()));

    [Theory]
    [InlineData("  {{ for x in 1..2 }}a\n{{ end }}", "  a\n  a\n")]
    [InlineData("  {{ 'a\n\nb' }}\n", "  a\n  \n  b\n")]
    [InlineData("  {{ capture c }}a\nb{{ end }}{{ c }}", "  a\n  b")]
    [InlineData("{{ x = 1 -}}\n   {{ 'a\nb' }}", "a\nb")]
    [InlineData("{{ x = 1 ~}}\n   {{ 'a\nb' }}c", "   a\n   bc")]
    [InlineData("  {{ if true }}\n  a\n  {{ end }}b", "  \n    a\n    b")]
    public void A_blocks_indent_holds_for_what_stands_in_it(string text, string output) => Assert.Equal(output, Template.Parse(text, "t").Render(new ScriptObject()));
}
