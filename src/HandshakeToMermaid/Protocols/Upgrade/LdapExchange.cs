// RFC 4511 section 4.14, in BER:
//   LDAPMessage ::= SEQUENCE { messageID INTEGER, protocolOp CHOICE { ..., extendedReq [APPLICATION 23], extendedResp [APPLICATION 24] } }
//   ExtendedRequest ::= SEQUENCE { requestName [0] LDAPOID, ... };  ExtendedResponse begins with resultCode ENUMERATED, matchedDN, diagnosticMessage.
// Other operations are skipped.
using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>LDAP: the extended operation StartTLS.</summary>
internal sealed class LdapExchange() : StartTlsExchange("ldap", "LDAP")
{
    private byte[]? asked;

    /// <summary>The operation's name.</summary>
    internal static ReadOnlySpan<byte> StartTls => "1.3.6.1.4.1.1466.20037"u8;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes)
    {
        if (bytes[0] != Sequence) return -1;
        if (!TryLength(bytes, out var header, out var length)) return bytes.Length < 6 ? 0 : -1;
        return header + length > MaxBytes ? -1 : header + length;
    }

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        if (!TryEnter(unit, Sequence, out var message, out _)) return default;
        if (!TryEnter(message, Integer, out var id, out var rest) || rest.IsEmpty) return default;
        if (from == Side.Client)
        {
            if (!TryEnter(rest, ExtendedRequest, out var request, out _) || !TryEnter(request, RequestName, out var name, out _) || !name.SequenceEqual(StartTls)) return default;
            asked = id.ToArray();
            return new UpgradeMessage(UpgradeTransition.Asked, "StartTLS");
        }

        if (asked is null || !id.SequenceEqual(asked) || !TryEnter(rest, ExtendedResponse, out var response, out _)) return default;
        if (!TryEnter(response, Enumerated, out var code, out rest) || code.Length != 1) return default;
        if (code[0] == 0) return new UpgradeMessage(UpgradeTransition.Accepted, "success");
        var hasText = TryEnter(rest, OctetString, out _, out rest) & TryEnter(rest, OctetString, out var text, out _);
        var title = code[0] switch { 1 => "operationsError", 2 => "protocolError", 8 => "strongerAuthRequired", 10 => "referral", 52 => "unavailable", 53 => "unwillingToPerform", _ => $"resultCode {code[0]}" };
        return new UpgradeMessage(UpgradeTransition.Refused, title, hasText && !text.IsEmpty ? [new StepFact(Detail.Normal, string.Empty, Encoding.UTF8.GetString(text[..Math.Min(text.Length, 120)])) { IsFreeText = true }] : []);
    }

    internal static bool TryEnter(ReadOnlySpan<byte> bytes, byte tag, out ReadOnlySpan<byte> content, out ReadOnlySpan<byte> rest)
    {
        content = rest = default;
        if (bytes.IsEmpty || bytes[0] != tag || !TryLength(bytes, out var header, out var length) || bytes.Length - header < length) return false;
        content = bytes.Slice(header, length);
        rest = bytes[(header + length)..];
        return true;
    }

    private static bool TryLength(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < 2) return false;
        length = bytes[1];
        if (length < 0x80) return true;
        var octets = length & 0x7F;
        if (octets is 0 or > 4 || bytes.Length < 2 + octets) return false;
        header += octets;
        long value = 0;
        foreach (var octet in bytes.Slice(2, octets)) value = (value << 8) | octet;
        length = (int)Math.Min(value, int.MaxValue / 2);
        return true;
    }

    private const byte Sequence = 0x30;
    private const byte Integer = 0x02;
    private const byte OctetString = 0x04;
    private const byte Enumerated = 0x0A;
    private const byte ExtendedRequest = 0x77;
    private const byte ExtendedResponse = 0x78;
    private const byte RequestName = 0x80;
    private const int MaxBytes = 4096;
}
