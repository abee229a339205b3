using System.Buffers;
using System.Text.Json;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Facts;

namespace HandshakeToMermaid.Cli.Output;

/// <summary>What TLS agreed on, for rows; null where it is not known. Redacted connections have pseudonyms here as everywhere.</summary>
internal sealed record TlsValues(string? Version, string? CipherSuite, string? Group, string? ServerName, string? Alpn, string? Resumed)
{
    /// <summary>The values of a connection; null where it has no TLS.</summary>
    public static TlsValues? Of(Connection connection)
    {
        if (connection.FactsOf<TlsFacts>() is { } facts)
        {
            var resumed = facts.Resumption switch { TlsResumption.No => "no", TlsResumption.SessionId => "session_id", TlsResumption.Ordinal => "ticket", TlsResumption.Psk => "psk", _ => null };
            return new TlsValues(facts.Version?.Name, facts.CipherSuite?.Name, facts.Group?.Name, facts.ServerName, facts.AlpnProtocol, resumed);
        }

        if (connection.Flow is not { } flow || connection.Facts.FirstOrDefault(f => f.JsonKey == "tls") is not { } redacted) return null;
        using var json = JsonOf(redacted, flow);
        return new TlsValues(Text("version"), Text("cipher_suite"), Text("group"), Text("sni"), Text("alpn"), Text("resumed"));

        string? Text(string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }

    /// <summary>The JSON object of a protocol.</summary>
    public static JsonDocument JsonOf(ProtocolFacts facts, FlowSummary flow)
    {
        var text = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            facts.WriteJson(json, flow);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(text.WrittenMemory);
    }
}
