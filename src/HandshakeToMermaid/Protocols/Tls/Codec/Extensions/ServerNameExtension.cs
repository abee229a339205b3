// RFC 6066 section 3:
//   struct { NameType name_type; select (name_type) { case host_name: HostName; } name; } ServerName;
//   enum { host_name(0), (255) } NameType;
//   opaque HostName<1..2^16-1>;
//   struct { ServerName server_name_list<1..2^16-1> } ServerNameList;
using System.Buffers.Binary;
using HandshakeToMermaid.Protocols.Tls.Codec.Registries;
using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Protocols.Tls.Codec.Extensions;

/// <summary>server_name: the host that the client requests; empty in a server's answer.</summary>
internal sealed class ServerNameExtension : Extension
{
    private ServerNameExtension(ExtensionType type, ReadOnlyMemory<byte> data)
        : base(type, data)
    {
    }

    /// <summary>The first host name as sent; null where none was.</summary>
    public string? HostName { get; private init; }

    internal static ServerNameExtension Read(ExtensionType type, ReadOnlyMemory<byte> data)
    {
        if (data.IsEmpty) return new ServerNameExtension(type, data);
        var reader = new WireReader(data.Span);
        string? host = null;
        var box = reader.Enter16("server_name_list");
        while (reader.HasMore)
        {
            var nameType = reader.U8("name_type");
            var name = reader.Vector16("HostName");
            if (nameType == 0 && !reader.Fault.IsFault) host ??= WireText.Decode(name);
        }

        reader.Leave(box);
        reader.End("server_name");
        return new ServerNameExtension(type, data) { HostName = host, Fault = reader.Fault };
    }

    /// <summary>Reads a list of one host name, as every client sends it; false for any other content.</summary>
    internal static bool TryReadOnlyName(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (data.Length < ShortestList || BinaryPrimitives.ReadUInt16BigEndian(data) != data.Length - 2 || data[2] != 0) return false;
        name = data[5..];
        return BinaryPrimitives.ReadUInt16BigEndian(data[3..]) == name.Length;
    }

    /// <summary>Both lengths, the type, one letter.</summary>
    private const int ShortestList = 6;
}
