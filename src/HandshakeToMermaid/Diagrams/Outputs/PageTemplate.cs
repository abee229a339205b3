using HandshakeToMermaid.Templating;

namespace HandshakeToMermaid.Diagrams.Outputs;

/// <summary>A template and where it finds what it includes.</summary>
/// <param name="Template">The template, parsed.</param>
/// <param name="Includes">Its own folder first, then the built-in ones.</param>
internal sealed record PageTemplate(Template Template, ITemplateSource Includes)
{
    /// <summary>A built-in template.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static PageTemplate BuiltIn(string name)
        => new(BuiltInTemplates.All.Find(name) ?? throw new ArgumentException($"there is no template {name}", nameof(name)), BuiltInTemplates.All);

    /// <summary>A file; it may include what lies in its folder and the built-in templates.</summary>
    public static PageTemplate FromFile(string path)
        => new(Template.Parse(File.ReadAllText(path), path), new LayeredTemplates(new FileTemplateSource(Path.GetDirectoryName(Path.GetFullPath(path))!), BuiltInTemplates.All));

    /// <summary>Renders a model.</summary>
    /// <exception cref="TemplateException">The template has errors, failed or ran into a limit.</exception>
    public string Render(Templating.Runtime.IScriptObject model) => Template.Render(model, new RenderOptions { Includes = Includes });
}
