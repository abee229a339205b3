using System.CommandLine;
using System.Text.Json;
using HandshakeToMermaid.Capture.Live;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Commands;

/// <summary><c>h2m interfaces</c>: what can be captured from.</summary>
internal static class InterfacesCommand
{
    public static Command Create()
    {
        var command = new Command("interfaces", Description);
        var json = new Option<bool>("--json") { Description = "one JSON object per interface and line" };
        command.Options.Add(json);
        command.SetAction(parsed => List(parsed.GetValue(json)));
        return command;
    }

    private static int List(bool asJson)
    {
        var interfaces = CaptureInterface.All();
        var chosen = DefaultInterface.Find();
        if (asJson) WriteJson(interfaces, chosen);
        else WriteTable(interfaces, chosen);
        if (interfaces.Count > 0) return ExitCode.Done;
        Console.Error.WriteLine("h2m: there is no interface to capture from.");
        return ExitCode.Nothing;
    }

    private static void WriteTable(IReadOnlyList<CaptureInterface> interfaces, string? chosen)
    {
        var width = interfaces.Count == 0 ? 0 : Math.Clamp(interfaces.Max(i => i.Name.Length), 4, 64);
        Console.Out.WriteLine($"{"NAME".PadRight(width)}  STATE     ADDRESSES");
        foreach (var one in interfaces)
        {
            var state = one.IsLoopback ? one.IsUp ? "loopback" : "down" : one.IsUp ? "up" : "down";
            var addresses = string.Join(' ', one.Addresses.Select(a => a.ToString()));
            var remarks = new List<string>(2);
            if (one.Name == chosen) remarks.Add("default");
            if (one.Description is { } text) remarks.Add(VisibleText.Of(text));
            var remark = remarks.Count == 0 ? "" : $"({string.Join(", ", remarks)})";
            Console.Out.WriteLine($"{VisibleText.Of(one.Name).PadRight(width)}  {state,-8}  {string.Join(' ', new[] { addresses, remark }.Where(p => p.Length > 0))}".TrimEnd());
        }
    }

    private static void WriteJson(IReadOnlyList<CaptureInterface> interfaces, string? chosen)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var one in interfaces)
        {
            using (var json = new Utf8JsonWriter(output, VisibleJsonEncoder.Options(isIndented: false)))
            {
                json.WriteStartObject();
                json.WriteString("name", one.Name);
                json.WriteString("description", one.Description);
                json.WriteStartArray("addresses");
                foreach (var address in one.Addresses) json.WriteStringValue(address.ToString());
                json.WriteEndArray();
                json.WriteBoolean("up", one.IsUp);
                json.WriteBoolean("loopback", one.IsLoopback);
                json.WriteBoolean("default", one.Name == chosen);
                json.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }
    }

    private const string Description = """
        Shows the interfaces that can be captured from.

        Examples:
          h2m interfaces
          h2m interfaces --json | jq -r 'select(.up) | .name'
        """;
}
