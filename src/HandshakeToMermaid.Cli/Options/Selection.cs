using System.IO.Enumeration;
using HandshakeToMermaid.Correlation;
using HandshakeToMermaid.Diagnosis;
using HandshakeToMermaid.Packets;

namespace HandshakeToMermaid.Cli.Options;

/// <summary>Which connections are wanted. Different options narrow each other; one option given several times widens itself.</summary>
internal sealed record Selection
{
    /// <summary>The numbers that are wanted; null for all.</summary>
    public IReadOnlyList<NumberRange>? Connections { get; init; }

    /// <summary>When a wanted connection begins at the earliest; null for any time.</summary>
    public MomentBound? Since { get; init; }

    /// <summary>When a wanted connection begins at the latest; null for any time.</summary>
    public MomentBound? Until { get; init; }

    public IReadOnlyList<string> ServerNames { get; init; } = [];

    public IReadOnlyList<string> Hosts { get; init; } = [];

    public IReadOnlyList<ushort> Ports { get; init; } = [];

    public IReadOnlyList<string> Protocols { get; init; } = [];

    public bool FailedOnly { get; init; }

    /// <summary>True where a connection is wanted.</summary>
    public bool Includes(DiagnosedConnection diagnosed) => IncludesNumber(diagnosed.Connection.Id) && IncludesBesidesNumber(diagnosed);

    /// <summary>True where the connection of that number is wanted.</summary>
    public bool IncludesNumber(int number) => Connections is null || Connections.Any(range => range.Contains(number));

    /// <summary>True where a connection is wanted for all but its number, which is known only when its turn comes.</summary>
    public bool IncludesBesidesNumber(DiagnosedConnection diagnosed)
    {
        var connection = diagnosed.Connection;
        if (Protocols.Count > 0 && !Protocols.Contains(connection.Transport, StringComparer.OrdinalIgnoreCase)) return false;
        if (Since?.Compare(connection.First.Time) < 0 || Until?.Compare(connection.First.Time) > 0) return false;
        if (FailedOnly && !diagnosed.IsFailed) return false;
        if (ServerNames.Count > 0 && !ServerNames.Any(glob => MatchesName(glob, connection))) return false;
        if (Hosts.Count > 0 && !Hosts.Any(host => IsAt(host, connection.Client) || IsAt(host, connection.Server))) return false;
        return Ports.Count == 0 || Ports.Any(port => connection.Client.Endpoint?.Port == port || connection.Server.Endpoint?.Port == port);
    }

    private static bool MatchesName(string glob, Connection connection)
        => connection.Server.Name is { } name && FileSystemName.MatchesSimpleExpression(glob, name, ignoreCase: true);

    private static bool IsAt(string host, Party party)
    {
        if (IpAddress.Parse(host) is { } address) return party.Endpoint?.Address == address;
        return party.Name is { } name && FileSystemName.MatchesSimpleExpression(host, name, ignoreCase: true);
    }
}
