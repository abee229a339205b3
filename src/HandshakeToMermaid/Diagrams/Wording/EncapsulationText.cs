using System.Globalization;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Diagrams.Wording;

/// <summary>What packets were wrapped in, for people.</summary>
internal static class EncapsulationText
{
    /// <summary>"Encapsulated in VLAN 93, VXLAN 42", outermost first; null for a path that is none.</summary>
    public static string? Of(EncapsulationPath? path) => path is null ? null : $"Encapsulated in {string.Join(", ", path.Layers.Select(Name))}";

    private static string Name(EncapsulationLayer layer) => layer.Id == 0 ? Kind(layer.Name) : string.Create(CultureInfo.InvariantCulture, $"{Kind(layer.Name)} {layer.Id}");

    private static string Kind(string name) => name switch
    {
        "etherip" => "EtherIP",
        "geneve" => "Geneve",
        "gtp" => "GTP-U TEID",
        "ipip" => "IP in IP",
        "pppoe" => "PPPoE session",
        "teredo" => "Teredo",
        "4in6" or "6in4" or "6in6" => name,
        _ => name.ToUpperInvariant(),
    };
}
