using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams;
using HandshakeToMermaid.Diagrams.Json;
using HandshakeToMermaid.Diagrams.Mermaid;

namespace HandshakeToMermaid.Tests.Laws;

/// <summary>What is said of connections as text, so that it can be compared.</summary>
internal static class ConnectionText
{
    /// <summary>One connection as JSON.</summary>
    public static string Json(DiagnosedConnection connection)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, connection);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Everything that is said of a connection but its number, the capture's name and the moment at which it began.</summary>
    public static string Lasting(DiagnosedConnection connection)
    {
        var json = JsonNode.Parse(Json(connection))!.AsObject();
        json.Remove("id");
        json.Remove("capture");
        json.Remove("start");
        return $"{json.ToJsonString()}\n{Drawing.Of([connection], new DiagramOptions(), maxConnections: 1).Text}";
    }

    /// <summary>The first place where two texts differ.</summary>
    public static string Difference(string one, string other)
    {
        var at = 0;
        while (at < one.Length && at < other.Length && one[at] == other[at]) at++;
        var from = Math.Max(0, at - 60);
        return $"...{Part(one, from)} | ...{Part(other, from)}".ReplaceLineEndings(" ");
    }

    private static string Part(string text, int from) => text[Math.Min(from, text.Length)..Math.Min(text.Length, from + 140)];
}
