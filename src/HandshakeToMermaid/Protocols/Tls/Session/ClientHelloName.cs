using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Protocols.Tls.Records;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Session;

/// <summary>
/// Looks for the server name in a ClientHello without decoding it: enough to find a connection's look-up. It answers only where the
/// bytes leave no doubt that decoding the hello would find the same.
/// </summary>
internal static class ClientHelloName
{
    /// <summary>Looks into the first bytes of a client.</summary>
    /// <param name="bytes">They begin with a record.</param>
    /// <param name="name">The host name as sent; empty where the hello names none.</param>
    /// <returns>False where the hello must be decoded: it is split, broken, or holds Encrypted ClientHello.</returns>
    public static bool TryFind(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (bytes.Length < RecordHeader.TlsLength + HandshakeAssembler.HeaderLength || bytes[0] != ContentType.Handshake.Code) return false;
        int record = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
        var message = bytes[RecordHeader.TlsLength..];
        if (message[0] != HandshakeType.ClientHello.Code || message.Length < record || HandshakeAssembler.LengthIn(message) + HandshakeAssembler.HeaderLength != record) return false;

        var hello = new WireReader(message[HandshakeAssembler.HeaderLength..record]);
        hello.Take(VersionAndRandom, "random");
        hello.Vector8("legacy_session_id");
        hello.Vector16("cipher_suites");
        hello.Vector8("legacy_compression_methods");
        if (!hello.HasMore) return !hello.Fault.IsFault;

        var isNamed = false;
        var box = hello.Enter16("extensions");
        while (hello.HasMore)
        {
            var type = hello.U16("extension_type");
            var data = hello.Vector16("extension_data");
            if (type == ExtensionType.EncryptedClientHello.Code) return false;
            if (type != ExtensionType.ServerName.Code) continue;
            if (isNamed || !TryOnly(data, out name)) return false;
            isNamed = true;
        }

        hello.Leave(box);
        hello.End("ClientHello");
        return !hello.Fault.IsFault;
    }

    /// <summary>A list of one host name, as every client sends it (RFC 6066 section 3).</summary>
    private static bool TryOnly(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (data.Length < ShortestList || BinaryPrimitives.ReadUInt16BigEndian(data) != data.Length - 2 || data[2] != 0) return false;
        name = data[5..];
        return BinaryPrimitives.ReadUInt16BigEndian(data[3..]) == name.Length;
    }

    /// <summary>Both lengths, the type, one letter.</summary>
    private const int ShortestList = 6;

    private const int VersionAndRandom = 34;
}
