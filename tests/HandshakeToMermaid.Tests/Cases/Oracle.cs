using System.Globalization;
using System.Text.Json;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Diagrams.Json;

namespace HandshakeToMermaid.Tests.Cases;

/// <summary>
/// Holds what is found in a capture against what an independent reader saw in it: messages in order and direction,
/// alerts, server name, version, cipher suite, ALPN and certificates of every TLS conversation.
/// </summary>
internal static class Oracle
{
    /// <summary>One line per deviation, beginning with the conversation's name ("tls:12").</summary>
    public static IReadOnlyList<string> Deviations(IReadOnlyList<DiagnosedConnection> found, string oraclePath)
    {
        var ours = found.Select(AsJson).Where(c => c.TryGetProperty("tls", out _)).ToList();
        var deviations = new List<string>();
        foreach (var line in File.ReadLines(oraclePath))
        {
            var theirs = JsonDocument.Parse(line).RootElement;
            var kind = Text(theirs, "kind");
            if (kind is not ("tls" or "dtls" or "quic") || Items(theirs, "handshake").Count == 0) continue;
            var name = $"{kind}:{theirs.GetProperty(kind == "quic" ? "connection" : "stream").GetInt32()}";
            var mine = ours.FindIndex(c => Ends(c) == Ends(theirs) && (Text(c, "protocol") is "dtls" or "quic" ? Text(c, "protocol") == kind : kind == "tls"));
            if (mine < 0)
            {
                deviations.Add($"{name} is not found");
                continue;
            }
            deviations.AddRange(Compare(ours[mine].GetProperty("tls"), theirs).Select(d => $"{name} {d}"));
            ours.RemoveAt(mine);
        }
        return deviations;
    }

    private static IEnumerable<string> Compare(JsonElement ours, JsonElement theirs)
    {
        var code = Text(theirs, "cipher_code");
        (string What, string Ours, string Theirs)[] facts =
        [
            ("messages", Messages(ours, "messages"), Messages(theirs, "handshake")),
            ("sni", Text(ours, "sni"), Text(theirs, "sni")),
            ("version", Text(ours, "version"), Text(theirs, "tls_version_negotiated")),
            ("cipher", Text(ours, "cipher_suite_code"), code.Length == 0 ? "" : Convert.ToInt32(code, 16).ToString(CultureInfo.InvariantCulture)),
            ("alpn", Text(ours, "alpn"), Text(theirs, "alpn")),
            ("alerts", Alerts(ours), Alerts(theirs)),
            ("certificates", Certificates(ours), Certificates(theirs)),
        ];
        return facts.Where(f => f.Ours != f.Theirs).Select(f => $"{f.What}: ours '{f.Ours}', oracle '{f.Theirs}'");
    }

    private static string Messages(JsonElement tls, string key) => string.Join(' ', Items(tls, key)
        .Where(m => Text(m, "sight") != "inferred" && Text(m, "type") is not ("encrypted_handshake_message" or "encrypted_handshake" or "change_cipher_spec"))
        .Select(m => $"{Text(m, "from")}:{Text(m, "type")}"));

    private static string Alerts(JsonElement tls) => string.Join(' ', Items(tls, "alerts")
        .Where(a => Text(a, "sight") != "inferred" && Text(a, "description").Length > 0)
        .Select(a => $"{Text(a, "from")}:{Text(a, "description")}"));

    private static string Certificates(JsonElement tls) => string.Join(' ', Items(tls, "certificates")
        .Select(c => $"{Text(c, "from")}:{Text(c, "position")}:{Text(c, "sha256").ToLowerInvariant()}"));

    private static string Ends(JsonElement connection)
    {
        var ends = new[] { End(connection.GetProperty("client")), End(connection.GetProperty("server")) };
        Array.Sort(ends, StringComparer.Ordinal);
        return string.Join('-', ends);
    }

    private static string End(JsonElement end) => end.ValueKind == JsonValueKind.String
        ? end.GetString()!.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).ToLowerInvariant()
        : $"{Text(end, "address")}:{Text(end, "port")}".ToLowerInvariant();

    private static List<JsonElement> Items(JsonElement element, string key)
        => element.TryGetProperty(key, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string Text(JsonElement element, string key)
        => element.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : "";

    private static JsonElement AsJson(DiagnosedConnection connection)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) ConnectionJson.Write(json, connection);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }
}
