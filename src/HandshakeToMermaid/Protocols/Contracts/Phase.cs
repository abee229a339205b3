namespace HandshakeToMermaid.Protocols.Contracts;

/// <summary>
/// A part of a connection that is drawn as a band. The set is open: a protocol may bring an instance of its own, and its steps then get
/// a band with their own header and color. What the analysis needs to know about a phase is its <see cref="Role"/>.
/// Instances are compared by reference.
/// </summary>
internal sealed class Phase
{
    /// <summary>Describes a phase.</summary>
    /// <param name="name">Its name in JSON and templates, in lower case: "tls".</param>
    /// <param name="title">Header of its band where no <see cref="PhaseSpan"/> names the version: "TLS".</param>
    /// <param name="order">Its position among the phases, ascending; the phases defined here are 100 apart, from 100 on.</param>
    /// <param name="role">Its part in a connection.</param>
    /// <param name="color">The color of its band.</param>
    public Phase(string name, string title, int order, PhaseRole role, BandColor color) =>
        (Name, Title, Order, Role, Color) = (name, title, order, role, color);

    /// <summary>Name resolution.</summary>
    public static Phase Dns { get; } = new("dns", "DNS", 100, PhaseRole.Resolution, BandColor.Blue);

    /// <summary>The TCP handshake.</summary>
    public static Phase Tcp { get; } = new("tcp", "TCP", 200, PhaseRole.Transport, BandColor.Green);

    /// <summary>What is exchanged before TLS on the same connection: a proxy's CONNECT, STARTTLS.</summary>
    public static Phase Upgrade { get; } = new("prelude", "Before TLS", 300, PhaseRole.Upgrade, BandColor.Gray);

    /// <summary>The TLS handshake, over TCP, DTLS or QUIC.</summary>
    public static Phase Tls { get; } = new("tls", "TLS", 400, PhaseRole.Handshake, BandColor.Purple);

    /// <summary>A proxy's CONNECT inside TLS, behind the handshake with the proxy.</summary>
    public static Phase Tunnel { get; } = new("tunnel", "Tunnel inside TLS", 420, PhaseRole.Upgrade, BandColor.Gray);

    /// <summary>The TLS handshake that passes through such a tunnel.</summary>
    public static Phase InnerTls { get; } = new("inner_tls", "TLS inside the tunnel", 440, PhaseRole.Handshake, BandColor.Purple);

    /// <summary>Application data.</summary>
    public static Phase Data { get; } = new("data", "Data", 500, PhaseRole.Data, BandColor.Gray);

    /// <summary>The end of the connection.</summary>
    public static Phase Close { get; } = new("close", "Close", 600, PhaseRole.Close, BandColor.Gray);

    /// <summary>The phase of that name among these; null for a name that a protocol brought, or for none.</summary>
    public static Phase? Named(string name) => Array.Find(All, known => known.Name == name);

    private static readonly Phase[] All = [Dns, Tcp, Upgrade, Tls, Tunnel, InnerTls, Data, Close];

    /// <summary>Its name in JSON and templates.</summary>
    public string Name { get; }

    /// <summary>Header of its band where no <see cref="PhaseSpan"/> names the version.</summary>
    public string Title { get; }

    /// <summary>Its position among the phases, ascending.</summary>
    public int Order { get; }

    /// <summary>Its part in a connection.</summary>
    public PhaseRole Role { get; }

    /// <summary>The color of its band.</summary>
    public BandColor Color { get; }

    /// <summary><see cref="Name"/>.</summary>
    public override string ToString() => Name;
}
