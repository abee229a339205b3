using System.Globalization;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace HandshakeToMermaid.Capture.Live;

/// <summary>The interface that is watched where none is named: the one of the default route.</summary>
internal static class DefaultInterface
{
    /// <summary>Its name; null where there is no default route.</summary>
    public static string? Find() => OperatingSystem.IsLinux() ? FromRoutes() ?? FromRoutes6() : FromGateways();

    /// <summary>/proc/net/route: name, destination, gateway, flags, references, use, metric, mask, in hexadecimal but for the metric.</summary>
    internal static string? FromRoutes(string path = "/proc/net/route") =>
        Best(path, static f => f is [_, "00000000", _, _, _, _, _, "00000000", ..] && int.TryParse(f[6], CultureInfo.InvariantCulture, out var metric) ? (f[0], metric) : null);

    /// <summary>/proc/net/ipv6_route: destination, its prefix length, source, its prefix length, next hop, metric, ..., name.</summary>
    private static string? FromRoutes6() => Best("/proc/net/ipv6_route", static f =>
        f is [_, "00", _, _, _, _, _, _, _, var name] && f[0].All(static c => c == '0') && name != "lo"
        && int.TryParse(f[5], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var metric) ? (name, metric) : null);

    private static string? Best(string path, Func<string[], (string Name, int Metric)?> read)
    {
        if (!File.Exists(path)) return null;
        (string Name, int Metric)? best = null;
        foreach (var line in File.ReadLines(path))
        {
            if (read(line.Split(Blanks, StringSplitOptions.RemoveEmptyEntries)) is { } route && (best is null || route.Metric < best.Value.Metric)) best = route;
        }

        return best?.Name;
    }

    private static string? FromGateways()
    {
        foreach (var candidate in NetworkInterface.GetAllNetworkInterfaces())
        {
            if (candidate.OperationalStatus != OperationalStatus.Up || candidate.NetworkInterfaceType == NetworkInterfaceType.Loopback) continue;
            var hasGateway = candidate.GetIPProperties().GatewayAddresses.Any(static g => g.Address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6);
            if (!hasGateway) continue;

            // Npcap names interfaces by their GUID.
            return OperatingSystem.IsWindows() ? $@"\Device\NPF_{candidate.Id}" : candidate.Name;
        }

        return null;
    }

    private static readonly char[] Blanks = [' ', '\t'];
}
