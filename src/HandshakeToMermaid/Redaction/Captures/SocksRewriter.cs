using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// One direction of SOCKS in place, version 5 (RFC 1928, RFC 1929) or 4 and 4a: names and addresses get their pseudonyms, credentials are masked.
/// </summary>
internal sealed class SocksRewriter(Pseudonyms pseudonyms)
{
    /// <summary>Rewrites what stands before TLS; false, and nothing is changed, where it is no SOCKS.</summary>
    public bool TryRewrite(Span<byte> bytes) => TryVersion5(bytes) || TryVersion4(bytes);

    // The client begins with a list of methods, the server with the one that it chose; credentials and their result have version 1.
    private bool TryVersion5(Span<byte> bytes)
    {
        if (bytes.Length < 2 || bytes[0] != 5) return false;
        return TryMessages(bytes, 2 + bytes[1], credentials => 3 + credentials[1] + credentials[2 + credentials[1]]) || TryMessages(bytes, 2, static _ => 2);
    }

    private bool TryMessages(Span<byte> bytes, int start, CredentialsLength lengthOf)
    {
        var at = start;
        if (at + 2 < bytes.Length && bytes[at] == 1)
        {
            var credentials = bytes[at..];
            if (credentials.Length < 3 + credentials[1]) return false;
            var length = lengthOf(credentials);
            if (length > credentials.Length) return false;
            at += length;
        }

        if (at + 5 > bytes.Length || bytes[at] != 5 || bytes[at + 2] != 0) return false;
        var address = bytes[(at + 4)..];
        var size = bytes[at + 3] switch { 1 => 4, 3 => 1 + address[0], 4 => 16, _ => -1 };
        if (size < 0 || size + 2 > address.Length) return false;
        if (bytes[at + 3] == 3) Name(address[1..size]);
        else Address(address[..size]);
        TextMask.Fill(bytes[start..at]);
        TextMask.Apply(address[(size + 2)..]);
        return true;
    }

    // Version, command, port, address, user id, NUL; in 4a an address 0.0.0.x, and the name and NUL behind it.
    private bool TryVersion4(Span<byte> bytes)
    {
        if (bytes.Length < 8 || bytes[0] is not (0 or 4) || bytes[1] is not ((>= 1 and <= 2) or (>= 90 and <= 93))) return false;
        var isRequest = bytes[0] == 4;
        if (isRequest != bytes[1] < 90) return false;
        var hasName = isRequest && bytes[4..7].IndexOfAnyExcept((byte)0) < 0 && bytes[7] != 0;
        if (!hasName) Address(bytes[4..8]);
        var rest = bytes[8..];
        var user = isRequest ? rest.IndexOf((byte)0) : 0;
        if (user < 0) user = rest.Length;
        TextMask.Fill(rest[..user]);
        rest = rest[Math.Min(rest.Length, user + (isRequest ? 1 : 0))..];
        var name = hasName ? rest.IndexOf((byte)0) : 0;
        if (name > 0) Name(rest[..name]);
        TextMask.Apply(rest[Math.Max(0, name)..]);
        return true;
    }

    private void Name(Span<byte> name)
    {
        var other = pseudonyms.Of(new Original(OriginalKind.Name, Encoding.Latin1.GetString(name)));
        if (other.Length == name.Length) Encoding.Latin1.GetBytes(other).CopyTo(name);
        else TextMask.Fill(name);
    }

    // An address of zeros says that there is none.
    private void Address(Span<byte> address)
    {
        if (address.IndexOfAnyExcept((byte)0) >= 0) pseudonyms.Of(IpAddress.FromBytes(address)).ToIPAddress().TryWriteBytes(address, out _);
    }

    private delegate int CredentialsLength(ReadOnlySpan<byte> credentials);
}
