using System.Text.Json;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>A TCP connection that carried DNS: what it delivered is told as look-ups, so it is not drawn for itself.</summary>
/// <param name="deliveredLookup">True where at least one message of it belonged to a look-up.</param>
public sealed class DnsCarrierFacts(bool deliveredLookup) : ProtocolFacts
{
    /// <summary>True where at least one message of it belonged to a look-up: then the look-ups stand for the connection.</summary>
    public bool DeliveredLookup { get; } = deliveredLookup;

    /// <inheritdoc/>
    public override string JsonKey => "dns_carrier";

    /// <inheritdoc/>
    public override IReadOnlyList<Step> Steps => [];

    /// <inheritdoc/>
    public override void WriteJson(Utf8JsonWriter json, FlowSummary flow) => json.WriteBoolean("delivered_lookup", DeliveredLookup);
}
