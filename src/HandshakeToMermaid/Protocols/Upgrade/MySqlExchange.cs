// MySQL internals, "Client/Server Protocol", Connection Phase. Every packet: int<3> payload_length (little-endian), int<1> sequence_id.
//   Protocol::HandshakeV10 = int<1> 10, string<NUL> server version, int<4> thread id, 8 bytes, 0, int<2> capability flags (low), ...
//   Protocol::SSLRequest   = int<4> client flags with CLIENT_SSL (0x0800), int<4> max packet size, int<1> character set, 23 zeros; TLS follows at once.
using System.Buffers.Binary;
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>MySQL and MariaDB: the request is not answered, TLS follows at once.</summary>
internal sealed class MySqlExchange() : StartTlsExchange("mysql", "MySQL")
{
    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderLength) return 0;
        var length = bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
        if (length is 0 or > MaxBytes) return -1;

        // What is no request for TLS names the user: it is not read.
        if (from == Side.Client && length != RequestLength) return -1;
        return HeaderLength + length;
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        var body = unit[HeaderLength..];
        if (from == Side.Client)
        {
            var flags = BinaryPrimitives.ReadUInt32LittleEndian(body);
            return (flags & ClientSsl) != 0 ? new UpgradeMessage(UpgradeTransition.Accepted, "SSLRequest") : default;
        }

        if (body[0] != ProtocolVersion) return default;
        var end = body[1..].IndexOf((byte)0);
        if (end < 0) return default;
        var flagsAt = 1 + end + 1 + 4 + 8 + 1;
        var version = new StepFact(Detail.Normal, string.Empty, Encoding.ASCII.GetString(body.Slice(1, Math.Min(end, LongestVersion)))) { IsFreeText = true };
        if (body.Length < flagsAt + 2) return new UpgradeMessage(UpgradeTransition.Said, "Handshake", version);
        var offers = (BinaryPrimitives.ReadUInt16LittleEndian(body[flagsAt..]) & ClientSsl) != 0;
        return new UpgradeMessage(UpgradeTransition.Said, "Handshake", new StepFact(Detail.Brief, string.Empty, offers ? "SSL offered" : "no SSL offered"), version);
    }

    internal const int HeaderLength = 4;
    internal const byte ProtocolVersion = 10;
    private const int RequestLength = 32;
    private const int ClientSsl = 0x0800;
    private const int MaxBytes = 1024;
    private const int LongestVersion = 60;
}
