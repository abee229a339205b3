using HandshakeToMermaid.Catalogs;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Outputs;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>A template named on the command line: one of the built-in ones, or a file.</summary>
internal static class TemplateOption
{
    /// <summary>Finds it.</summary>
    public static PageTemplate Open(string nameOrFile)
    {
        var template = BuiltInTemplates.All.Find(nameOrFile) is not null ? PageTemplate.BuiltIn(nameOrFile)
            : File.Exists(nameOrFile) ? InputFile.Read($"the template {nameOrFile}", nameOrFile, _ => PageTemplate.FromFile(nameOrFile), static sentence => new UsageException(sentence))
            : throw new UsageException($"there is no template '{nameOrFile}': it is neither a file nor a built-in template ('h2m templates list').");
        return template.Template.HasErrors ? throw new UsageException(template.Template.Messages[0].ToString()) : template;
    }

    /// <summary>The form that a template is for: its folder among the built-in ones (markdown/report), the ending before .sbn of a file (report.md.sbn). Mermaid where neither names one.</summary>
    public static IDiagramOutput FormOf(string nameOrFile)
    {
        var folder = nameOrFile.Split('/')[0];
        var ending = Path.GetExtension(Path.GetFileNameWithoutExtension(nameOrFile));
        return OutputCatalog.WithEnding(ending) ?? OutputCatalog.Named(folder) ?? OutputCatalog.All[0];
    }
}
