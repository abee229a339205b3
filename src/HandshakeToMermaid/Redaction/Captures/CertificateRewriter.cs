using System.Globalization;
using System.Security.Cryptography;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Codec.Certificates;
using HandshakeToMermaid.Protocols.Tls.Verification;

namespace HandshakeToMermaid.Redaction.Captures;

/// <summary>
/// Certificates and OCSP responses, in place: names, serial numbers, keys, identifiers, timestamps and signatures. Dates, algorithms, usages and lengths
/// stay. Keys are marked (<see cref="RedactedKey"/>), so that no signature is taken for forged.
/// </summary>
internal sealed class CertificateRewriter(Pseudonyms pseudonyms, byte[] key, TimeShift? shift = null)
{
    private readonly DirectoryNameRewriter names = new(pseudonyms);
    private readonly Dictionary<string, byte[]> known = [];

    /// <summary>Rewrites a certificate.</summary>
    /// <returns>False where it is none: then nothing of it may stay.</returns>
    public bool Rewrite(Span<byte> der, bool isAuthority)
    {
        var before = der.ToArray();
        var certificate = Certificate.Read(before);
        if (DerElement.In(der, 0, der.Length) is not [{ Tag: 0x30 } whole] || whole.Inside(der) is not [{ Tag: 0x30 } signed, _, { Tag: 0x03 } signature]) return false;
        var fields = signed.Inside(der);
        var at = fields is [{ Tag: 0xA0 }, ..] ? 1 : 0;
        if (fields.Count < at + 6) return false;
        var (serial, issuer, subject, info) = (fields[at], fields[at + 2], fields[at + 4], fields[at + 5]);
        isAuthority |= certificate.IsCertificateAuthority == true;
        Serial(serial.Of(der), certificate.Serial);
        names.Rewrite(der, issuer, isAuthority: isAuthority || !certificate.IsSelfIssued);
        names.Rewrite(der, subject, isAuthority);
        Dates(der, fields[at + 3].Inside(der));
        PublicKey(der, info);
        foreach (var more in fields.Skip(at + 6))
        {
            if (more.Tag == 0xA3 && more.Inside(der) is [var list]) Extensions(der, list);
            else Hide(more.Of(der), 1);
        }

        Hide(signature.Of(der), 1);
        var after = Certificate.Read(der.ToArray());
        Learn(certificate.SubjectDer.Span, after.SubjectDer.Span);
        Learn(certificate.IssuerDer.Span, after.IssuerDer.Span);
        Learn(BitsIn(before, info).Span, BitsIn(der.ToArray(), info).Span);
        return true;
    }

    /// <summary>Rewrites an OCSP response (RFC 6960 section 4.2.1): what refers to a certificate refers to it still.</summary>
    public void RewriteStatus(Span<byte> der)
    {
        foreach (var element in DerElement.In(der, 0, der.Length)) Status(der, element, depth: 0);
    }

    private void Status(Span<byte> der, DerElement element, int depth)
    {
        var content = element.Of(der);
        if (element.Tag == 0x30 && element.Inside(der) is [{ Tag: 0x06 } type, { IsConstructed: false } value] && type.End - type.Content == 3 && der[type.Content] == 0x55 && der[type.Content + 1] == 0x04)
        {
            var oid = DerText.ObjectIdentifier(type.Of(der));
            var text = pseudonyms.OfAttribute(ObjectIdentifiers.AttributeType(oid) ?? oid, DerText.Directory(value.Tag, value.Of(der)));
            if (System.Text.Encoding.UTF8.GetBytes(text) is var bytes && bytes.Length == value.Of(der).Length) bytes.CopyTo(value.Of(der));
            else TextMask.Fill(value.Of(der));
        }
        else if (element.IsConstructed)
        {
            // A responder's certificate stands among those that come with the response.
            if (element.Tag == 0x30 && IsCertificate(der, element) && Rewrite(der[Start(element)..element.End], isAuthority: true)) return;
            foreach (var inner in element.Inside(der)) Status(der, inner, depth + 1);
        }
        else if (element.Tag is 0x17 or 0x18)
        {
            Dates(der, [element]);
        }
        else if (element.Tag == 0x04 && depth < MaxDepth && DerElement.In(der, element.Content, element.End) is [{ Tag: 0x30 } wrapped])
        {
            Status(der, wrapped, depth + 1);
        }
        else if (element.Tag is 0x02 or 0x04 && known.TryGetValue(Convert.ToHexString(content), out var replacement))
        {
            replacement.CopyTo(content);
        }
        else if (element.Tag == 0x04)
        {
            Hide(content, 0);
        }
        else if (element.Tag == 0x03)
        {
            Hide(content, 1);
        }
    }

    private static bool IsCertificate(ReadOnlySpan<byte> der, DerElement element) => element.Inside(der) is [{ Tag: 0x30 } signed, { Tag: 0x30 }, { Tag: 0x03 }] && signed.Inside(der) is [{ Tag: 0xA0 }, { Tag: 0x02 }, ..];

    /// <summary>Moves dates where times are moved. UTCTime has two digits of the year, 1950 to 2049 (RFC 5280 section 4.1.2.5.1): others become its first or last one.</summary>
    private void Dates(Span<byte> der, List<DerElement> dates)
    {
        if (shift is null) return;
        foreach (var date in dates)
        {
            var content = date.Of(der);
            var isShort = date.Tag == 0x17;
            var text = System.Text.Encoding.Latin1.GetString(content);
            if (!DateTimeOffset.TryParseExact(isShort && text.Length == 13 ? $"{(string.CompareOrdinal(text, "50") < 0 ? "20" : "19")}{text}" : text, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) continue;
            var moved = shift.Of(time);
            if (isShort && (moved.Year < 1950 || moved.Year > 2049)) moved = moved.Year < 1950 ? new DateTimeOffset(1950, 1, 1, 0, 0, 0, default) : new DateTimeOffset(2049, 12, 31, 23, 59, 59, default);
            System.Text.Encoding.Latin1.GetBytes(moved.ToString(isShort ? "yyMMddHHmmss'Z'" : "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture)).CopyTo(content);
        }
    }

    private void Serial(Span<byte> content, string text)
    {
        if (text.Length == 0 || text[0] == '-') return;
        var before = content.ToArray();
        var digits = pseudonyms.Of(new Original(OriginalKind.SerialNumber, text)).PadLeft(content.Length * 2, '0');
        if (digits.Length == content.Length * 2) Convert.FromHexString(digits).CopyTo(content);
        else Hide(content, 1);
        known.TryAdd(Convert.ToHexString(before), content.ToArray());
    }

    /// <summary>The key's bytes behind its first one, which says how it is written: the mark, then noise. An RSA key's length and exponent stay.</summary>
    private void PublicKey(Span<byte> der, DerElement info)
    {
        if (info.Inside(der) is not [_, { Tag: 0x03 } bits] || bits.End - bits.Content < 3) return;
        var room = der[(bits.Content + 2)..bits.End];
        if (DerElement.In(der, bits.Content + 1, bits.End) is [{ Tag: 0x30 } rsa] && rsa.Inside(der) is [{ Tag: 0x02 } modulus, ..] && modulus.End - modulus.Content > 3)
        {
            room = der[(modulus.Content + 2)..modulus.End];
        }

        new Noise(key, $"key {Convert.ToHexString(SHA256.HashData(room))}").Fill(room, 0);
        RedactedKey.Mark[..Math.Min(RedactedKey.Mark.Length, room.Length)].CopyTo(room);
    }

    private void Extensions(Span<byte> der, DerElement list)
    {
        foreach (var extension in list.Inside(der))
        {
            if (extension.Inside(der) is not [{ Tag: 0x06 } type, .., { Tag: 0x04 } value]) continue;
            var oid = DerText.ObjectIdentifier(type.Of(der));
            if (Kept.Contains(oid)) continue;
            if (WithNames.Contains(oid))
            {
                foreach (var inner in DerElement.In(der, value.Content, value.End)) names.RewriteGeneralNames(der, inner);
            }
            else if (oid == SubjectKeyIdentifier && DerElement.In(der, value.Content, value.End) is [{ Tag: 0x04 } own])
            {
                pseudonyms.Of(OriginalKind.Fingerprint, own.Of(der)).CopyTo(own.Of(der));
            }
            else if (oid == AuthorityKeyIdentifier && DerElement.In(der, value.Content, value.End) is [{ Tag: 0x30 } authority])
            {
                foreach (var part in authority.Inside(der))
                {
                    if (part.Tag == 0x80 && part.End > part.Content) pseudonyms.Of(OriginalKind.Fingerprint, part.Of(der)).CopyTo(part.Of(der));
                    else if (part.Tag == 0xA1) names.RewriteGeneralNames(der, part);
                    else Hide(part.Of(der), 1);
                }
            }
            else
            {
                Hide(value.Of(der), 0);
            }
        }
    }

    /// <summary>Hashes of what was replaced, by which an OCSP response names a certificate's issuer.</summary>
    private void Learn(ReadOnlySpan<byte> before, ReadOnlySpan<byte> after)
    {
        if (before.IsEmpty) return;
#pragma warning disable CA5350 // The hash that RFC 6960 and RFC 5019 name, not a protection.
        known.TryAdd(Convert.ToHexString(SHA1.HashData(before)), SHA1.HashData(after));
#pragma warning restore CA5350
        known.TryAdd(Convert.ToHexString(SHA256.HashData(before)), SHA256.HashData(after));
    }

    private static ReadOnlyMemory<byte> BitsIn(byte[] der, DerElement info) => info.Inside(der) is [_, { Tag: 0x03 } bits] && bits.End > bits.Content ? der.AsMemory()[(bits.Content + 1)..bits.End] : default;

    private void Hide(Span<byte> content, int kept)
    {
        if (content.Length <= kept) return;
        new Noise(key, $"der {Convert.ToHexString(SHA256.HashData(content))}").Fill(content[kept..], 0);
    }

    private static int Start(DerElement element)
    {
        var length = element.End - element.Content;
        return element.Content - (length < 0x80 ? 2 : length < 0x100 ? 3 : length < 0x1_0000 ? 4 : 5);
    }

    private const string SubjectKeyIdentifier = "2.5.29.14";
    private const string AuthorityKeyIdentifier = "2.5.29.35";
    private const int MaxDepth = 12;

    /// <summary>keyUsage, basicConstraints, extKeyUsage, TLS feature, the poison of a precertificate, ocsp-nocheck.</summary>
    private static readonly HashSet<string> Kept = ["2.5.29.15", "2.5.29.19", "2.5.29.37", "1.3.6.1.5.5.7.1.24", "1.3.6.1.4.1.11129.2.4.3", "1.3.6.1.5.5.7.48.1.5"];

    /// <summary>subjectAltName, issuerAltName, nameConstraints, cRLDistributionPoints, authorityInfoAccess.</summary>
    private static readonly HashSet<string> WithNames = ["2.5.29.17", "2.5.29.18", "2.5.29.30", "2.5.29.31", "1.3.6.1.5.5.7.1.1"];
}
