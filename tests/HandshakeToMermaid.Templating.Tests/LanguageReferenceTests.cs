namespace HandshakeToMermaid.Templating.Tests;

public class LanguageReferenceTests
{
    public static IEnumerable<object[]> Rows => LanguageReference.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_example_renders_what_its_row_says(string feature, string example, string output)
    {
        var template = Template.Parse(example, feature);
        Assert.Empty(template.Messages);
        Assert.Equal(output, template.Render(LanguageReference.Model(), new RenderOptions { Includes = LanguageReference.Includes }));
    }

    [Fact]
    public void The_tables_are_found() => Assert.True(LanguageReference.Rows.Count > 150, $"{LanguageReference.Rows.Count} rows");
}
