using System.CommandLine;
using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Cli.Files;
using HandshakeToMermaid.Cli.Options;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Templating;
using HandshakeToMermaid.Templating.Runtime;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m templates</c>: the built-in templates, and a place to try one's own.</summary>
internal static class TemplatesCommand
{
    public static Command Create() => new("templates", "The templates of diagrams and reports; 'templates/README.md' describes their language and their model.")
    {
        List(),
        Show(),
        Export(),
        Render(),
    };

    private static Command List()
    {
        var command = new Command("list", "Lists the built-in templates.");
        command.SetAction(_ =>
        {
            foreach (var name in BuiltInTemplates.Names.Order(StringComparer.Ordinal)) Console.Out.WriteLine(name);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Show()
    {
        var name = new Argument<string>("NAME") { Description = "name of a built-in template ('h2m templates list')" };
        var command = new Command("show", "Writes a built-in template to standard output.") { name };
        command.SetAction(parsed =>
        {
            Console.Out.Write(TextOf(parsed.GetRequiredValue(name)));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Export()
    {
        var directory = new Argument<string>("DIR") { Description = "directory to write them to; existing files are kept" };
        var command = new Command("export", "Writes all built-in templates as files, to be edited and used with --template.") { directory };
        command.SetAction(parsed => WriteAll(parsed.GetRequiredValue(directory)));
        return command;
    }

    private static Command Render()
    {
        var file = new Argument<string>("FILE") { Description = "the template: a file, or the name of a built-in one" };
        var data = new Option<string>("--data") { Description = "a JSON file that holds the model, - for standard input", HelpName = "JSON", Required = true };
        var command = new Command("render", "Renders a template with a model from a JSON file.") { file, data };
        command.SetAction(parsed =>
        {
            Console.Out.Write(Rendered(parsed.GetRequiredValue(file), parsed.GetRequiredValue(data)));
            return ExitCode.Done;
        });
        return command;
    }

    private static int WriteAll(string directory)
    {
        foreach (var name in BuiltInTemplates.Names.Order(StringComparer.Ordinal))
        {
            var path = Path.Combine(directory, $"{name}.sbn");
            OutputDirectory.Create(Path.GetDirectoryName(path)!);
            if (File.Exists(path))
            {
                Console.Error.WriteLine($"h2m: {path} already exists and is kept.");
                continue;
            }
            AtomicFile.Write(path, file => file.Write(Encoding.UTF8.GetBytes(TextOf(name))));
        }
        return ExitCode.Done;
    }

    private static string Rendered(string file, string data)
    {
        var template = TemplateOption.Open(file);
        try
        {
            using var json = data == "-"
                ? JsonDocument.Parse(Console.OpenStandardInput())
                : InputFile.Read($"the model {data}", data, static file => JsonDocument.Parse(file), static sentence => new UsageException(sentence));
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException($"{data} does not contain a JSON object.");
            return template.Render(ScriptObject.FromJson(json.RootElement));
        }
        catch (JsonException wrong)
        {
            throw new UsageException($"{data} is not valid JSON: error in line {wrong.LineNumber + 1}, byte {wrong.BytePositionInLine + 1}.");
        }
        catch (TemplateException wrong)
        {
            throw new UsageException(wrong.Message);
        }
    }

    private static string TextOf(string name)
        => BuiltInTemplates.TextOf(name) ?? throw new UsageException($"there is no built-in template '{name}'; 'h2m templates list' shows them.");
}
