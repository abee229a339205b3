using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>The state of one upgrade exchange before TLS, in one protocol. It receives whole units, a line or a message, in capture order.</summary>
internal abstract class UpgradeExchange
{
    /// <summary>Its name in the JSON property <c>wrapped_in</c>: "starttls-smtp", "http-connect".</summary>
    public abstract string Name { get; }

    /// <summary>The title of its band: "STARTTLS (SMTP)".</summary>
    public abstract string Title { get; }

    /// <summary>The display name of the protocol: "PostgreSQL".</summary>
    public abstract string Protocol { get; }

    /// <summary>The key of its object in a connection's JSON: "starttls", "proxy".</summary>
    public abstract string JsonKey { get; }

    /// <summary>Length of the unit that <paramref name="bytes"/> begin with, in bytes; 0 if more are needed, negative if they do not belong to this protocol.</summary>
    public abstract int Measure(Side from, ReadOnlySpan<byte> bytes);

    /// <summary>Decodes a unit of the length that <see cref="Measure"/> returned.</summary>
    public abstract UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit);

    /// <summary>Bytes were lost in one direction: answers can no longer be counted.</summary>
    public virtual void Lose(Side from)
    {
    }
}
