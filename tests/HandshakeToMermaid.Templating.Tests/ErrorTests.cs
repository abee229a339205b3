using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Tests;

public class ErrorTests
{
    [Theory]
    [InlineData("{{ if x }}", "t(1,4) : error : the `end` of this `if` is missing")]
    [InlineData("a\n{{ for x on y }}{{ end }}", "t(2,10) : error : expected `in` instead of `on`")]
    [InlineData("{{ x = }}", "t(1,8) : error : expected an expression instead of `}}`")]
    [InlineData("{{ 1 + }}", "t(1,8) : error : expected an expression instead of `}}`")]
    [InlineData("{{ a b c", "t(1,1) : error : this code block is not closed: expected `}}`")]
    [InlineData("text {{ \"a }}", "t(1,9) : error : this string is not closed: expected `\"`")]
    [InlineData("{{ \"\\q\" }}", "t(1,5) : error : expected one of 0 ' \" \\ b f n r t v u0000-uffff x00-xff after `\\`")]
    [InlineData("{{ (1 }}", "t(1,7) : error : expected `)` instead of `}}`")]
    [InlineData("{{ [1 }}", "t(1,7) : error : expected `]` instead of `}}`")]
    [InlineData("{{ {a 1} }}", "t(1,7) : error : expected `:` instead of `1`")]
    [InlineData("{{ a. }}", "t(1,7) : error : expected a member's name instead of `}}`")]
    [InlineData("{{ 1 = 2 }}", "t(1,4) : error : this cannot be assigned to")]
    [InlineData("{{ if a = 1 }}{{ end }}", "t(1,9) : error : expected the end of the statement instead of `=`")]
    [InlineData("{{ else }}", "t(1,4) : error : this `else` belongs to no statement")]
    [InlineData("{{ while x }}{{ else }}{{ end }}", "t(1,17) : error : this `else` does not belong to the `while` before it")]
    [InlineData("{{ 1 | 2 }}", "t(1,8) : error : expected a function after the pipe")]
    [InlineData("{{ $\"{a\" }}", "t(1,8) : error : this string is not closed: expected `\"`")]
    [InlineData("{{ $\"{a\n}\" }}", "t(1,6) : error : expected `}` on the same line")]
    [InlineData("{{ ~ }}", "t(1,4) : error : `~` means nothing here")]
    [InlineData("{%{ a", "t(1,1) : error : this block is not closed: expected `}%}`")]
    [InlineData("{{ for x in y colour: 1 }}{{ end }}", "t(1,15) : error : `for` has no option `colour`: expected offset, limit or reversed")]
    [InlineData("{{ func f(a = 1, b); end }}", "t(1,18) : error : no required parameter can follow an optional one")]
    [InlineData("{{ 99999999999999999999 }}", "t(1,4) : error : `99999999999999999999` is not a 64-bit integer")]
    public void A_mistake_is_named_with_its_place(string text, string message)
    {
        var template = Template.Parse(text, "t");
        Assert.True(template.HasErrors);
        Assert.Equal(message, Assert.Single(template.Messages).ToString());
        Assert.Equal(message, Assert.Throws<TemplateException>(() => template.Render(new ScriptObject())).Message);
    }

    [Theory]
    [InlineData("{{ import x }}", "t(1,4) : error : `import` is not supported")]
    [InlineData("{{ readonly x }}", "t(1,4) : error : `readonly` is not supported")]
    [InlineData("{{ tablerow x in y }}{{ end }}", "t(1,4) : error : `tablerow` is not supported")]
    [InlineData("{{ f ^x }}", "t(1,6) : error : spreading a list into arguments with `^` is not supported")]
    [InlineData("{{ 1.5m }}", "t(1,4) : error : numbers with a type suffix are not supported")]
    [InlineData("{{ f a + g(b) }}", "t(1,10) : error : this call needs brackets around it")]
    public void A_construct_that_is_left_out_is_named_when_parsed(string text, string message) =>
        Assert.Equal(message, Assert.Single(Template.Parse(text, "t").Messages).ToString());

    [Theory]
    [InlineData("\n  {{ date.now }}", "t(2,6) : error : `date` functions are not supported")]
    [InlineData("{{ 'a' | regex.replace 'b' 'c' }}", "t(1,10) : error : `regex` functions are not supported")]
    [InlineData("{{ timespan.zero }}", "t(1,4) : error : `timespan` functions are not supported")]
    [InlineData("{{ 'a' | string.md5 }}", "t(1,10) : error : `string.md5` is not supported")]
    public void A_function_that_is_left_out_is_named_when_met(string text, string message) => Assert.Equal(message, Failure(text));

    [Fact]
    public void A_model_may_have_members_named_like_functions_left_out() =>
        Assert.Equal("today", Template.Parse("{{ date }}", "t").Render(new ScriptObject { ["date"] = "today" }));

    [Theory]
    [InlineData("{{ a.b }}", "t(1,4) : error : `a` is null and has no member `b`")]
    [InlineData("{{ a = {} }}{{ a.b.c }}", "t(1,16) : error : `a.b` is null and has no member `c`")]
    [InlineData("{{ a[0] }}", "t(1,4) : error : `a` is null and has no elements")]
    [InlineData("{{ a = [1] }}{{ a[b] }}", "t(1,19) : error : the index `b` is null")]
    [InlineData("x\ny {{ f 1 }}", "t(2,6) : error : the function `f` was not found")]
    [InlineData("{{ f = 1; f 1 }}", "t(1,11) : error : `f` is not a function but a number")]
    [InlineData("{{ 'a' | string.slice }}", "t(1,4) : error : the argument `start` is missing: `string.slice` takes text start length?")]
    [InlineData("{{ string.upcase 'a' 'b' }}", "t(1,4) : error : too many arguments: `string.upcase` takes text")]
    [InlineData("{{ string.slice 'a' begin: 1 }}", "t(1,4) : error : `string.slice` has no parameter `begin`: it takes text start length?")]
    [InlineData("{{ func f(a); ret a; end; f }}", "t(1,27) : error : the argument `a` is missing")]
    [InlineData("{{ for x in 5; end }}", "t(1,13) : error : `for` needs a list, not a number")]
    [InlineData("{{ 1 // 0 }}", "t(1,4) : error : division by zero")]
    [InlineData("{{ 9223372036854775807 + 1 }}", "t(1,4) : error : the result does not fit 64 bits")]
    [InlineData("{{ 3 << 62 }}", "t(1,4) : error : the result does not fit 64 bits")]
    [InlineData("{{ 1 << 63 }}", "t(1,4) : error : the result does not fit 64 bits")]
    [InlineData("{{ 'a' - 1 }}", "t(1,4) : error : `-` is not defined between text and a number")]
    [InlineData("{{ [1] == null }}", "t(1,4) : error : `==` is not defined between a list and null")]
    [InlineData("{{ break }}", "t(1,4) : error : `break` stands outside a loop")]
    [InlineData("{{ with 1; end }}", "t(1,9) : error : `with` needs an object, not a number")]
    [InlineData("{{ -'a' }}", "t(1,4) : error : `-` needs a number, not text")]
    [InlineData("{{ [1, 'a'] | array.sort }}", "t(1,4) : error : a number and text have no order")]
    [InlineData("{{ 1 | math.format 'Q' }}", "t(1,4) : error : `Q` is not a format for a number")]
    [InlineData("{{ 1 | math.format 'D999999999' }}", "t(1,4) : error : this format is too long")]
    [InlineData("{{ include 'x' }}", "t(1,4) : error : there is no template `x` to include")]
    [InlineData("{{ steps.size = 1 }}", "t(1,4) : error : `steps` is null and has no member `size`")]
    public void A_failure_is_named_with_its_place(string text, string message) => Assert.Equal(message, Failure(text));

    [Fact]
    public void A_failure_in_an_include_points_into_the_include()
    {
        var includes = new MemoryTemplateSource(new Dictionary<string, string>(StringComparer.Ordinal) { ["part"] = "\n{{ a.b }}", ["broken"] = "{{ if }}" });
        Assert.Equal("part(2,4) : error : `a` is null and has no member `b`", Failure("{{ include 'part' }}", includes));
        Assert.Equal("broken(1,7) : error : expected an expression instead of `}}`", Failure("{{ include 'broken' }}", includes));
    }

    [Fact]
    public void A_failure_in_a_function_of_an_include_points_into_the_include()
    {
        var includes = new MemoryTemplateSource(new Dictionary<string, string>(StringComparer.Ordinal) { ["part"] = "{{ func f; ret $0.b; end }}" });
        Assert.Equal("part(1,16) : error : `$0` is null and has no member `b`", Failure("{{ include 'part' }}{{ f null }}", includes));
    }

    [Fact]
    public void Members_of_a_read_only_object_cannot_be_set()
    {
        var model = new ScriptObject { ["o"] = new ReadOnlyObject() };
        Assert.Equal("7", Template.Parse("{{ o.a }}", "t").Render(model));
        Assert.Equal("t(1,4) : error : the member `a` is read-only", Failure("{{ o.a = 1 }}", model: model));
        Assert.Equal("t(1,12) : error : `a` cannot be set: the object is read-only", Failure("{{ with o; a = 1; end }}", model: model));
    }

    private static string Failure(string text, ITemplateSource? includes = null, ScriptObject? model = null)
    {
        var template = Template.Parse(text, "t");
        Assert.Empty(template.Messages);
        return Assert.Throws<TemplateException>(() => template.Render(model ?? new ScriptObject(), new RenderOptions { Includes = includes })).Message;
    }

    private sealed class ReadOnlyObject : IScriptObject
    {
        public IEnumerable<string> MemberNames => ["a"];

        public bool TryGetMember(string name, out object? value)
        {
            value = 7;
            return name == "a";
        }
    }
}
