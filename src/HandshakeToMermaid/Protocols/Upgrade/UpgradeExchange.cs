using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>What one dialect knows of one conversation before TLS. It is given whole units, a line or a message, of either side in turn.</summary>
internal abstract class UpgradeExchange
{
    /// <summary>How a connection's JSON names it in <c>wrapped_in</c>: "starttls-smtp", "http-connect".</summary>
    public abstract string Name { get; }

    /// <summary>What stands above its band: "STARTTLS (SMTP)".</summary>
    public abstract string Title { get; }

    /// <summary>What people call the protocol: "PostgreSQL".</summary>
    public abstract string Protocol { get; }

    /// <summary>The key of its object in a connection's JSON: "starttls", "proxy".</summary>
    public abstract string JsonKey { get; }

    /// <summary>Length of the unit that <paramref name="bytes"/> begin with, in bytes; 0 if more are needed, negative if they do not belong to this protocol.</summary>
    public abstract int Measure(Side from, ReadOnlySpan<byte> bytes);

    /// <summary>Reads a unit as long as <see cref="Measure"/> said.</summary>
    public abstract UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit);

    /// <summary>Bytes were lost in one direction: answers can no longer be counted.</summary>
    public virtual void Lose(Side from)
    {
    }
}
