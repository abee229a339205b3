using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Templating.Tests;

public sealed class IncludeTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("h2m-templates").FullName;

    public IncludeTests()
    {
        Directory.CreateDirectory(Path.Combine(root, "templates", "parts"));
        File.WriteAllText(Path.Combine(root, "secret.sbn"), "secret");
        File.WriteAllText(Path.Combine(root, "templates", "a.sbn"), "a");
        File.WriteAllText(Path.Combine(root, "templates", "parts", "b.sbn"), "b");
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData("a.sbn")]
    [InlineData("parts/b.sbn")]
    public void A_template_of_the_folder_is_found(string name) => Assert.NotNull(Folder().Find(name));

    [Theory]
    [InlineData("../secret.sbn")]
    [InlineData("parts/../../secret.sbn")]
    [InlineData("parts/../a.sbn")]
    [InlineData("./a.sbn")]
    [InlineData("..\\secret.sbn")]
    [InlineData("parts//b.sbn")]
    [InlineData("/etc/hosts")]
    [InlineData("C:/a.sbn")]
    [InlineData("")]
    [InlineData("parts")]
    [InlineData("a.sbn\0")]
    [InlineData("missing.sbn")]
    public void Nothing_else_is_found(string name) => Assert.Null(Folder().Find(name));

    [Fact]
    public void An_absolute_path_into_the_folder_is_not_found_either() =>
        Assert.Null(Folder().Find(Path.Combine(root, "templates", "a.sbn")));

    [SkippableFact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        Skip.If(OperatingSystem.IsWindows(), "making links needs a privilege on Windows");
        File.CreateSymbolicLink(Path.Combine(root, "templates", "link.sbn"), Path.Combine(root, "secret.sbn"));
        Directory.CreateSymbolicLink(Path.Combine(root, "templates", "up"), root);
        Assert.Null(Folder().Find("link.sbn"));
        Assert.Null(Folder().Find("up/secret.sbn"));
    }

    [Fact]
    public void Without_a_source_every_include_fails() =>
        Assert.Equal("t(1,4) : error : there is no template `a.sbn` to include", Assert.Throws<TemplateException>(() => Template.Parse("{{ include 'a.sbn' }}", "t").Render(new ScriptObject())).Message);

    [Fact]
    public void An_include_sees_and_sets_the_pages_variables_but_not_its_locals()
    {
        var includes = new MemoryTemplateSource(new Dictionary<string, string>(StringComparer.Ordinal) { ["part"] = "{{ x }}{{ $x }}{{ x = 2 }}" });
        Assert.Equal("12", Template.Parse("{{ x = 1; $x = 'local'; include 'part'; x }}", "t").Render(new ScriptObject(), new RenderOptions { Includes = includes }));
    }

    private FileTemplateSource Folder() => new(Path.Combine(root, "templates"));
}
