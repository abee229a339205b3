namespace HandshakeToMermaid.Attacks;

/// <summary>All attacks, by what they aim at.</summary>
internal static class AttackCatalog
{
    public static IReadOnlyList<Attack> All { get; } = [.. TcpAttacks.All, .. UdpAttacks.All, .. TlsAttacks.All, .. FileAttacks.All];
}
