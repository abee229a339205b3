using System.Text;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Mermaid;
using HandshakeToMermaid.Diagrams.Wording;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>Writes selected connections in the wanted form, to standard output, a file, or a file per connection.</summary>
internal sealed class Product(OutputFormat format, string? path, DiagramOptions options, int maxConnections)
{
    /// <summary>True where each connection gets a file of its own.</summary>
    public bool IsFolder => path is not null && IsDirectory(path);

    /// <summary>True where it goes to standard output.</summary>
    public bool IsStandardOutput => path is null;

    /// <summary>Where it goes; null for standard output.</summary>
    public string? Path => path;

    /// <summary>The ending of a file of this form.</summary>
    public string Ending => format == OutputFormat.Json ? ".json" : ".mmd";

    /// <summary>The same product in another place.</summary>
    public Product At(string other) => new(format, other, options, maxConnections);

    /// <summary>A connection's name as every file system bears it: letters, digits, dots and dashes.</summary>
    public static string SafeName(DiagnosedConnection connection)
    {
        var name = new StringBuilder();
        foreach (var c in Headline.Server(connection.Connection).Take(64)) name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_');
        return name.ToString();
    }

    /// <summary>Writes them; answers with what the user should know about the product.</summary>
    public IReadOnlyList<string> Write(IReadOnlyList<DiagnosedConnection> connections)
    {
        if (path is null) return WriteTo(Console.OpenStandardOutput(), connections);
        if (IsDirectory(path)) return WriteEach(path, connections);
        using var file = File.Create(path);
        return WriteTo(file, connections);
    }

    private IReadOnlyList<string> WriteEach(string directory, IReadOnlyList<DiagnosedConnection> connections)
    {
        Directory.CreateDirectory(directory);
        foreach (var connection in connections)
        {
            using var file = File.Create(System.IO.Path.Combine(directory, FileName(connection)));
            WriteTo(file, [connection]);
        }
        return [$"{Quantities.Count(connections.Count, "diagram", "diagrams")} written to {directory}."];
    }

    private IReadOnlyList<string> WriteTo(Stream stream, IReadOnlyList<DiagnosedConnection> connections)
    {
        if (format == OutputFormat.Json)
        {
            WriteJson(stream, connections);
            return [];
        }
        var drawing = Drawing.Of(connections, options, maxConnections);
        stream.Write(Encoding.UTF8.GetBytes(drawing.Text));
        stream.Flush();
        return drawing.Remarks;
    }

    private static void WriteJson(Stream stream, IReadOnlyList<DiagnosedConnection> connections)
    {
        using (var json = new Utf8JsonWriter(stream, JsonRows.Options with { Indented = true }))
        {
            json.WriteStartArray();
            foreach (var connection in connections) ConnectionJson.Write(json, connection);
            json.WriteEndArray();
        }
        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private string FileName(DiagnosedConnection connection) => $"{connection.Connection.Id:D3}-{SafeName(connection)}{Ending}";

    private static bool IsDirectory(string path)
        => Directory.Exists(path) || path.EndsWith(System.IO.Path.DirectorySeparatorChar) || path.EndsWith('/');
}
