using System.Text;
using HandshakeToMermaid.Packets;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>Names in DER, in place: values of distinguished names, and GeneralNames (RFC 5280 section 4.2.1.6).</summary>
internal sealed class DirectoryNameRewriter(Pseudonyms pseudonyms)
{
    /// <summary>Replaces the values of a Name; that of a public certificate authority stays.</summary>
    public void Rewrite(Span<byte> bytes, DerElement name, bool isAuthority)
    {
        if (isAuthority && DirectoryNamePseudonyms.IsPublic(DistinguishedName.Text(bytes[Start(bytes, name)..name.End]))) return;
        foreach (var set in name.Inside(bytes))
        {
            foreach (var attribute in set.Inside(bytes))
            {
                if (attribute.Inside(bytes) is not [{ Tag: 0x06 } type, var value, ..]) continue;
                var oid = DerText.ObjectIdentifier(type.Of(bytes));
                Replace(value.Of(bytes), pseudonyms.OfAttribute(ObjectIdentifiers.AttributeType(oid) ?? oid, DerText.Directory(value.Tag, value.Of(bytes))), value.Tag == 0x1E);
            }
        }
    }

    /// <summary>Replaces the names, addresses and URLs in the value of an extension, however deep they lie.</summary>
    public void RewriteGeneralNames(Span<byte> bytes, DerElement element)
    {
        foreach (var inner in element.Inside(bytes))
        {
            var content = inner.Of(bytes);
            switch (inner.Tag)
            {
                case 0x82 or 0x81:
                    Replace(content, pseudonyms.Of(new Original(OriginalKind.Name, Encoding.Latin1.GetString(content))), isWide: false);
                    break;
                case 0x86:
                    var scheme = content.IndexOf("://"u8);
                    TextMask.Fill(content[(scheme < 0 ? 0 : scheme + 3)..]);
                    break;
                case 0x87 when content.Length is 4 or 16:
                    pseudonyms.Of(IpAddress.FromBytes(content)).ToIPAddress().TryWriteBytes(content, out _);
                    break;
                case 0x87:
                    content.Clear();
                    break;
                case 0xA4 when inner.Inside(bytes) is [{ Tag: 0x30 } directory]:
                    Rewrite(bytes, directory, isAuthority: true);
                    break;
                default:
                    if (inner.IsConstructed) RewriteGeneralNames(bytes, inner);
                    break;
            }
        }
    }

    /// <summary>Writes a text over another one of the same length; one that does not fit is hidden instead.</summary>
    private static void Replace(Span<byte> content, string text, bool isWide)
    {
        var bytes = isWide ? Encoding.BigEndianUnicode.GetBytes(text) : Encoding.UTF8.GetBytes(text);
        if (bytes.Length == content.Length) bytes.CopyTo(content);
        else TextMask.Fill(content);
    }

    private static int Start(ReadOnlySpan<byte> bytes, DerElement element)
    {
        // The header is as short as DER allows.
        var length = element.End - element.Content;
        return element.Content - (length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x1_0000 ? 4 : 5);
    }
}
