using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>Recognises PostgreSQL by its client's request for encryption, or by a StartupMessage without one.</summary>
internal sealed class PostgresDialect : IUpgradeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, RecordedTcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;

        // Both begin with a length below 64 KiB.
        if (start.Length > 0 && start[0] != 0) return ProbeVerdict.NotForUs;
        if (start.Length > 1 && start[1] != 0) return ProbeVerdict.NotForUs;
        if (start.Length < Least) return ProbeVerdict.Unsure;
        if (PostgresExchange.IsStartup(start, out var length))
        {
            // The name of a parameter follows: "user".
            if (start.Length == Least) return ProbeVerdict.Unsure;
            return char.IsAsciiLetter((char)start[Least]) || start[Least] == '_' ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
        }

        return length == Least && BinaryPrimitives.ReadInt32BigEndian(start[4..]) is PostgresExchange.SslRequest or PostgresExchange.GssRequest ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public UpgradeExchange Begin() => new PostgresExchange();

    private const int Least = 8;
}
