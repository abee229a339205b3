using System.CommandLine;
using HandshakeToMermaid.Cli.Output;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m schema</c>: the JSON Schemas of what is written and read.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", Description);
        var name = new Argument<string>("NAME") { Description = "connection (the default): what 'h2m list --json' writes; rules: what 'h2m check --rules' reads", DefaultValueFactory = static _ => "connection" };
        name.AcceptOnlyFromAmong("connection", "rules");
        command.Arguments.Add(name);
        command.SetAction(parsed =>
        {
            using var schema = typeof(SchemaCommand).Assembly.GetManifestResourceStream($"{parsed.GetRequiredValue(name)}.schema.json")!;
            using var output = new StandardOutput();
            schema.CopyTo(output);
            return ExitCode.Done;
        });
        return command;
    }

    private const string Description = """
        Prints a JSON Schema (draft 2020-12): that of a connection, schema "handshake-to-mermaid/1", or that of
        the rules of 'h2m check'.

        Examples:
          h2m schema > handshake-to-mermaid-1.schema.json
          h2m schema rules > rules.schema.json
        """;
}
