using System.Buffers.Binary;
using HandshakeToMermaid.Streams.Tcp;

namespace HandshakeToMermaid.Protocols.StartTls;

/// <summary>Recognises PostgreSQL by its client's first request for encryption; a client that starts without is not followed.</summary>
public sealed class PostgresDialect : IPreludeDialect
{
    /// <inheritdoc/>
    public ProbeVerdict Probe(ReadOnlySpan<byte> start, TcpFlow flow, out Side speaker)
    {
        speaker = Side.Client;
        var known = Math.Min(start.Length, Sign.Length);
        if (!start[..known].SequenceEqual(Sign[..known])) return ProbeVerdict.NotForUs;
        if (start.Length < 8) return ProbeVerdict.Unsure;
        return BinaryPrimitives.ReadInt32BigEndian(start[4..]) is PostgresPrelude.SslRequest or PostgresPrelude.GssRequest ? ProbeVerdict.Certain : ProbeVerdict.NotForUs;
    }

    /// <inheritdoc/>
    public Prelude Begin() => new PostgresPrelude();

    private static ReadOnlySpan<byte> Sign => [0, 0, 0, 8, 0x04, 0xD2, 0x16];
}
