using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Tests.Builders;

namespace HandshakeToMermaid.Tests.Cases.Everyday;

/// <summary>One of the captures of everyday programs beside this repository, read with its key log where it has one.</summary>
internal sealed class EverydayCapture
{
    private EverydayCapture(IReadOnlyList<DiagnosedConnection> connections)
    {
        Connections = connections;
        Json = [.. connections.Select(AsJson)];
        Drawn = DrawnDiagram.Of(connections);
    }

    /// <summary>Their names, in the order of the table of truths; one that says so where the collection is absent.</summary>
    public static TheoryData<string> Names => File.Exists(Table("truth.tsv")) ? [.. Rows("truth.tsv").Select(r => r[0])] : ["(absent)"];

    /// <summary>What is found in it.</summary>
    public IReadOnlyList<DiagnosedConnection> Connections { get; }

    /// <summary>The same, as scripts read it.</summary>
    public IReadOnlyList<JsonElement> Json { get; }

    /// <summary>Those of them in which a SYN was seen.</summary>
    public IReadOnlyList<JsonElement> Opened => [.. Json.Where(c => c.TryGetProperty("tcp", out var tcp) && tcp.GetProperty("syn_frame").ValueKind == JsonValueKind.Number)];

    /// <summary>The drawing of all.</summary>
    public DrawnDiagram Drawn { get; }

    /// <summary>Reads one; the test is skipped where the collection is absent.</summary>
    public static EverydayCapture Read(string name)
    {
        var keys = Path.ChangeExtension(Table(name), ".keys");
        return new(Reading.Of(Checkout.Shared("captures", "everyday", $"{name}.pcap.gz"), File.Exists(keys) ? Reading.WithSecrets(File.ReadAllBytes(keys)) : null));
    }

    /// <summary>The row of a capture in a table of the collection, its name first; null where it has none.</summary>
    public static string[]? Row(string table, string name) => Rows(table).FirstOrDefault(r => r[0] == name);

    private static IEnumerable<string[]> Rows(string table) => File.ReadLines(Table(table)).Skip(1).Select(l => l.Split('\t'));

    private static string Table(string file) => Path.GetFullPath(Checkout.PathOf("..", "shared", "captures", "everyday", file));

    private static JsonElement AsJson(DiagnosedConnection connection)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, connection);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
